package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.PhysicalType;
import io.rivulet.type.SimpleType;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which {@link CastFunctions} method converts one type to another. */
public final class Casts {
    private record Key(DataType from, DataType to, boolean tryCast) {}

    private record Conversion(Method method, List<Object> constants) {}

    private static final Map<Key, ResolvedFunction> RESOLVED = new ConcurrentHashMap<>();

    private Casts() {}

    /** {@code TYPE_MISMATCH} unless one type can be cast to the other. */
    public static void check(DataType from, DataType to) {
        if (!isIdentity(from, to)) {
            resolve(from, to, false);
        }
    }

    private static boolean isIdentity(DataType from, DataType to) {
        return from.equals(to)
                || from == DataType.NULL
                || (from == DataType.STRING && to == DataType.BINARY)
                || (from == DataType.BINARY && to == DataType.STRING);
    }

    /** The conversion, or null when the bits stay as they are (also for VOID, whose every value is null). */
    public static @Nullable ResolvedFunction resolve(DataType from, DataType to, boolean tryCast) {
        if (isIdentity(from, to)) {
            return null;
        }
        return RESOLVED.computeIfAbsent(new Key(from, to, tryCast), Casts::find);
    }

    private static ResolvedFunction find(Key key) {
        DataType from = key.from;
        DataType to = key.to;
        Conversion found = from instanceof DecimalType decimal ? ofDecimal(decimal, to) : ofSimple(from, to);
        if (found == null) {
            throw ErrorCode.TYPE_MISMATCH.error("a " + from.sql() + " cannot be cast to " + to.sql());
        }
        // widening within these never fails, so try_cast need not make it nullable
        boolean fails = !(from.isIntegral() && (to == DataType.DOUBLE || to == DataType.FLOAT || to == DataType.BIGINT))
                && to != DataType.STRING;
        return new ResolvedFunction(
                "cast",
                found.method,
                List.of(from),
                to,
                NullRule.PROPAGATE,
                true,
                found.constants,
                key.tryCast && fails);
    }

    private static Conversion conversion(String method, Class<?> parameter, Object... constants) {
        for (Method candidate : CastFunctions.class.getMethods()) {
            Class<?>[] types = candidate.getParameterTypes();
            if (candidate.getName().equals(method) && types.length > 0 && types[0] == parameter) {
                return new Conversion(candidate, List.of(constants));
            }
        }
        throw ErrorCode.INTERNAL.error("the cast method " + method + "(" + parameter + ") is missing");
    }

    private static @Nullable String nameFor(DataType to) {
        return switch (to.physical()) {
            case BOOLEAN -> "toBoolean";
            case BYTE -> "toByte";
            case SHORT -> "toShort";
            case INT -> to == DataType.INT ? "toInt" : null;
            case LONG -> to == DataType.BIGINT ? "toLong" : null;
            case FLOAT -> "toFloat";
            case DOUBLE -> "toDouble";
            default -> null;
        };
    }

    private static @Nullable Conversion ofDecimal(DecimalType from, DataType to) {
        if (to instanceof DecimalType decimal) {
            return conversion("toDecimal", BigDecimal.class, decimal.precision(), decimal.scale());
        }
        if (to == DataType.STRING) {
            return conversion("toText", BigDecimal.class);
        }
        if (to == DataType.DOUBLE && from.physical() == PhysicalType.LONG) {
            return conversion("decimalToDouble", long.class, from.scale());
        }
        String name = nameFor(to);
        return name == null ? null : conversion(name, BigDecimal.class);
    }

    private static @Nullable Conversion ofSimple(DataType from, DataType to) {
        if (!(from instanceof SimpleType simple)) {
            return null;
        }
        return switch (simple) {
            case BOOLEAN -> ofNumber(boolean.class, to);
            case TINYINT, SMALLINT, INT, BIGINT -> ofIntegral(simple, to);
            case FLOAT, DOUBLE ->
                to == DataType.STRING
                        ? conversion("toText", simple == SimpleType.FLOAT ? float.class : double.class)
                        : to == DataType.TIMESTAMP
                                ? conversion("doubleToTimestamp", double.class)
                                : ofNumber(double.class, to);
            case STRING -> ofText(to);
            case DATE ->
                to == DataType.STRING
                        ? conversion("dateToText", int.class)
                        : to == DataType.TIMESTAMP
                                ? conversion("dateToTimestamp", int.class)
                                : to == DataType.TIMESTAMP_NTZ ? conversion("dateToLocalTimestamp", int.class) : null;
            case TIMESTAMP -> ofTimestamp(to);
            case TIMESTAMP_NTZ ->
                to == DataType.STRING
                        ? conversion("localTimestampToText", long.class)
                        : to == DataType.TIMESTAMP
                                ? conversion("localToTimestamp", long.class)
                                : to == DataType.DATE ? conversion("localTimestampToDate", long.class) : null;
            case INTERVAL_DAY_TIME -> to == DataType.STRING ? conversion("intervalToText", long.class) : null;
            case INTERVAL_YEAR_MONTH -> to == DataType.STRING ? conversion("monthsToText", int.class) : null;
            case NULL, BINARY -> null;
        };
    }

    private static @Nullable Conversion ofIntegral(DataType from, DataType to) {
        if (to == DataType.TIMESTAMP) {
            return conversion("secondsToTimestamp", long.class);
        }
        if (to == DataType.DOUBLE && from != DataType.BIGINT) {
            return conversion("toDouble", int.class);
        }
        if (to instanceof DecimalType decimal
                && decimal.physical() == PhysicalType.LONG
                && from != DataType.BIGINT
                && decimal.precision() - decimal.scale()
                        >= TypeCoercion.decimal(from).precision()) {
            return conversion("toShortDecimal", int.class, decimal.precision(), decimal.scale());
        }
        return ofNumber(long.class, to);
    }

    private static @Nullable Conversion ofNumber(Class<?> form, DataType to) {
        if (to instanceof DecimalType decimal) {
            return conversion("toDecimal", form, decimal.precision(), decimal.scale());
        }
        if (to == DataType.STRING) {
            return conversion("toText", form);
        }
        String name = nameFor(to);
        return name == null ? null : conversion(name, form);
    }

    private static @Nullable Conversion ofText(DataType to) {
        if (to == DataType.DATE) {
            return conversion("toDate", Utf8.class);
        }
        if (to == DataType.TIMESTAMP) {
            return conversion("toTimestamp", Utf8.class);
        }
        if (to == DataType.TIMESTAMP_NTZ) {
            return conversion("toLocalTimestamp", Utf8.class);
        }
        if (to == DataType.INTERVAL_DAY_TIME) {
            return conversion("toInterval", Utf8.class);
        }
        return to == DataType.INTERVAL_YEAR_MONTH ? conversion("toMonths", Utf8.class) : ofNumber(Utf8.class, to);
    }

    private static @Nullable Conversion ofTimestamp(DataType to) {
        if (to == DataType.STRING) {
            return conversion("timestampToText", long.class);
        }
        if (to == DataType.DATE) {
            return conversion("timestampToDate", long.class);
        }
        if (to == DataType.TIMESTAMP_NTZ) {
            return conversion("timestampToLocal", long.class);
        }
        if (to == DataType.BIGINT) {
            return conversion("timestampToSeconds", long.class);
        }
        return to == DataType.DOUBLE ? conversion("timestampToDouble", long.class) : null;
    }
}
