package io.rivulet.sql.logical;

import io.rivulet.expression.Expression;
import io.rivulet.type.Schema;
import java.util.List;

/** The rows for which a predicate is true. */
public record FilterNode(LogicalPlan input, Expression predicate) implements LogicalPlan {

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public FilterNode withInputs(List<LogicalPlan> inputs) {
        return new FilterNode(inputs.get(0), predicate);
    }

    @Override
    public <R> R accept(LogicalPlanVisitor<R> visitor) {
        return visitor.visitFilter(this);
    }
}
