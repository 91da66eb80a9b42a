package io.rivulet.vector;

import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.SimpleType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Primitive values to the Java objects that stand for them, and back. */
final class JavaValues {
    private JavaValues() {}

    static Object ofInt(DataType type, int value) {
        if (type == SimpleType.DATE) {
            return LocalDate.ofEpochDay(value);
        }
        if (type == SimpleType.INTERVAL_YEAR_MONTH) {
            return Period.of(value / 12, value % 12, 0);
        }
        return value;
    }

    static Object ofLong(DataType type, long value) {
        if (type instanceof DecimalType decimal) {
            return BigDecimal.valueOf(value, decimal.scale());
        }
        if (type == SimpleType.TIMESTAMP) {
            return instant(value);
        }
        if (type == SimpleType.TIMESTAMP_NTZ) {
            return LocalDateTime.ofEpochSecond(
                    Math.floorDiv(value, 1_000_000L), (int) Math.floorMod(value, 1_000_000L) * 1000, ZoneOffset.UTC);
        }
        if (type == SimpleType.INTERVAL_DAY_TIME) {
            return Duration.of(value, ChronoUnit.MICROS);
        }
        return value;
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }

    static BigDecimal ofDecimal128(DecimalType type, long high, long low) {
        return new BigDecimal(
                BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low))), type.scale());
    }

    static long micros(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), Math.floorDiv(instant.getNano(), 1000));
    }

    static long micros(LocalDateTime time) {
        return micros(time.toInstant(ZoneOffset.UTC));
    }

    static long micros(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
    }

    /** A number as a decimal, unchanged; {@code ClassCastException} for anything else. */
    static BigDecimal exact(Object value) {
        return value instanceof BigDecimal decimal ? decimal : new BigDecimal(((Number) value).toString());
    }

    /** What stands for a value in a column of ints; {@code ArithmeticException} when it does not fit. */
    static int intOf(Object value) {
        if (value instanceof Integer number) {
            return number;
        }
        if (value instanceof LocalDate date) {
            return Math.toIntExact(date.toEpochDay());
        }
        if (value instanceof Period period) {
            return Math.toIntExact(period.toTotalMonths());
        }
        return exact(value).intValueExact();
    }

    /** What stands for a value in a column of longs; {@code ArithmeticException} when it does not fit. */
    static long longOf(DataType type, Object value) {
        if (type instanceof DecimalType decimal) {
            return unscaled(decimal, value).longValueExact();
        }
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Instant instant) {
            return micros(instant);
        }
        if (value instanceof LocalDateTime time) {
            return micros(time);
        }
        if (value instanceof Duration duration) {
            return micros(duration);
        }
        return exact(value).longValueExact();
    }

    /** The digits of a number in a decimal type; {@code ArithmeticException} when they do not fit. */
    static BigInteger unscaled(DecimalType type, Object value) {
        BigDecimal scaled = exact(value).setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException("too many digits");
        }
        return scaled.unscaledValue();
    }
}
