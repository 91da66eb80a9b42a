package io.rivulet.plan;

import io.rivulet.type.Schema;
import java.util.List;

/**
 * The rows of several inputs, one input after the other.
 */
public record Union(List<PhysicalPlan> inputs, Schema schema) implements PhysicalPlan {
    public Union {
        inputs = List.copyOf(inputs);
    }

    @Override
    public <R> R accept(PhysicalPlanVisitor<R> visitor) {
        return visitor.visitUnion(this);
    }
}
