package io.rivulet.sql.logical;

import io.rivulet.time.IdleTimeout;
import io.rivulet.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows as they are; event time is read from a column, TIMESTAMP or TIMESTAMP_NTZ, with a delay in microseconds. */
public record WatermarkNode(
        LogicalPlan input,
        int column,
        long delayMicros,
        @Nullable IdleTimeout idle) implements LogicalPlan {

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public WatermarkNode withInputs(List<LogicalPlan> inputs) {
        return new WatermarkNode(inputs.get(0), column, delayMicros, idle);
    }

    @Override
    public <R> R accept(LogicalPlanVisitor<R> visitor) {
        return visitor.visitWatermark(this);
    }
}
