package io.rivulet.expression;

import io.rivulet.expression.codegen.ExpressionCompiler;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * The source of the class that computes the expressions for the rows that pass the condition.
     *
     * @param condition may be null for all rows
     */
    public static String codegenSource(
            @Nullable Expression condition, List<Expression> expressions, EvaluationContext context) {
        Expression test = condition == null ? null : Simplifier.simplify(condition, context);
        List<Expression> outputs = expressions.stream()
                .map(e -> Simplifier.simplify(e, context))
                .flatMap(e -> Projection.scalars(e).stream())
                .toList();
        return ExpressionCompiler.supports(test, outputs)
                ? ExpressionCompiler.source(test, outputs)
                : "// interpreted: " + outputs + " (condition " + test + ")\n";
    }
}
