package io.rivulet.record;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The accessors of a record class as functions that give primitives as primitives, so that reading a component makes no
 * object. Each is a small class that the JVM spins where the record lives, which may see what the record's own package
 * may. They are made when the first record is taken apart, and once per class, for they live as long as it does. Where
 * the record's package lets its public accessors be called but no class be put into it, the function calls a method
 * handle. Immutable; safe for several threads.
 */
final class RecordAccessors {
    /** What an accessor gives, which says what kind of function it is. */
    enum Kind {
        BOOLEAN(Predicate.class, "test", boolean.class),
        INTEGRAL(ToIntFunction.class, "applyAsInt", int.class),
        LONG(ToLongFunction.class, "applyAsLong", long.class),
        FLOATING(ToDoubleFunction.class, "applyAsDouble", double.class),
        OBJECT(Function.class, "apply", Object.class);

        private final Class<?> function;
        private final String method;
        private final Class<?> result;

        Kind(Class<?> function, String method, Class<?> result) {
            this.function = function;
            this.method = method;
            this.result = result;
        }

        static Kind of(Class<?> type) {
            if (!type.isPrimitive()) {
                return OBJECT;
            }
            if (type == boolean.class) {
                return BOOLEAN;
            }
            if (type == long.class) {
                return LONG;
            }
            return type == float.class || type == double.class ? FLOATING : INTEGRAL;
        }
    }

    /** Holds nothing but functions of the JDK's types, so a class that outlives the engine does not keep the engine. */
    private static final ClassValue<Object[]> FUNCTIONS = new ClassValue<>() {
        @Override
        protected Object[] computeValue(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            Object[] functions = new Object[components.length];
            for (int i = 0; i < functions.length; i++) {
                functions[i] = function(type, components[i]);
            }
            return functions;
        }
    };

    private final Class<?> type;
    private final Object[] functions;

    /** Those of a record class whose accessors {@code setAccessible} has opened before. */
    RecordAccessors(Class<? extends Record> type) {
        this.type = type;
        this.functions = FUNCTIONS.get(type);
    }

    /** A function per component, the same for all instances of this class. */
    Object[] functions() {
        return functions;
    }

    private static Object function(Class<?> type, RecordComponent component) {
        Kind kind = Kind.of(component.getType());
        Method accessor = component.getAccessor();
        try {
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            return LambdaMetafactory.metafactory(
                            inside,
                            kind.method,
                            MethodType.methodType(kind.function),
                            MethodType.methodType(kind.result, Object.class),
                            inside.unreflect(accessor),
                            MethodType.methodType(kind == Kind.OBJECT ? component.getType() : kind.result, type))
                    .getTarget()
                    .invoke();
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) { // whatever keeps a class from being made there, the accessor can be called
            return calling(kind, accessor);
        }
    }

    /** The same function, slower, without a class of its own. */
    static Object calling(Kind kind, Method accessor) {
        MethodHandle handle;
        try {
            accessor.setAccessible(true);
            handle =
                    MethodHandles.lookup().unreflect(accessor).asType(MethodType.methodType(kind.result, Object.class));
        } catch (IllegalAccessException e) {
            throw ErrorCode.INTERNAL.error("the accessor " + accessor + " cannot be called: " + e, e);
        }
        return switch (kind) {
            case BOOLEAN ->
                (Predicate<Object>) instance -> {
                    try {
                        return (boolean) handle.invokeExact(instance);
                    } catch (Throwable e) {
                        throw unchecked(e);
                    }
                };
            case INTEGRAL ->
                (ToIntFunction<Object>) instance -> {
                    try {
                        return (int) handle.invokeExact(instance);
                    } catch (Throwable e) {
                        throw unchecked(e);
                    }
                };
            case LONG ->
                (ToLongFunction<Object>) instance -> {
                    try {
                        return (long) handle.invokeExact(instance);
                    } catch (Throwable e) {
                        throw unchecked(e);
                    }
                };
            case FLOATING ->
                (ToDoubleFunction<Object>) instance -> {
                    try {
                        return (double) handle.invokeExact(instance);
                    } catch (Throwable e) {
                        throw unchecked(e);
                    }
                };
            case OBJECT ->
                (Function<Object, @Nullable Object>) instance -> {
                    try {
                        return handle.invokeExact(instance);
                    } catch (Throwable e) {
                        throw unchecked(e);
                    }
                };
        };
    }

    private static RuntimeException unchecked(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return e instanceof RuntimeException unchecked ? unchecked : new UndeclaredThrowableException(e);
    }

    /** A component of type boolean; {@code USER_CODE} when its accessor throws, as the others. */
    @SuppressWarnings("unchecked")
    boolean booleanOf(Record instance, int component) {
        try {
            return ((Predicate<Object>) functions[component]).test(instance);
        } catch (Throwable e) {
            throw failed(component, e);
        }
    }

    /** A component of type byte, short or int. */
    @SuppressWarnings("unchecked")
    int intOf(Record instance, int component) {
        try {
            return ((ToIntFunction<Object>) functions[component]).applyAsInt(instance);
        } catch (Throwable e) {
            throw failed(component, e);
        }
    }

    /** A component of type long. */
    @SuppressWarnings("unchecked")
    long longOf(Record instance, int component) {
        try {
            return ((ToLongFunction<Object>) functions[component]).applyAsLong(instance);
        } catch (Throwable e) {
            throw failed(component, e);
        }
    }

    /** A component of type float, which it is exactly, or double. */
    @SuppressWarnings("unchecked")
    double doubleOf(Record instance, int component) {
        try {
            return ((ToDoubleFunction<Object>) functions[component]).applyAsDouble(instance);
        } catch (Throwable e) {
            throw failed(component, e);
        }
    }

    /** A component that is no primitive. */
    @SuppressWarnings("unchecked")
    @Nullable
    Object objectOf(Record instance, int component) {
        try {
            return ((Function<Object, @Nullable Object>) functions[component]).apply(instance);
        } catch (Throwable e) {
            throw failed(component, e);
        }
    }

    private RivuletException failed(int component, Throwable e) {
        Throwable cause = e instanceof UndeclaredThrowableException && e.getCause() != null ? e.getCause() : e;
        return ErrorCode.USER_CODE.error(
                "the accessor '" + type.getRecordComponents()[component].getName() + "' of " + type.getSimpleName()
                        + " failed: " + cause,
                cause);
    }
}
