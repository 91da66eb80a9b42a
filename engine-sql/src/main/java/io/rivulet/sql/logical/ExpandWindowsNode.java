package io.rivulet.sql.logical;

import io.rivulet.time.WindowSpec;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.util.ArrayList;
import java.util.List;

/**
 * Each row once for each window that its time falls in: the columns of the input, then the window. Rows without a time
 * drop out.
 *
 * @param timeColumn TIMESTAMP or TIMESTAMP_NTZ
 */
public record ExpandWindowsNode(LogicalPlan input, int timeColumn, WindowSpec window) implements LogicalPlan {
    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    /** The output column that holds the window. */
    public int windowColumn() {
        return input.schema().size();
    }

    @Override
    public Schema schema() {
        DataType time = input.schema().type(timeColumn);
        StructType type = new StructType(Schema.of(Field.required("start", time), Field.required("end", time)));
        List<Field> fields = new ArrayList<>(input.schema().fields());
        fields.add(Field.required("window", type));
        return new Schema(fields);
    }

    @Override
    public ExpandWindowsNode withInputs(List<LogicalPlan> inputs) {
        return new ExpandWindowsNode(inputs.get(0), timeColumn, window);
    }

    @Override
    public <R> R accept(LogicalPlanVisitor<R> visitor) {
        return visitor.visitExpandWindows(this);
    }
}
