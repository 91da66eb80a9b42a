package io.rivulet.aggregate;

import io.rivulet.type.DataType;
import java.util.List;

/**
 * One aggregate of a query, over columns of the aggregation's input. Pure data.
 *
 * @param function the function's name, lower case, as in {@link AggregateFunctions}
 * @param arguments the input columns of its arguments; {@code count(*)} has none
 * @param filter the BOOLEAN input column of its FILTER clause, or -1
 * @param type the type of the result, as {@link AggregateFunctions#resultType} gives it
 */
public record AggregateCall(String function, List<Integer> arguments, int filter, DataType type) {
    public AggregateCall {
        arguments = List.copyOf(arguments);
    }
}
