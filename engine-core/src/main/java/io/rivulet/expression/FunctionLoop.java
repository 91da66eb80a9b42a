package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.function.FunctionContext;
import io.rivulet.function.NullRule;
import io.rivulet.function.ResolvedFunction;
import io.rivulet.function.Utf8;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.PhysicalType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function's method for the rows of registers. Where neither null nor errors need handling per row, one method
 * handle reads the argument arrays, calls the method and writes the result array, so that a row boxes nothing; otherwise
 * values are boxed.
 */
final class FunctionLoop {
    private static final MethodHandle BIG_DECIMAL;
    private static final MethodHandle UNSCALED;
    private static final MethodHandle TO_STRING;
    private static final MethodHandle OF_STRING;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BIG_DECIMAL = lookup.findStatic(
                    BigDecimal.class, "valueOf", MethodType.methodType(BigDecimal.class, long.class, int.class));
            UNSCALED = lookup.findStatic(
                    FunctionLoop.class, "unscaled", MethodType.methodType(long.class, BigDecimal.class));
            TO_STRING = lookup.findVirtual(Utf8.class, "toString", MethodType.methodType(String.class));
            OF_STRING = lookup.findStatic(Utf8.class, "of", MethodType.methodType(Utf8.class, String.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ResolvedFunction function;
    private final Register out;
    private final @Nullable MethodHandle loop;
    private final @Nullable MethodHandle boxed;

    FunctionLoop(ResolvedFunction function, FunctionContext context, Register out) {
        this.function = function;
        this.out = out;
        MethodHandle target = target(function, context);
        int arity = function.parameters().size();
        if (!function.canGiveNull() && function.nulls() != NullRule.CALLED && arity >= 1 && arity <= 3) {
            loop = overArrays(target, function);
            boxed = null;
        } else {
            loop = null;
            boxed = target.asType(target.type().generic()).asSpreader(Object[].class, arity);
        }
    }

    static long unscaled(BigDecimal value) {
        return value.unscaledValue().longValue();
    }

    /** The method taking and giving what registers hold. */
    private static MethodHandle target(ResolvedFunction function, FunctionContext context) {
        MethodHandle handle;
        try {
            handle = MethodHandles.lookup().unreflect(function.method());
        } catch (IllegalAccessException e) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error(
                    "the method of the function " + function + " is not accessible; make it and its class public", e);
        }
        int arity = function.parameters().size();
        List<Object> fixed = new ArrayList<>(function.constants());
        if (function.usesContext()) {
            fixed.add(context);
        }
        handle = MethodHandles.insertArguments(handle, arity, fixed.toArray());
        for (int i = 0; i < arity; i++) {
            Class<?> wanted = handle.type().parameterType(i);
            DataType type = function.parameters().get(i);
            if (wanted == String.class) {
                handle = MethodHandles.filterArguments(handle, i, TO_STRING);
            } else if (wanted == BigDecimal.class && type.physical() == PhysicalType.LONG) {
                MethodHandle toDecimal = MethodHandles.insertArguments(BIG_DECIMAL, 1, ((DecimalType) type).scale());
                handle = MethodHandles.filterArguments(handle, i, toDecimal);
            }
        }
        Class<?> given = handle.type().returnType();
        if (given == String.class) {
            handle = MethodHandles.filterReturnValue(handle, nullSafe(OF_STRING));
        } else if (given == BigDecimal.class && function.result().physical() == PhysicalType.LONG) {
            handle = MethodHandles.filterReturnValue(
                    handle, nullSafe(UNSCALED.asType(MethodType.methodType(Long.class, BigDecimal.class))));
        }
        return handle;
    }

    private static MethodHandle nullSafe(MethodHandle unary) {
        MethodType type = unary.type();
        MethodHandle isNull;
        try {
            isNull = MethodHandles.publicLookup()
                    .findStatic(java.util.Objects.class, "isNull", MethodType.methodType(boolean.class, Object.class))
                    .asType(MethodType.methodType(boolean.class, type.parameterType(0)));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Objects.isNull", e);
        }
        MethodHandle nothing =
                MethodHandles.dropArguments(MethodHandles.constant(type.returnType(), null), 0, type.parameterType(0));
        return MethodHandles.guardWithTest(isNull, nothing, unary);
    }

    /** (result array, argument array …, row): one row. */
    private static MethodHandle overArrays(MethodHandle target, ResolvedFunction function) {
        int arity = function.parameters().size();
        MethodHandle handle = target;
        for (int i = arity - 1; i >= 0; i--) {
            Class<?> element = Register.element(function.parameters().get(i));
            MethodHandle getter = MethodHandles.arrayElementGetter(element.arrayType());
            getter = getter.asType(getter.type().changeReturnType(handle.type().parameterType(i)));
            handle = MethodHandles.collectArguments(handle, i, getter);
        }
        Class<?> element = Register.element(function.result());
        handle = handle.asType(handle.type().changeReturnType(element));
        handle = MethodHandles.collectArguments(MethodHandles.arrayElementSetter(element.arrayType()), 2, handle);
        // now (out, row, a0, row, a1, row …)
        int[] order = new int[2 + 2 * arity];
        List<Class<?>> types = new ArrayList<>();
        types.add(handle.type().parameterType(0));
        order[0] = 0;
        order[1] = arity + 1;
        for (int i = 0; i < arity; i++) {
            types.add(handle.type().parameterType(2 + 2 * i));
            order[2 + 2 * i] = i + 1;
            order[3 + 2 * i] = arity + 1;
        }
        types.add(int.class);
        handle = MethodHandles.permuteArguments(handle, MethodType.methodType(void.class, types), order);
        List<Class<?>> loose = new ArrayList<>();
        for (int i = 0; i <= arity; i++) {
            loose.add(Object.class);
        }
        loose.add(int.class);
        return handle.asType(MethodType.methodType(void.class, loose));
    }

    /** Fills the rows of the output register. */
    void run(Register[] arguments, int[] rows, int count, int size) {
        out.ensure(size);
        try {
            if (loop != null) {
                runLoop(loop, arguments, rows, count);
            } else {
                runBoxed(arguments, rows, count);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw ErrorCode.USER_CODE.error("the function " + function + " failed: " + e, e);
        }
    }

    private void runLoop(MethodHandle handle, Register[] arguments, int[] rows, int count) throws Throwable {
        boolean[] nulls = out.nulls;
        Object to = out.values;
        for (int k = 0; k < count; k++) {
            boolean isNull = false;
            for (Register argument : arguments) {
                isNull |= argument.nulls[rows[k]];
            }
            nulls[rows[k]] = isNull;
        }
        Object first = arguments[0].values;
        Object second = arguments.length > 1 ? arguments[1].values : first;
        Object third = arguments.length > 2 ? arguments[2].values : first;
        for (int k = 0; k < count; k++) {
            int row = rows[k];
            if (nulls[row]) {
                continue;
            }
            switch (arguments.length) {
                case 1 -> handle.invokeExact(to, first, row);
                case 2 -> handle.invokeExact(to, first, second, row);
                default -> handle.invokeExact(to, first, second, third, row);
            }
        }
    }

    private void runBoxed(Register[] arguments, int[] rows, int count) throws Throwable {
        MethodHandle handle = java.util.Objects.requireNonNull(boxed);
        boolean called = function.nulls() == NullRule.CALLED;
        for (int k = 0; k < count; k++) {
            int row = rows[k];
            @Nullable Object[] values = new @Nullable Object[arguments.length];
            boolean anyNull = false;
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments[i].get(row);
                anyNull |= values[i] == null;
            }
            if (anyNull && !called) {
                out.nulls[row] = true;
                continue;
            }
            Object result;
            try {
                result = handle.invoke(values);
            } catch (RivuletException e) {
                if (!function.tryCall()) {
                    throw e;
                }
                ResolvedFunction.rethrowUnlessData(e);
                result = null;
            }
            out.nulls[row] = result == null;
            if (result != null) {
                Array.set(out.values, row, result);
            }
        }
    }
}
