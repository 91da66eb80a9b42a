package io.rivulet.sql.logical;

import io.rivulet.type.Schema;
import java.util.List;

/**
 * The rows of several inputs, duplicates and all. Columns belong together by position and have one type in all inputs,
 * but for whether they, or fields in them, can be null.
 */
public record UnionNode(List<LogicalPlan> inputs, Schema schema) implements LogicalPlan {
    public UnionNode {
        inputs = List.copyOf(inputs);
    }

    @Override
    public UnionNode withInputs(List<LogicalPlan> newInputs) {
        return new UnionNode(newInputs, schema);
    }

    @Override
    public <R> R accept(LogicalPlanVisitor<R> visitor) {
        return visitor.visitUnion(this);
    }
}
