package io.rivulet.aggregate;

import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Literal;
import io.rivulet.option.Names;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The built-in aggregate functions: their names, argument and result types. */
public final class AggregateFunctions {
    /** What a function computes; several names may stand for one. */
    enum Kind {
        COUNT,
        COUNT_IF,
        SUM,
        AVG,
        /** As SUM, null where the sum is outside of its type. */
        TRY_SUM,
        /** As AVG, null where the mean is outside of its type. */
        TRY_AVG,
        MIN,
        MAX,
        BOOL_AND,
        BOOL_OR,
        MIN_BY,
        MAX_BY,
        FIRST,
        LAST,
        STDDEV_SAMP,
        STDDEV_POP,
        VAR_SAMP,
        VAR_POP,
        COLLECT_LIST,
        COLLECT_SET,
        APPROX_COUNT_DISTINCT,
        /** Whatever a function of the user does; it has no name here. */
        USER
    }

    private static final Map<String, Kind> NAMES = new TreeMap<>(Map.ofEntries(
            Map.entry("count", Kind.COUNT),
            Map.entry("count_if", Kind.COUNT_IF),
            Map.entry("sum", Kind.SUM),
            Map.entry("avg", Kind.AVG),
            Map.entry("try_sum", Kind.TRY_SUM),
            Map.entry("try_avg", Kind.TRY_AVG),
            Map.entry("mean", Kind.AVG),
            Map.entry("min", Kind.MIN),
            Map.entry("max", Kind.MAX),
            Map.entry("bool_and", Kind.BOOL_AND),
            Map.entry("every", Kind.BOOL_AND),
            Map.entry("bool_or", Kind.BOOL_OR),
            Map.entry("any", Kind.BOOL_OR),
            Map.entry("some", Kind.BOOL_OR),
            Map.entry("min_by", Kind.MIN_BY),
            Map.entry("max_by", Kind.MAX_BY),
            Map.entry("first", Kind.FIRST),
            Map.entry("first_value", Kind.FIRST),
            Map.entry("any_value", Kind.FIRST),
            Map.entry("last", Kind.LAST),
            Map.entry("last_value", Kind.LAST),
            Map.entry("stddev", Kind.STDDEV_SAMP),
            Map.entry("stddev_samp", Kind.STDDEV_SAMP),
            Map.entry("stddev_pop", Kind.STDDEV_POP),
            Map.entry("variance", Kind.VAR_SAMP),
            Map.entry("var_samp", Kind.VAR_SAMP),
            Map.entry("var_pop", Kind.VAR_POP),
            Map.entry("approx_count_distinct", Kind.APPROX_COUNT_DISTINCT),
            Map.entry("collect_list", Kind.COLLECT_LIST),
            Map.entry("array_agg", Kind.COLLECT_LIST),
            Map.entry("collect_set", Kind.COLLECT_SET)));

    private AggregateFunctions() {}

    /** Every name, lower case, sorted. */
    public static Set<String> names() {
        return NAMES.keySet();
    }

    /**
     * The {@link #names} by meaning: those of one list are interchangeable, and the first is the one that
     * {@link io.rivulet.function.FunctionReference} describes them under.
     */
    public static List<List<String>> synonyms() {
        Map<Kind, List<String>> groups = new EnumMap<>(Kind.class);
        NAMES.forEach((name, kind) -> {
            List<String> group = groups.computeIfAbsent(kind, k -> new ArrayList<>());
            group.add(name.equalsIgnoreCase(kind.name()) ? 0 : group.size(), name);
        });
        return List.copyOf(groups.values());
    }

    /** Whether a name, in any case, is an aggregate function. */
    public static boolean isAggregate(String name) {
        return NAMES.containsKey(name.toLowerCase(Locale.ROOT));
    }

    static Kind kind(String name) {
        Kind kind = NAMES.get(name.toLowerCase(Locale.ROOT));
        if (kind == null) {
            throw ErrorCode.UNKNOWN_FUNCTION.error(
                    "there is no aggregate function '" + name + "'" + Names.didYouMean(name, NAMES.keySet()));
        }
        return kind;
    }

    /** Whether the result can be null; counts are 0 and lists empty when there are no values. */
    public static boolean nullable(String name) {
        return switch (kind(name)) {
            case COUNT, COUNT_IF, COLLECT_LIST, COLLECT_SET, APPROX_COUNT_DISTINCT -> false;
            default -> true;
        };
    }

    /**
     * The type of a function's result: sums of integers are BIGINT, of floating-point numbers DOUBLE, of
     * {@code DECIMAL(p,s)} {@code DECIMAL(p+10,s)}; averages are DOUBLE, of decimals {@code DECIMAL(p+4,s+4)}.
     *
     * @param arguments {@code count(*)} has none, {@code count} of several values counts the rows where none is null
     * @throws io.rivulet.error.RivuletException UNKNOWN_FUNCTION or TYPE_MISMATCH
     */
    public static DataType resultType(String name, List<DataType> arguments) {
        Kind kind = kind(name);
        if (kind == Kind.COUNT) {
            return DataType.BIGINT;
        }
        int least = kind == Kind.MIN_BY || kind == Kind.MAX_BY ? 2 : 1;
        int most = kind == Kind.APPROX_COUNT_DISTINCT ? 2 : least;
        if (arguments.size() < least || arguments.size() > most) {
            throw ErrorCode.TYPE_MISMATCH.error(name + " takes " + wanted(kind) + ", not " + arguments.size()
                    + (arguments.size() == 1 ? " argument" : " arguments"));
        }
        DataType result = resultType(kind, arguments);
        if (result == null) {
            throw ErrorCode.TYPE_MISMATCH.error(name + " takes " + wanted(kind) + ", not "
                    + String.join(", ", arguments.stream().map(DataType::sql).toList()));
        }
        return result;
    }

    /** From which argument on they are constants, the same for all rows. */
    public static int firstConstant(String name) {
        return kind(name) == Kind.APPROX_COUNT_DISTINCT ? 1 : Integer.MAX_VALUE;
    }

    /** Refuses constants that the function cannot work with; {@code BAD_ARGUMENT} naming what it takes. */
    public static void checkConstants(String name, List<Literal> constants) {
        if (kind(name) == Kind.APPROX_COUNT_DISTINCT) {
            SketchCell.precision(constants);
        }
    }

    private static @Nullable DataType resultType(Kind kind, List<DataType> arguments) {
        DataType argument = arguments.get(0);
        return switch (kind) {
            case COUNT -> DataType.BIGINT;
            case COUNT_IF -> argument == DataType.BOOLEAN ? DataType.BIGINT : null;
            case SUM, TRY_SUM -> sumType(argument);
            case AVG, TRY_AVG ->
                argument instanceof DecimalType d
                        ? decimal(d.precision() + 4, d.scale() + 4)
                        : argument.isNumeric() ? DataType.DOUBLE : null;
            case MIN, MAX, FIRST, LAST -> argument.isOrderable() ? argument : null;
            case BOOL_AND, BOOL_OR -> argument == DataType.BOOLEAN ? argument : null;
            case MIN_BY, MAX_BY -> argument.isOrderable() && arguments.get(1).isOrderable() ? argument : null;
            case STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP -> argument.isNumeric() ? DataType.DOUBLE : null;
            case COLLECT_LIST, COLLECT_SET -> argument.isOrderable() ? new ArrayType(argument) : null;
            case APPROX_COUNT_DISTINCT ->
                argument.isOrderable()
                                && (arguments.size() == 1 || arguments.get(1).isNumeric())
                        ? DataType.BIGINT
                        : null;
            case USER -> null;
        };
    }

    private static @Nullable DataType sumType(DataType argument) {
        if (argument instanceof DecimalType d) {
            return decimal(d.precision() + 10, d.scale());
        }
        if (argument.isIntegral()) {
            return DataType.BIGINT;
        }
        return argument.isNumeric() ? DataType.DOUBLE : null;
    }

    private static DecimalType decimal(int precision, int scale) {
        int bounded = Math.min(precision, DecimalType.MAX_PRECISION);
        return new DecimalType(bounded, Math.min(scale, bounded));
    }

    private static String wanted(Kind kind) {
        return switch (kind) {
            case COUNT -> "any value";
            case COUNT_IF, BOOL_AND, BOOL_OR -> "a condition (BOOLEAN)";
            case SUM, AVG, TRY_SUM, TRY_AVG, STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP -> "a number";
            case MIN, MAX, FIRST, LAST, COLLECT_LIST, COLLECT_SET -> "a value that is no array, map or struct";
            case MIN_BY, MAX_BY ->
                "two arguments, the value and what to order by, neither of them an array, map or struct";
            case APPROX_COUNT_DISTINCT ->
                "a value that is no array, map or struct, and perhaps the relative standard error as a number";
            case USER -> "what it was registered with";
        };
    }
}
