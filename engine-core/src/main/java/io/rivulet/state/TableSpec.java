package io.rivulet.state;

import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * What a state table holds. Pure data; it is written into the checkpoint.
 *
 * @param operator the stable id of the operator that owns it; further tables of an operator are named by {@link #side}
 * @param keys the columns that make a row's logical key within its bucket; may be none
 * @param values the columns an operator updates
 */
public record TableSpec(String operator, List<StateColumn> keys, List<StateColumn> values) {
    private static final char SIDE = '/';

    public TableSpec {
        keys = List.copyOf(keys);
        values = List.copyOf(values);
    }

    /** The name of a further table of an operator. */
    public static String side(String operatorId, String name) {
        return operatorId + SIDE + name;
    }

    /** The id of the operator that owns it. */
    public String owner() {
        int end = operator.indexOf(SIDE);
        return end < 0 ? operator : operator.substring(0, end);
    }

    /** Its name among the tables of its operator; empty for the operator's first. */
    public String sideName() {
        int end = operator.indexOf(SIDE);
        return end < 0 ? "" : operator.substring(end + 1);
    }

    /** How many key columns, from the first, decide the partition of a row; with none, one task has all rows. */
    public int distributedBy() {
        int columns = 0;
        while (columns < keys.size() && keys.get(columns).initial() != StateColumn.WITHIN) {
            columns++;
        }
        return columns;
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
