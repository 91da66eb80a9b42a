package io.rivulet.state;

import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * What a state table holds. Pure data; it is written into the checkpoint.
 *
 * @param operator the stable id of the operator that owns it
 * @param keys the columns that make a row's logical key within its bucket; may be none
 * @param values the columns an operator updates
 */
public record TableSpec(String operator, List<StateColumn> keys, List<StateColumn> values) {
    public TableSpec {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
    }

    /** Keys, then values, as the columns of a batch. */
    public Schema schema() {
        List<Field> fields = new ArrayList<>();
        for (StateColumn column : keys) {
            fields.add(new Field(column.name(), column.type(), column.nullable()));
        }
        for (StateColumn column : values) {
            fields.add(Field.required(column.name(), column.type()));
        }
        return new Schema(fields);
    }
}
