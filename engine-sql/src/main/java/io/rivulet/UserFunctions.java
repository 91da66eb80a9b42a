package io.rivulet;

import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Expressions;
import io.rivulet.function.Bindings;
import io.rivulet.function.FunctionRef;
import io.rivulet.function.FunctionRegistry;
import io.rivulet.function.UserFunction;
import io.rivulet.sql.analysis.FunctionCatalog;
import io.rivulet.type.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Functions of your own, for {@link Functions#call} and SQL text. Lambdas get and give the Java objects of
 * {@link io.rivulet.vector.ColumnVector#objectAt}, null for null, and are called by several threads. Methods marked
 * {@link io.rivulet.function.ScalarFunction} run as fast as built-in ones. Thread-safe.
 *
 * <pre>{@code
 * engine.udf().register("shout", (String s) -> s == null ? null : s + "!", DataType.STRING, DataType.STRING);
 * df.select(call("shout", col("name")));
 * }</pre>
 */
public final class UserFunctions {
    private final Map<String, FunctionCatalog.Lambda> lambdas = new HashMap<>();
    private final Map<String, UserFunction> objects = new HashMap<>();
    private FunctionRegistry methods = FunctionRegistry.builtin();

    UserFunctions() {}

    /** A function of one argument; {@code BAD_STATE} when the name is taken by a built-in one. */
    public <A, R> void register(String name, UserFunction.Of1<A, R> function, DataType argument, DataType result) {
        add(name, function, List.of(argument), result);
    }

    /** A function of two arguments. */
    public <A, B, R> void register(
            String name, UserFunction.Of2<A, B, R> function, DataType first, DataType second, DataType result) {
        add(name, function, List.of(first, second), result);
    }

    /** A function of three arguments. */
    public <A, B, C, R> void register(
            String name,
            UserFunction.Of3<A, B, C, R> function,
            DataType first,
            DataType second,
            DataType third,
            DataType result) {
        add(name, function, List.of(first, second, third), result);
    }

    /** Every public static method of a class that is marked {@link io.rivulet.function.ScalarFunction}. */
    public synchronized void register(Class<?> functions) {
        methods = methods.with(functions);
    }

    private synchronized void add(String name, UserFunction function, List<DataType> parameters, DataType result) {
        String key = name.toLowerCase(Locale.ROOT);
        if (Expressions.isKnown(key, FunctionRegistry.builtin())) {
            throw ErrorCode.BAD_STATE.error("the function '" + name + "' is built in; choose another name");
        }
        // a frame made before a name was registered again keeps the function it was made with
        FunctionRef ref = new FunctionRef(lambdas.containsKey(key) ? key + "#" + objects.size() : key);
        lambdas.put(key, new FunctionCatalog.Lambda(ref, parameters, result, true));
        objects.put(ref.id(), function);
    }

    synchronized FunctionCatalog catalog() {
        return new FunctionCatalog(methods, lambdas);
    }

    synchronized Bindings bindings() {
        return Bindings.of(objects);
    }
}
