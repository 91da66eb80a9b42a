package io.rivulet.sql.optimizer;

import io.rivulet.expression.EvaluationContext;
import io.rivulet.expression.Simplifier;
import io.rivulet.sql.logical.LogicalPlan;

/** Computes what depends on no row: {@code a > 1 + 2} becomes {@code a > 3}. What fails stays, for the rows that reach it. */
record FoldConstants(EvaluationContext context) implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node) {
        return node.accept(new NodeExpressions(e -> Simplifier.simplify(e, context)));
    }
}
