package io.rivulet.sql.logical;

import io.rivulet.aggregate.AggregateFunctions;
import io.rivulet.aggregate.UserAggregateRef;
import io.rivulet.expression.Expression;
import io.rivulet.expression.Literal;
import io.rivulet.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate over expressions of the aggregation's input.
 *
 * @param function the function's name, lower case
 * @param distinct whether equal values of a group count once
 * @param arguments none for {@code count(*)}
 * @param constants what stands behind the arguments and is the same for all rows
 * @param filter which rows count, or null for all
 * @param user the function of the user that it is; null for a built-in one
 */
public record AggregateExpression(
        String function,
        boolean distinct,
        List<Expression> arguments,
        List<Literal> constants,
        @Nullable Expression filter,
        DataType type,
        @Nullable UserAggregateRef user) {
    public AggregateExpression {
        arguments = List.copyOf(arguments);
        constants = List.copyOf(constants);
    }

    /** Whether the result can be null. */
    public boolean nullable() {
        return user != null || AggregateFunctions.nullable(function);
    }

    /** The same aggregate over other expressions. */
    public AggregateExpression over(List<Expression> newArguments, @Nullable Expression newFilter) {
        return new AggregateExpression(function, distinct, newArguments, constants, newFilter, type, user);
    }

    /** As plans show it, e.g. {@code count(DISTINCT user) where sale}. */
    public String text(ExpressionText expressions) {
        return text(
                function,
                distinct,
                arguments.stream().map(expressions::of).toList(),
                constants,
                filter == null ? null : expressions.of(filter));
    }

    /** The same of an aggregate whose arguments and filter (null for none) are texts already. */
    public static String text(
            String function,
            boolean distinct,
            List<String> arguments,
            List<Literal> constants,
            @Nullable String filter) {
        List<String> shown = new ArrayList<>(arguments);
        constants.forEach(constant -> shown.add(constant.toString()));
        return function + "(" + (distinct ? "DISTINCT " : "") + (shown.isEmpty() ? "*" : String.join(", ", shown)) + ")"
                + (filter == null ? "" : " where " + filter);
    }
}
