package io.rivulet.plan;

import io.rivulet.expression.Expression;
import io.rivulet.type.Schema;
import java.util.List;

/**
 * The rows for which a predicate is true.
 */
public record Filter(PhysicalPlan input, Expression predicate) implements PhysicalPlan {
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
        return visitor.visitFilter(this);
    }
}
