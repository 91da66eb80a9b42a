package io.rivulet.plan;

import io.rivulet.expression.Expression;
import io.rivulet.type.Schema;
import java.util.List;

/**
 * Computed columns, one per expression.
 */
public record Project(PhysicalPlan input, List<Expression> expressions, Schema schema) implements PhysicalPlan {
    public Project {
        expressions = List.copyOf(expressions);
    }

    @Override
    public List<PhysicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PhysicalPlanVisitor<R> visitor) {
        return visitor.visitProject(this);
    }
}
