package io.rivulet.aggregate;

import io.rivulet.expression.Literal;
import io.rivulet.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of a query, over columns of the aggregation's input. Pure data.
 *
 * @param function the function's name, lower case, as in {@link AggregateFunctions} or as the user has registered it
 * @param distinct whether equal values of a group count once
 * @param arguments the input columns of its arguments; {@code count(*)} has none
 * @param constants what stands behind the arguments and is the same for all rows, e.g. the error of
 *     {@code approx_count_distinct}
 * @param filter the BOOLEAN input column of its FILTER clause, or -1
 * @param type the type of the result, as {@link AggregateFunctions#resultType} gives it
 * @param user the function of the user that it is; null for a built-in one
 */
public record AggregateCall(
        String function,
        boolean distinct,
        List<Integer> arguments,
        List<Literal> constants,
        int filter,
        DataType type,
        @Nullable UserAggregateRef user) {
    public AggregateCall {
        arguments = List.copyOf(arguments);
        constants = List.copyOf(constants);
    }

    /** A built-in function over all values. */
    public AggregateCall(String function, List<Integer> arguments, int filter, DataType type) {
        this(function, false, arguments, List.of(), filter, type, null);
    }
}
