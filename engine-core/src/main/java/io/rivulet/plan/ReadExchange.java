package io.rivulet.plan;

import io.rivulet.type.Schema;
import java.util.List;

/**
 * The rows that the stages before have written to an exchange, for this partition, in the order of the producers.
 *
 * @param exchangeId which exchange of the graph
 */
public record ReadExchange(int exchangeId, Schema schema) implements PhysicalPlan {
    @Override
    public List<PhysicalPlan> inputs() {
        return List.of();
    }

    @Override
    public <R> R accept(PhysicalPlanVisitor<R> visitor) {
        return visitor.visitReadExchange(this);
    }
}
