package io.rivulet.plan;

import io.rivulet.type.Schema;
import java.util.List;

/**
 * The first rows of a batch. Stands in a stage of one task.
 */
public record Limit(PhysicalPlan input, long count) implements PhysicalPlan {
    @Override
    public List<PhysicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public <R> R accept(PhysicalPlanVisitor<R> visitor) {
        return visitor.visitLimit(this);
    }
}
