package io.rivulet.sql.logical;

import io.rivulet.plan.SortKey;
import io.rivulet.type.Schema;
import java.util.List;

/** All rows, sorted by columns; rows that compare equal keep their order. */
public record SortNode(LogicalPlan input, List<SortKey> keys) implements LogicalPlan {
    public SortNode {
        keys = List.copyOf(keys);
    }

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public SortNode withInputs(List<LogicalPlan> inputs) {
        return new SortNode(inputs.get(0), keys);
    }

    @Override
    public <R> R accept(LogicalPlanVisitor<R> visitor) {
        return visitor.visitSort(this);
    }
}
