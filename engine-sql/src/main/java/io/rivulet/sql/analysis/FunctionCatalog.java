package io.rivulet.sql.analysis;

import io.rivulet.aggregate.AggregateFunctions;
import io.rivulet.aggregate.UserAggregateRef;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Cast;
import io.rivulet.expression.Expression;
import io.rivulet.expression.Expressions;
import io.rivulet.expression.UserCall;
import io.rivulet.function.CalledName;
import io.rivulet.function.FunctionRef;
import io.rivulet.function.FunctionRegistry;
import io.rivulet.option.Names;
import io.rivulet.type.DataType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The functions a query may call. Immutable.
 *
 * @param builtin annotated methods by name
 * @param lambdas functions of the user by lower-case name
 * @param aggregates aggregates of the user by lower-case name
 */
public record FunctionCatalog(
        FunctionRegistry builtin, Map<String, Lambda> lambdas, Map<String, UserAggregation> aggregates) {
    /** A function of the user: the types its arguments are cast to and the type of its result. */
    public record Lambda(FunctionRef ref, List<DataType> parameters, DataType result, boolean deterministic) {
        public Lambda {
            parameters = List.copyOf(parameters);
        }
    }

    /** An aggregate of the user: the types its arguments are cast to and the type of its result. */
    public record UserAggregation(UserAggregateRef ref, List<DataType> parameters, DataType result) {
        public UserAggregation {
            parameters = List.copyOf(parameters);
        }
    }

    public FunctionCatalog {
        lambdas = Map.copyOf(lambdas);
        aggregates = Map.copyOf(aggregates);
    }

    /** Whether a name, in any case, is an aggregate function. */
    public boolean isAggregate(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return aggregates.containsKey(key) || (AggregateFunctions.isAggregate(key) && !lambdas.containsKey(key));
    }

    /** The built-in functions only. */
    public static FunctionCatalog standard() {
        return new FunctionCatalog(FunctionRegistry.builtin(), Map.of(), Map.of());
    }

    /**
     * What an expression can call with these functions, the user's aside: names that are interchangeable in one list,
     * first the one that {@link io.rivulet.function.FunctionReference} describes them under. Calls with a syntax of their
     * own go by {@code case}, {@code cast} and {@code try_cast}, the variants of all functions by {@code try_}.
     */
    public List<List<String>> synonyms() {
        List<List<String>> synonyms = new ArrayList<>(Expressions.synonyms(builtin));
        synonyms.addAll(AggregateFunctions.synonyms());
        for (String syntax : List.of("case", "cast", "try_cast", CalledName.TRY)) {
            synonyms.add(List.of(syntax));
        }
        return synonyms;
    }

    /** A resolved call, arguments cast where that is implicit; {@code UNKNOWN_FUNCTION} or {@code TYPE_MISMATCH}. */
    Expression call(String name, List<Expression> arguments) {
        Lambda lambda = lambdas.get(name.toLowerCase(Locale.ROOT));
        if (lambda != null) {
            return userCall(name, lambda, arguments);
        }
        if (!Expressions.isKnown(name, builtin)) {
            Set<String> known = new HashSet<>(builtin.names());
            known.addAll(lambdas.keySet());
            known.addAll(AggregateFunctions.names());
            known.addAll(aggregates.keySet());
            throw ErrorCode.UNKNOWN_FUNCTION.error("there is no function '" + name + "'" + Names.didYouMean(name, known)
                    + " Functions of your own are added with engine.udf().register(…)");
        }
        return Expressions.call(builtin, name, arguments);
    }

    private static Expression userCall(String name, Lambda lambda, List<Expression> arguments) {
        List<Expression> cast = cast(name, lambda.parameters(), arguments);
        return new UserCall(lambda.ref(), cast, lambda.result(), true, lambda.deterministic());
    }

    /** The arguments of a function of the user as the types it was registered with; {@code TYPE_MISMATCH}. */
    static List<Expression> cast(String name, List<DataType> parameters, List<Expression> arguments) {
        if (arguments.size() != parameters.size()) {
            throw ErrorCode.TYPE_MISMATCH.error("the function '" + name + "' takes " + parameters.size()
                    + (parameters.size() == 1 ? " argument" : " arguments") + ", not " + arguments.size());
        }
        List<Expression> cast = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            cast.add(Cast.of(arguments.get(i), parameters.get(i)));
        }
        return cast;
    }
}
