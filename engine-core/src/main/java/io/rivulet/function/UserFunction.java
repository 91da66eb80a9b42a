package io.rivulet.function;

import org.jspecify.annotations.Nullable;

/**
 * A function of the user given as a lambda: one of the interfaces for one to three arguments. Arguments and results are
 * the Java objects of {@link io.rivulet.vector.ColumnVector#objectAt}; null stands for null. Called by several threads
 * when the query runs in parallel; what it throws fails the query with {@code USER_CODE}.
 */
public sealed interface UserFunction permits UserFunction.Of1, UserFunction.Of2, UserFunction.Of3 {
    /** The number of arguments. */
    int arity();

    /** Calls the function with {@link #arity} arguments. */
    @Nullable
    Object callWith(@Nullable Object[] arguments);

    /** A function of one argument. */
    @FunctionalInterface
    non-sealed interface Of1<A, R> extends UserFunction {
        @Nullable
        R call(@Nullable A argument);

        @Override
        default int arity() {
            return 1;
        }

        @Override
        @SuppressWarnings("unchecked")
        default @Nullable Object callWith(@Nullable Object[] arguments) {
            return call((A) arguments[0]);
        }
    }

    /** A function of two arguments. */
    @FunctionalInterface
    non-sealed interface Of2<A, B, R> extends UserFunction {
        @Nullable
        R call(@Nullable A first, @Nullable B second);

        @Override
        default int arity() {
            return 2;
        }

        @Override
        @SuppressWarnings("unchecked")
        default @Nullable Object callWith(@Nullable Object[] arguments) {
            return call((A) arguments[0], (B) arguments[1]);
        }
    }

    /** A function of three arguments. */
    @FunctionalInterface
    non-sealed interface Of3<A, B, C, R> extends UserFunction {
        @Nullable
        R call(@Nullable A first, @Nullable B second, @Nullable C third);

        @Override
        default int arity() {
            return 3;
        }

        @Override
        @SuppressWarnings("unchecked")
        default @Nullable Object callWith(@Nullable Object[] arguments) {
            return call((A) arguments[0], (B) arguments[1], (C) arguments[2]);
        }
    }
}
