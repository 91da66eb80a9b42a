package io.rivulet.expression;

import java.util.List;

/** Makes what operators run expressions with, in the mode of the context. */
public final class ExpressionEvaluators {
    private ExpressionEvaluators() {}

    /** Computes the expressions for the rows of a batch. */
    public static Projection projection(List<Expression> expressions, EvaluationContext context) {
        return new Projection(null, expressions, context);
    }

    /** Finds the rows for which the condition is TRUE. */
    public static RowFilter filter(Expression condition, EvaluationContext context) {
        return new RowFilter(condition, context);
    }

    /** Computes the expressions for the rows for which the condition is TRUE, in one pass; the outputs are compact. */
    public static Projection filteredProjection(
            Expression condition, List<Expression> expressions, EvaluationContext context) {
        return new Projection(condition, expressions, context);
    }
}
