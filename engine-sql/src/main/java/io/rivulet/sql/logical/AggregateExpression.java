package io.rivulet.sql.logical;

import io.rivulet.aggregate.AggregateFunctions;
import io.rivulet.expression.Expression;
import io.rivulet.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate over expressions of the aggregation's input.
 *
 * @param function the function's name, lower case
 * @param arguments none for {@code count(*)}
 * @param filter which rows count, or null for all
 */
public record AggregateExpression(
        String function,
        List<Expression> arguments,
        @Nullable Expression filter,
        DataType type) {
    public AggregateExpression {
        arguments = List.copyOf(arguments);
    }

    /** Whether the result can be null. */
    public boolean nullable() {
        return AggregateFunctions.nullable(function);
    }
}
