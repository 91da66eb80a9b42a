package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.function.UserFunction;
import io.rivulet.function.Utf8;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.PhysicalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Between the physical form that evaluators compute with (boxed primitives, {@link Utf8}, BigDecimal for wide decimals)
 * and the Java objects that users see ({@link io.rivulet.vector.ColumnVector#objectAt}).
 */
public final class JavaForms {
    private JavaForms() {}

    /** The object for users. */
    public static @Nullable Object toJava(DataType type, @Nullable Object physical) {
        if (physical == null) {
            return null;
        }
        if (physical instanceof Utf8 bytes) {
            return type == DataType.STRING ? bytes.toString() : bytes.toBytes();
        }
        if (type == DataType.DATE) {
            return LocalDate.ofEpochDay((Integer) physical);
        }
        if (type == DataType.INTERVAL_YEAR_MONTH) {
            int months = (Integer) physical;
            return Period.of(months / 12, months % 12, 0);
        }
        if (!(physical instanceof Long value)) {
            return physical;
        }
        if (type instanceof DecimalType decimal) {
            return BigDecimal.valueOf(value, decimal.scale());
        }
        if (type == DataType.TIMESTAMP) {
            return Instant.EPOCH.plus(value, ChronoUnit.MICROS);
        }
        if (type == DataType.TIMESTAMP_NTZ) {
            return LocalDateTime.of(1970, 1, 1, 0, 0).plus(value, ChronoUnit.MICROS);
        }
        return type == DataType.INTERVAL_DAY_TIME ? Duration.of(value, ChronoUnit.MICROS) : physical;
    }

    /** The physical form; {@code TYPE_MISMATCH} when the object does not stand for a value of the type. */
    public static @Nullable Object toPhysical(DataType type, @Nullable Object object) {
        if (object == null) {
            return null;
        }
        try {
            return present(type, object);
        } catch (ClassCastException | ArithmeticException e) {
            throw ErrorCode.TYPE_MISMATCH.error(
                    "the value " + object + " (" + object.getClass().getSimpleName() + ") is no " + type.sql(), e);
        }
    }

    /**
     * Calls a user function with Java objects; gives the physical form of its result.
     *
     * @throws RivuletException {@code USER_CODE} for what it throws, and for a null from a function declared never to give
     *     one; {@code TYPE_MISMATCH} for a result of another type
     */
    public static @Nullable Object call(UserCall call, UserFunction function, @Nullable Object[] values) {
        Object result;
        try {
            result = function.callWith(values);
        } catch (RivuletException e) {
            throw e;
        } catch (RuntimeException e) {
            throw ErrorCode.USER_CODE.error(
                    "the function '" + call.function() + "' failed on " + Arrays.toString(values) + ": " + e, e);
        }
        if (result == null && !call.nullable()) {
            throw ErrorCode.USER_CODE.error("the function '" + call.function() + "' gave null for "
                    + Arrays.toString(values) + ", though it is declared never to");
        }
        return toPhysical(call.type(), result);
    }

    private static Object present(DataType type, Object object) {
        if (type instanceof DecimalType decimal) {
            BigDecimal value = (object instanceof BigDecimal given ? given : new BigDecimal(object.toString()))
                    .setScale(decimal.scale(), RoundingMode.UNNECESSARY);
            if (value.precision() > decimal.precision()) {
                throw new ArithmeticException("too many digits");
            }
            return decimal.physical() == PhysicalType.LONG
                    ? (Object) value.unscaledValue().longValueExact()
                    : value;
        }
        return switch (type.physical()) {
            case BOOLEAN -> (Boolean) object;
            case BYTE -> (byte) inRange(object, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SHORT -> (short) inRange(object, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> intOf(object);
            case LONG -> longOf(object);
            case FLOAT -> ((Number) object).floatValue();
            case DOUBLE -> ((Number) object).doubleValue();
            case BYTES ->
                object instanceof Utf8 bytes
                        ? bytes
                        : object instanceof byte[] array ? Utf8.of(array) : Utf8.of((String) object);
            default -> object;
        };
    }

    private static long inRange(Object object, long least, long most) {
        long value = new BigDecimal(((Number) object).toString()).longValueExact();
        if (value < least || value > most) {
            throw new ArithmeticException("out of range");
        }
        return value;
    }

    private static int intOf(Object object) {
        if (object instanceof Integer value) {
            return value;
        }
        if (object instanceof LocalDate date) {
            return Math.toIntExact(date.toEpochDay());
        }
        return object instanceof Period period
                ? Math.toIntExact(period.toTotalMonths())
                : (int) inRange(object, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    private static long longOf(Object object) {
        if (object instanceof Long value) {
            return value;
        }
        if (object instanceof Instant instant) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        }
        if (object instanceof LocalDateTime time) {
            return ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant(ZoneOffset.UTC));
        }
        if (object instanceof Duration duration) {
            return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
        }
        return inRange(object, Long.MIN_VALUE, Long.MAX_VALUE);
    }
}
