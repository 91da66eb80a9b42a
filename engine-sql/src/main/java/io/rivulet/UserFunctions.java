package io.rivulet;

import io.rivulet.aggregate.AggregateFunctions;
import io.rivulet.aggregate.UserAggregateRef;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Expressions;
import io.rivulet.function.Bindings;
import io.rivulet.function.FunctionRef;
import io.rivulet.function.FunctionRegistry;
import io.rivulet.function.UserAggregate;
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
 * {@link io.rivulet.function.ScalarFunction} run as fast as built-in ones. A {@link UserAggregate} makes one value of the
 * rows of a group. Thread-safe.
 *
 * <pre>{@code
 * engine.udf().register("shout", (String s) -> s == null ? null : s + "!", DataType.STRING, DataType.STRING);
 * df.select(call("shout", col("name")));
 * }</pre>
 */
public final class UserFunctions {
    private final Map<String, FunctionCatalog.Lambda> lambdas = new HashMap<>();
    private final Map<String, FunctionCatalog.UserAggregation> aggregates = new HashMap<>();
    private final Map<String, Object> objects = new HashMap<>();
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

    /**
     * An aggregate of one argument; {@code BAD_STATE} when the name is taken by a built-in function, {@code BAD_SCHEMA}
     * when its state cannot be kept.
     */
    public <A, S, R> void register(
            String name, UserAggregate.Of1<A, S, R> aggregate, DataType argument, DataType result) {
        add(name, aggregate, List.of(argument), result);
    }

    /** An aggregate of two arguments. */
    public <A, B, S, R> void register(
            String name, UserAggregate.Of2<A, B, S, R> aggregate, DataType first, DataType second, DataType result) {
        add(name, aggregate, List.of(first, second), result);
    }

    /** An aggregate of three arguments. */
    public <A, B, C, S, R> void register(
            String name,
            UserAggregate.Of3<A, B, C, S, R> aggregate,
            DataType first,
            DataType second,
            DataType third,
            DataType result) {
        add(name, aggregate, List.of(first, second, third), result);
    }

    private synchronized void add(String name, UserFunction function, List<DataType> parameters, DataType result) {
        FunctionRef ref = free(name);
        String key = name.toLowerCase(Locale.ROOT);
        aggregates.remove(key);
        lambdas.put(key, new FunctionCatalog.Lambda(ref, parameters, result, true));
        objects.put(ref.id(), function);
    }

    private synchronized void add(
            String name, UserAggregate<?, ?> aggregate, List<DataType> parameters, DataType result) {
        FunctionRef ref = free(name);
        String key = name.toLowerCase(Locale.ROOT);
        UserAggregateRef described = UserAggregateRef.of(ref, aggregate);
        lambdas.remove(key);
        aggregates.put(key, new FunctionCatalog.UserAggregation(described, parameters, result));
        objects.put(ref.id(), aggregate);
    }

    private FunctionRef free(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        if (Expressions.isKnown(key, FunctionRegistry.builtin()) || AggregateFunctions.isAggregate(key)) {
            throw ErrorCode.BAD_STATE.error("the function '" + name + "' is built in; choose another name");
        }
        // a frame made before a name was registered again keeps the function it was made with
        return new FunctionRef(objects.containsKey(key) ? key + "#" + objects.size() : key);
    }

    synchronized FunctionCatalog catalog() {
        return new FunctionCatalog(methods, lambdas, aggregates);
    }

    synchronized Bindings bindings() {
        return Bindings.of(objects);
    }
}
