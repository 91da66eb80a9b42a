package io.rivulet.aggregate;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.function.FunctionRef;
import io.rivulet.function.UserAggregate;
import io.rivulet.record.ValueCodec;
import io.rivulet.state.StateColumn;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;

/**
 * What a plan knows of a {@link UserAggregate}. Pure data.
 *
 * @param function names the object
 * @param state the columns of its state
 * @param ordered as {@link UserAggregate#ordered}
 */
public record UserAggregateRef(FunctionRef function, Schema state, boolean ordered) {
    private static final int MOST_COMPONENTS = Long.SIZE - 2;

    /**
     * What a plan knows of an aggregate.
     *
     * @throws RivuletException {@code BAD_SCHEMA} naming what of its state cannot be kept
     */
    public static UserAggregateRef of(FunctionRef function, UserAggregate<?, ?> aggregate) {
        String place = "the state of the aggregate '" + function + "'";
        Schema state = ValueCodec.of(aggregate.stateType(), place).schema();
        if (state.size() > MOST_COMPONENTS) {
            throw ErrorCode.BAD_SCHEMA.error(
                    place + " has " + state.size() + " components; at most " + MOST_COMPONENTS + " are possible");
        }
        for (Field field : state.fields()) {
            try {
                StateColumn.value(field.name(), field.type(), 0);
            } catch (RivuletException e) {
                throw ErrorCode.BAD_SCHEMA.error(
                        place + ": component '" + field.name() + "' of "
                                + aggregate.stateType().getSimpleName() + " cannot be kept as "
                                + field.type().sql()
                                + "; a state is a record of numbers, texts and times, or one of these",
                        e);
            }
        }
        return new UserAggregateRef(function, state, aggregate.ordered());
    }
}
