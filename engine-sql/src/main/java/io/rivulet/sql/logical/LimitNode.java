package io.rivulet.sql.logical;

import io.rivulet.type.Schema;
import java.util.List;

/** The first rows. */
public record LimitNode(LogicalPlan input, long count) implements LogicalPlan {

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public LimitNode withInputs(List<LogicalPlan> inputs) {
        return new LimitNode(inputs.get(0), count);
    }

    @Override
    public <R> R accept(LogicalPlanVisitor<R> visitor) {
        return visitor.visitLimit(this);
    }
}
