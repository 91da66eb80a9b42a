package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.type.DataType;
import java.lang.reflect.Method;
import java.util.List;

/**
 * A function chosen for the types of a call. The method takes the arguments, then the constants, then a
 * {@link FunctionContext} if {@link #usesContext}.
 *
 * @param name the SQL name it was found by
 * @param method public, static
 * @param parameters the types the arguments must have; the caller casts
 * @param result the type of the result
 * @param constants further arguments that the types imply (precision, scale …): Integer or Long
 * @param tryCall whether errors of the data give null instead
 */
public record ResolvedFunction(
        String name,
        Method method,
        List<DataType> parameters,
        DataType result,
        NullRule nulls,
        boolean deterministic,
        List<Object> constants,
        boolean tryCall) {
    public ResolvedFunction {
        parameters = List.copyOf(parameters);
        constants = List.copyOf(constants);
        int wanted = parameters.size() + constants.size() + (takesContext(method) ? 1 : 0);
        if (method.getParameterCount() != wanted) {
            throw ErrorCode.INTERNAL.error("the function " + name + " resolved to " + method + " with " + wanted
                    + " arguments; please report it");
        }
    }

    private static boolean takesContext(Method method) {
        int count = method.getParameterCount();
        return count > 0 && method.getParameterTypes()[count - 1] == FunctionContext.class;
    }

    /** Whether the method's last parameter is the context. */
    public boolean usesContext() {
        return takesContext(method);
    }

    /** Whether the result can be null when no argument is. */
    public boolean canGiveNull() {
        return tryCall
                || (nulls != NullRule.PROPAGATE && !method.getReturnType().isPrimitive());
    }

    /** The same function with errors of the data turned into null, under its {@code try_} name. */
    public ResolvedFunction asTry() {
        String tried = new CalledName(name, true).toString();
        return new ResolvedFunction(tried, method, parameters, result, nulls, deterministic, constants, true);
    }

    /** Passes on an error unless a {@code try_} function turns it into null. */
    public static void rethrowUnlessData(RivuletException error) {
        if (error.code().blame() != ErrorCode.Blame.DATA) {
            throw error;
        }
    }

    /** Name and parameter types, e.g. {@code date_add(DATE, INT)}. */
    @Override
    public String toString() {
        return FunctionRegistry.signature(name, parameters);
    }
}
