package io.rivulet.function;

import org.jspecify.annotations.Nullable;

/**
 * An aggregate function of the user: one of the interfaces for one to three arguments. Its state is kept in the
 * checkpoint, so it is a record, whose components become columns, or one number, String or other simple value.
 *
 * <p>Arguments and results are the Java objects of {@link io.rivulet.vector.ColumnVector#objectAt}; null stands for
 * null, and rows with nulls are given to it like all others. States are values: the methods give new ones and leave the
 * old ones as they are. Called by several threads when the query runs in parallel; what it throws fails the query with
 * {@code USER_CODE}.
 *
 * <pre>{@code
 * final class GeometricMean implements UserAggregate.Of1<Double, GeometricMean.Logs, Double> {
 *     record Logs(double sum, long count) {}
 *
 *     public Class<Logs> stateType() { return Logs.class; }
 *     public Logs initial() { return new Logs(0, 0); }
 *     public Logs accumulate(Logs logs, Double value) {
 *         return value == null ? logs : new Logs(logs.sum() + Math.log(value), logs.count() + 1);
 *     }
 *     public Logs combine(Logs left, Logs right) {
 *         return new Logs(left.sum() + right.sum(), left.count() + right.count());
 *     }
 *     public Double result(Logs logs) { return logs.count() == 0 ? null : Math.exp(logs.sum() / logs.count()); }
 * }
 *
 * engine.udf().register("geometric_mean", new GeometricMean(), DataType.DOUBLE, DataType.DOUBLE);
 * df.groupBy("user").agg(call("geometric_mean", col("price")));
 * }</pre>
 *
 * @param <S> the state of a group
 * @param <R> the result
 */
public sealed interface UserAggregate<S extends @Nullable Object, R>
        permits UserAggregate.Of1, UserAggregate.Of2, UserAggregate.Of3 {
    /** The class of the state: a record of simple values, or a simple value such as Long or String. */
    Class<S> stateType();

    /** The state of a group without rows. */
    S initial();

    /** One state for the rows of two; those of the left one come first. */
    S combine(S left, S right);

    /** What comes out for a group. */
    @Nullable
    R result(S state);

    /**
     * Whether the result depends on the order of the rows, or of the states that are combined. Overlapping windows are
     * put together from shorter spans of time, each aggregated once, only for functions that say no.
     */
    default boolean ordered() {
        return true;
    }

    /** The number of arguments. */
    int arity();

    /** The state after one more row, given {@link #arity} arguments. */
    S accumulateWith(S state, @Nullable Object[] arguments);

    /** An aggregate of one argument. */
    non-sealed interface Of1<A, S extends @Nullable Object, R> extends UserAggregate<S, R> {
        /** The state after one more row. */
        S accumulate(S state, @Nullable A argument);

        @Override
        default int arity() {
            return 1;
        }

        @Override
        @SuppressWarnings("unchecked")
        default S accumulateWith(S state, @Nullable Object[] arguments) {
            return accumulate(state, (A) arguments[0]);
        }
    }

    /** An aggregate of two arguments. */
    non-sealed interface Of2<A, B, S extends @Nullable Object, R> extends UserAggregate<S, R> {
        /** The state after one more row. */
        S accumulate(S state, @Nullable A first, @Nullable B second);

        @Override
        default int arity() {
            return 2;
        }

        @Override
        @SuppressWarnings("unchecked")
        default S accumulateWith(S state, @Nullable Object[] arguments) {
            return accumulate(state, (A) arguments[0], (B) arguments[1]);
        }
    }

    /** An aggregate of three arguments. */
    non-sealed interface Of3<A, B, C, S extends @Nullable Object, R> extends UserAggregate<S, R> {
        /** The state after one more row. */
        S accumulate(S state, @Nullable A first, @Nullable B second, @Nullable C third);

        @Override
        default int arity() {
            return 3;
        }

        @Override
        @SuppressWarnings("unchecked")
        default S accumulateWith(S state, @Nullable Object[] arguments) {
            return accumulate(state, (A) arguments[0], (B) arguments[1], (C) arguments[2]);
        }
    }
}
