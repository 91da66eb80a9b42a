package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.PhysicalType;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions whose types follow rules: comparisons, decimals, greatest and least. */
final class FunctionRules {
    private static final Set<String> OVER_PLAIN_NUMBERS =
            Set.of("add", "subtract", "multiply", "divide", "mod", "pmod");

    private static final Map<String, Class<?>> OVER_ONE_NUMBER = Map.of(
            "negative",
            ArithmeticFunctions.class,
            "abs",
            ArithmeticFunctions.class,
            "ceil",
            RoundingFunctions.class,
            "floor",
            RoundingFunctions.class,
            "round",
            RoundingFunctions.class,
            "bround",
            RoundingFunctions.class);

    private FunctionRules() {}

    /** The rules by name; names of one meaning share their rule, the one it is described under first. */
    static Map<String, FunctionRule> all() {
        Map<String, FunctionRule> rules = new LinkedHashMap<>();
        comparison(rules, "eq", "=", "==");
        comparison(rules, "ne", "<>", "!=");
        comparison(rules, "lt", "<");
        comparison(rules, "le", "<=");
        comparison(rules, "gt", ">");
        comparison(rules, "ge", ">=");
        decimal(rules, "add", "+", "add");
        decimal(rules, "subtract", "-", "subtract");
        decimal(rules, "multiply", "*", "multiply");
        decimal(rules, "divide", "/", "divide");
        decimal(rules, "mod", "%", "mod");
        decimal(rules, "pmod", "pmod");
        decimal(rules, "div", "div");
        decimal(rules, "negative", "negative");
        decimal(rules, "abs", "abs");
        decimal(rules, "ceil", "ceil", "ceiling");
        decimal(rules, "floor", "floor");
        decimal(rules, "round", "round");
        decimal(rules, "bround", "bround");
        rules.put("window_start", FunctionRules::windowStart);
        rules.put("greatest", (name, types) -> extreme(name, "greatest", types));
        rules.put("least", (name, types) -> extreme(name, "least", types));
        return rules;
    }

    static Method method(Class<?> owner, String name, Class<?>... parameters) {
        try {
            return owner.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw ErrorCode.INTERNAL.error("the function method " + e.getMessage() + " is missing", e);
        }
    }

    private static void comparison(Map<String, FunctionRule> rules, String method, String... names) {
        FunctionRule rule = (called, types) -> comparison(called, method, types);
        for (String name : names) {
            rules.put(name, rule);
        }
    }

    private static @Nullable ResolvedFunction comparison(String name, String method, List<DataType> types) {
        if (types.size() != 2) {
            return null;
        }
        DataType common = TypeCoercion.common(types.get(0), types.get(1));
        if (common == null) {
            return null;
        }
        if (common == DataType.NULL) {
            common = DataType.BOOLEAN;
        }
        Class<?> form = switch (common.physical()) {
            case BOOLEAN -> boolean.class;
            case BYTE, SHORT, INT -> int.class;
            case LONG -> long.class;
            case FLOAT -> float.class;
            case DOUBLE -> double.class;
            case BYTES -> Utf8.class;
            case DECIMAL128 -> BigDecimal.class;
            default -> Void.class;
        };
        if (form == Void.class) {
            return null;
        }
        Method chosen = method(ComparisonFunctions.class, method, form, form);
        return fixed(name, chosen, List.of(common, common), DataType.BOOLEAN, List.of());
    }

    private static ResolvedFunction fixed(
            String name, Method method, List<DataType> parameters, DataType result, List<Object> constants) {
        return new ResolvedFunction(name, method, parameters, result, NullRule.PROPAGATE, true, constants, false);
    }

    private static @Nullable ResolvedFunction extreme(String name, String method, List<DataType> types) {
        if (types.size() != 2) {
            return null;
        }
        DataType common = TypeCoercion.common(types.get(0), types.get(1));
        if (common == null || common == DataType.NULL) {
            return null;
        }
        DataType wide = common == DataType.TINYINT || common == DataType.SMALLINT ? DataType.INT : common;
        Class<?> form = switch (wide.physical()) {
            case BOOLEAN -> Boolean.class;
            case INT -> Integer.class;
            case LONG -> Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            case BYTES -> Utf8.class;
            case DECIMAL128 -> BigDecimal.class;
            default -> Void.class;
        };
        if (form == Void.class) {
            return null;
        }
        Method chosen = method(MathFunctions.class, method, form, form);
        return new ResolvedFunction(name, chosen, List.of(wide, wide), wide, NullRule.CALLED, true, List.of(), false);
    }

    private static void decimal(Map<String, FunctionRule> rules, String method, String... names) {
        FunctionRule rule = (called, types) -> decimal(called, method, types);
        for (String name : names) {
            rules.put(name, rule);
        }
    }

    private static boolean exact(DataType type) {
        return type.isIntegral() || type instanceof DecimalType;
    }

    private static @Nullable ResolvedFunction decimal(String name, String method, List<DataType> types) {
        if (types.isEmpty()) {
            return null;
        }
        if (types.get(0) == DataType.STRING && OVER_ONE_NUMBER.containsKey(method)) {
            return ofText(name, method, types);
        }
        boolean any = types.stream().anyMatch(DecimalType.class::isInstance);
        if (!any) {
            return plain(name, method, types);
        }
        if (types.size() == 1) {
            return types.get(0) instanceof DecimalType only ? unary(name, method, only) : null;
        }
        if (types.size() != 2) {
            return null;
        }
        DataType left = types.get(0) == DataType.NULL ? types.get(1) : types.get(0);
        DataType right = types.get(1) == DataType.NULL ? types.get(0) : types.get(1);
        return exact(left) && exact(right)
                ? binary(name, method, TypeCoercion.decimal(left), TypeCoercion.decimal(right))
                : null;
    }

    /** A function of any one number takes text as a DOUBLE. */
    private static @Nullable ResolvedFunction ofText(String name, String method, List<DataType> types) {
        Class<?> owner = OVER_ONE_NUMBER.get(method);
        if (owner == null || types.size() != 1) {
            return null;
        }
        Method chosen = method(owner, method, double.class);
        DataType result = chosen.getReturnType() == long.class ? DataType.BIGINT : DataType.DOUBLE;
        return fixed(name, chosen, List.of(DataType.DOUBLE), result, List.of());
    }

    /** The operators over two plain numbers, found without a look at the annotations, which most queries never need. */
    private static @Nullable ResolvedFunction plain(String name, String method, List<DataType> types) {
        if (types.size() != 2
                || !types.get(0).isNumeric()
                || !types.get(1).isNumeric()
                || !OVER_PLAIN_NUMBERS.contains(method)) {
            return null;
        }
        DataType common = method.equals("divide") ? DataType.DOUBLE : TypeCoercion.common(types.get(0), types.get(1));
        if (common == null) {
            return null;
        }
        Class<?> form = switch (common.physical()) {
            case BYTE -> byte.class;
            case SHORT -> short.class;
            case INT -> int.class;
            case LONG -> long.class;
            case FLOAT -> float.class;
            default -> double.class;
        };
        return fixed(
                name,
                method(ArithmeticFunctions.class, method, form, form),
                List.of(common, common),
                common,
                List.of());
    }

    private static @Nullable ResolvedFunction windowStart(String name, List<DataType> types) {
        if (types.size() != 3 || !types.get(0).isTimestamp()) {
            return null;
        }
        boolean local = types.get(0) == DataType.TIMESTAMP_NTZ;
        Method chosen = method(
                IntervalFunctions.class,
                local ? "localWindowStart" : "windowStart",
                long.class,
                long.class,
                long.class);
        return fixed(name, chosen, List.of(types.get(0), DataType.BIGINT, DataType.BIGINT), types.get(0), List.of());
    }

    private static @Nullable ResolvedFunction unary(String name, String method, DecimalType type) {
        DecimalType whole = type.scale() == 0 ? type : TypeCoercion.bounded(type.precision() - type.scale() + 1, 0);
        DecimalType result = switch (method) {
            case "negative", "subtract", "abs" -> type;
            case "ceil", "floor" -> whole;
            case "round", "bround" -> roundedType(type, 0);
            default -> null;
        };
        if (result == null) {
            return null;
        }
        String called = method.equals("subtract") ? "negative" : method;
        Method chosen = method(DecimalFunctions.class, called, BigDecimal.class, int.class, int.class);
        return fixed(name, chosen, List.of(type), result, List.of(result.precision(), result.scale()));
    }

    /** Rounding may need one more digit before the point, and with negative digits as many as these and one. */
    private static DecimalType roundedType(DecimalType type, int digits) {
        int whole = type.precision() - type.scale() + 1;
        int scale = Math.min(type.scale(), Math.max(0, digits));
        // digits far out would pass the range of an int below
        int needed =
                Math.max(whole, Math.min(DecimalType.MAX_PRECISION, -Math.max(digits, -DecimalType.MAX_PRECISION) + 1));
        return new DecimalType(Math.min((digits < 0 ? needed : whole) + scale, DecimalType.MAX_PRECISION), scale);
    }

    /** A decimal rounded to digits: {@code round}, {@code bround}, {@code ceil}, {@code ceiling} or {@code floor}. */
    static ResolvedFunction rounding(String name, DecimalType type, int digits) {
        DecimalType result = roundedType(type, digits);
        Method chosen = method(
                DecimalFunctions.class,
                name.equals("ceiling") ? "ceil" : name,
                BigDecimal.class,
                int.class,
                int.class,
                int.class);
        return fixed(name, chosen, List.of(type, DataType.INT), result, List.of(result.precision(), result.scale()));
    }

    private static @Nullable ResolvedFunction binary(String name, String method, DecimalType a, DecimalType b) {
        int wholeA = a.precision() - a.scale();
        int wholeB = b.precision() - b.scale();
        int scale = Math.max(a.scale(), b.scale());
        DecimalType result;
        switch (method) {
            case "add", "subtract" -> result = TypeCoercion.bounded(Math.max(wholeA, wholeB) + scale + 1, scale);
            case "multiply" -> result = TypeCoercion.bounded(a.precision() + b.precision() + 1, a.scale() + b.scale());
            case "divide" -> {
                int wanted = Math.max(6, a.scale() + b.precision() + 1);
                result = TypeCoercion.bounded(wholeA + b.scale() + wanted, wanted);
            }
            case "mod", "pmod" -> result = TypeCoercion.bounded(Math.max(1, Math.min(wholeA, wholeB) + scale), scale);
            case "div" -> {
                Method chosen = method(DecimalFunctions.class, "div", BigDecimal.class, BigDecimal.class);
                return fixed(name, chosen, List.of(a, b), DataType.BIGINT, List.of());
            }
            default -> {
                return null;
            }
        }
        List<DataType> parameters = List.of(a, b);
        boolean inLongs = result.physical() == PhysicalType.LONG
                && (method.equals("add") || method.equals("subtract") || method.equals("multiply"));
        if (inLongs) {
            Method chosen = method(
                    DecimalFunctions.class, method, long.class, long.class, int.class, int.class, int.class, int.class);
            return fixed(
                    name,
                    chosen,
                    parameters,
                    result,
                    List.of(a.scale(), b.scale(), result.precision(), result.scale()));
        }
        Method chosen =
                method(DecimalFunctions.class, method, BigDecimal.class, BigDecimal.class, int.class, int.class);
        return fixed(name, chosen, parameters, result, List.of(result.precision(), result.scale()));
    }
}
