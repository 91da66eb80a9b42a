package io.rivulet.sql.optimizer;

import io.rivulet.expression.And;
import io.rivulet.expression.Expression;
import io.rivulet.expression.Literal;
import io.rivulet.expression.Not;
import io.rivulet.expression.Or;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LogicalPlan;

/** {@code x AND TRUE} is x, {@code x OR FALSE} is x, {@code NOT NOT x} is x; a filter by TRUE is none. */
final class SimplifyBooleans implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node) {
        LogicalPlan simplified = node.accept(new NodeExpressions(e -> e.transformUp(SimplifyBooleans::simplify)));
        return simplified instanceof FilterNode filter && filter.predicate().equals(Literal.TRUE)
                ? filter.input()
                : simplified;
    }

    private static Expression simplify(Expression expression) {
        if (expression instanceof And and) {
            return and(and);
        }
        if (expression instanceof Or or) {
            return or(or);
        }
        return expression instanceof Not not && not.argument() instanceof Not inner ? inner.argument() : expression;
    }

    private static Expression and(And and) {
        if (and.left().equals(Literal.TRUE)) {
            return and.right();
        }
        if (and.right().equals(Literal.TRUE)) {
            return and.left();
        }
        // FALSE on the right decides too, but the left side's errors must not be lost
        return and.left().equals(Literal.FALSE) ? Literal.FALSE : and;
    }

    private static Expression or(Or or) {
        if (or.left().equals(Literal.FALSE)) {
            return or.right();
        }
        if (or.right().equals(Literal.FALSE)) {
            return or.left();
        }
        return or.left().equals(Literal.TRUE) ? Literal.TRUE : or;
    }
}
