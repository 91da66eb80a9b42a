package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The conversions behind CAST, named for what they give; which one a cast uses is in {@link Casts}. ANSI: BAD_CAST names the value. */
public final class CastFunctions {
    private CastFunctions() {}

    private static RivuletException bad(Object value, String type) {
        return ErrorCode.BAD_CAST.error("the value " + (value instanceof Utf8 ? "'" + value + "'" : value)
                + " cannot be cast to " + type + "; use try_cast to get null instead");
    }

    private static RivuletException outside(Object value, String type) {
        return ErrorCode.ARITHMETIC_OVERFLOW.error(
                value + " is outside the range of " + type + "; use try_cast to get null instead");
    }

    /** To TINYINT. */
    public static byte toByte(long v) {
        if (v != (byte) v) {
            throw outside(v, "TINYINT");
        }
        return (byte) v;
    }

    /** To SMALLINT. */
    public static short toShort(long v) {
        if (v != (short) v) {
            throw outside(v, "SMALLINT");
        }
        return (short) v;
    }

    /** To INT. */
    public static int toInt(long v) {
        if (v != (int) v) {
            throw outside(v, "INT");
        }
        return (int) v;
    }

    /** To BIGINT. */
    public static long toLong(long v) {
        return v;
    }

    /** To FLOAT. */
    public static float toFloat(long v) {
        return v;
    }

    /** To DOUBLE. */
    public static double toDouble(int v) {
        return v;
    }

    /** To DOUBLE. */
    public static double toDouble(long v) {
        return v;
    }

    /** To TINYINT, cutting digits behind the point. */
    public static byte toByte(double v) {
        return (byte) whole(v, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
    }

    /** To SMALLINT, cutting digits behind the point. */
    public static short toShort(double v) {
        return (short) whole(v, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
    }

    /** To INT, cutting digits behind the point. */
    public static int toInt(double v) {
        return (int) whole(v, Integer.MIN_VALUE, Integer.MAX_VALUE, "INT");
    }

    /** To BIGINT, cutting digits behind the point. */
    public static long toLong(double v) {
        // 2^63 is a double, 2^63 - 1 is not
        if (!(v >= -0x1p63 && v < 0x1p63)) {
            throw outside(v, "BIGINT");
        }
        return (long) v;
    }

    private static long whole(double v, long least, long most, String type) {
        if (!(v > least - 1.0 && v < most + 1.0)) {
            throw outside(v, type);
        }
        return (long) v;
    }

    /** To FLOAT. */
    public static float toFloat(double v) {
        return (float) v;
    }

    /** To DOUBLE. */
    public static double toDouble(double v) {
        return v;
    }

    /** To BOOLEAN: whether it is not 0. */
    public static boolean toBoolean(long v) {
        return v != 0;
    }

    /** To BOOLEAN: whether it is not 0. */
    public static boolean toBoolean(double v) {
        return v != 0;
    }

    /** To BOOLEAN: whether it is not 0. */
    public static boolean toBoolean(BigDecimal v) {
        return v.signum() != 0;
    }

    /** 1 or 0. */
    public static byte toByte(boolean v) {
        return (byte) (v ? 1 : 0);
    }

    /** 1 or 0. */
    public static short toShort(boolean v) {
        return (short) (v ? 1 : 0);
    }

    /** 1 or 0. */
    public static int toInt(boolean v) {
        return v ? 1 : 0;
    }

    /** 1 or 0. */
    public static long toLong(boolean v) {
        return v ? 1 : 0;
    }

    /** 1 or 0. */
    public static float toFloat(boolean v) {
        return v ? 1 : 0;
    }

    /** 1 or 0. */
    public static double toDouble(boolean v) {
        return v ? 1 : 0;
    }

    /** 1 or 0. */
    public static BigDecimal toDecimal(boolean v, int precision, int scale) {
        return toDecimal(v ? BigDecimal.ONE : BigDecimal.ZERO, precision, scale);
    }

    // ---- decimals

    /** To TINYINT, cutting digits behind the point. */
    public static byte toByte(BigDecimal v) {
        return (byte) whole(v, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
    }

    /** To SMALLINT, cutting digits behind the point. */
    public static short toShort(BigDecimal v) {
        return (short) whole(v, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
    }

    /** To INT, cutting digits behind the point. */
    public static int toInt(BigDecimal v) {
        return (int) whole(v, Integer.MIN_VALUE, Integer.MAX_VALUE, "INT");
    }

    /** To BIGINT, cutting digits behind the point. */
    public static long toLong(BigDecimal v) {
        return whole(v, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
    }

    private static long whole(BigDecimal v, long least, long most, String type) {
        BigDecimal cut = v.setScale(0, RoundingMode.DOWN);
        if (cut.compareTo(BigDecimal.valueOf(least)) < 0 || cut.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw outside(v, type);
        }
        return cut.longValue();
    }

    /** To FLOAT. */
    public static float toFloat(BigDecimal v) {
        return v.floatValue();
    }

    /** To DOUBLE. */
    public static double toDouble(BigDecimal v) {
        return v.doubleValue();
    }

    /** A decimal of at most 18 digits to DOUBLE. */
    public static double decimalToDouble(long unscaled, int scale) {
        // both exact below 2^53 and 10^22, so that one division rounds correctly
        return Math.abs(unscaled) < 1L << 53
                ? unscaled / (double) DecimalFunctions.power(scale)
                : BigDecimal.valueOf(unscaled, scale).doubleValue();
    }

    /** To a DECIMAL, rounding half up. */
    public static BigDecimal toDecimal(BigDecimal v, int precision, int scale) {
        return DecimalFunctions.fit(v, precision, scale);
    }

    /** To a DECIMAL. */
    public static BigDecimal toDecimal(long v, int precision, int scale) {
        return DecimalFunctions.fit(BigDecimal.valueOf(v), precision, scale);
    }

    /** To a DECIMAL that every value fits. */
    public static long toShortDecimal(int v, int precision, int scale) {
        return v * DecimalFunctions.power(scale);
    }

    /** To a DECIMAL, rounding half up. */
    public static BigDecimal toDecimal(double v, int precision, int scale) {
        if (Double.isNaN(v) || Double.isInfinite(v)) {
            throw outside(v, "DECIMAL(" + precision + "," + scale + ")");
        }
        return DecimalFunctions.fit(BigDecimal.valueOf(v), precision, scale);
    }

    /** To a DECIMAL, rounding half up. */
    public static BigDecimal toDecimal(Utf8 v, int precision, int scale) {
        try {
            return DecimalFunctions.fit(new BigDecimal(v.toString().trim()), precision, scale);
        } catch (NumberFormatException e) {
            throw bad(v, "DECIMAL(" + precision + "," + scale + ")");
        }
    }

    // ---- text to values

    /** To TINYINT. */
    public static byte toByte(Utf8 v) {
        return (byte) parseLong(v, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
    }

    /** To SMALLINT. */
    public static short toShort(Utf8 v) {
        return (short) parseLong(v, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
    }

    /** To INT. */
    public static int toInt(Utf8 v) {
        return (int) parseLong(v, Integer.MIN_VALUE, Integer.MAX_VALUE, "INT");
    }

    /** To BIGINT. */
    public static long toLong(Utf8 v) {
        return parseLong(v, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
    }

    private static long parseLong(Utf8 text, long least, long most, String type) {
        byte[] data = text.data();
        int at = text.offset();
        int end = at + text.length();
        while (at < end && isBlank(data[at])) {
            at++;
        }
        while (end > at && isBlank(data[end - 1])) {
            end--;
        }
        boolean negative = at < end && data[at] == '-';
        if (at < end && (data[at] == '-' || data[at] == '+')) {
            at++;
        }
        if (at == end) {
            throw bad(text, type);
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = data[at] - '0';
            // counted downwards, because the least long has no positive twin
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
                throw bad(text, type);
            }
            value = value * 10 - digit;
        }
        if (!negative) {
            if (value == Long.MIN_VALUE) {
                throw bad(text, type);
            }
            value = -value;
        }
        if (value < least || value > most) {
            throw bad(text, type);
        }
        return value;
    }

    private static boolean isBlank(byte b) {
        return b >= 0 && b <= ' ';
    }

    /** To FLOAT. */
    public static float toFloat(Utf8 v) {
        return (float) parseDouble(v, "FLOAT");
    }

    /** To DOUBLE. */
    public static double toDouble(Utf8 v) {
        return parseDouble(v, "DOUBLE");
    }

    private static double parseDouble(Utf8 text, String type) {
        String trimmed = text.toString().trim();
        try {
            char last = trimmed.isEmpty() ? 'x' : trimmed.charAt(trimmed.length() - 1);
            if (last <= '9' || last == '.') {
                return Double.parseDouble(trimmed);
            }
        } catch (NumberFormatException e) {
            throw bad(text, type);
        }
        return switch (trimmed.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw bad(text, type);
        };
    }

    /** To BOOLEAN: true, t, yes, y, 1 and their opposites. */
    public static boolean toBoolean(Utf8 v) {
        return switch (v.toString().trim().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> true;
            case "false", "f", "no", "n", "0" -> false;
            default -> throw bad(v, "BOOLEAN");
        };
    }

    /** To DATE. */
    public static int toDate(Utf8 v) {
        long days = DateTimeText.date(v);
        if (days == DateTimeText.MALFORMED) {
            throw bad(v, "DATE");
        }
        return (int) days;
    }

    /** To TIMESTAMP, in the session zone where the text names none. */
    public static long toTimestamp(Utf8 v, FunctionContext context) {
        long micros = DateTimeText.timestamp(v, context.zone());
        if (micros == DateTimeText.MALFORMED) {
            throw bad(v, "TIMESTAMP");
        }
        return micros;
    }

    /** To TIMESTAMP_NTZ. */
    public static long toLocalTimestamp(Utf8 v) {
        long micros = DateTimeText.timestamp(v, null);
        if (micros == DateTimeText.MALFORMED) {
            throw bad(v, "TIMESTAMP_NTZ");
        }
        return micros;
    }

    /** To INTERVAL DAY TO SECOND. */
    public static long toInterval(Utf8 v) {
        return Intervals.micros(v.toString());
    }

    /** To INTERVAL YEAR TO MONTH. */
    public static int toMonths(Utf8 v) {
        return Intervals.months(v.toString());
    }

    // ---- times

    /** The instant at which a day begins in the session zone. */
    public static long dateToTimestamp(int days, FunctionContext context) {
        return DateTimeText.toInstant(days * DateTimeText.DAY, context.zone());
    }

    /** The time at which a day begins. */
    public static long dateToLocalTimestamp(int days) {
        return days * DateTimeText.DAY;
    }

    /** The day of an instant in the session zone. */
    public static int timestampToDate(long micros, FunctionContext context) {
        return (int) Math.floorDiv(DateTimeText.toLocal(micros, context.zone()), DateTimeText.DAY);
    }

    /** The day of a local time. */
    public static int localTimestampToDate(long micros) {
        return (int) Math.floorDiv(micros, DateTimeText.DAY);
    }

    /** The local time of an instant in the session zone. */
    public static long timestampToLocal(long micros, FunctionContext context) {
        return DateTimeText.toLocal(micros, context.zone());
    }

    /** The instant of a local time in the session zone. */
    public static long localToTimestamp(long micros, FunctionContext context) {
        return DateTimeText.toInstant(micros, context.zone());
    }

    /** Seconds since the epoch, rounded down. */
    public static long timestampToSeconds(long micros) {
        return Math.floorDiv(micros, DateTimeText.SECOND);
    }

    /** Seconds since the epoch with their fraction. */
    public static double timestampToDouble(long micros) {
        return micros / 1e6;
    }

    /** An instant from seconds since the epoch. */
    public static long secondsToTimestamp(long seconds) {
        if (Math.multiplyHigh(seconds, DateTimeText.SECOND) != (seconds * DateTimeText.SECOND) >> 63) {
            throw outside(seconds, "TIMESTAMP");
        }
        return seconds * DateTimeText.SECOND;
    }

    /** An instant from seconds since the epoch, to the microsecond below. */
    public static long doubleToTimestamp(double seconds) {
        return toLong(Math.floor(seconds * 1e6));
    }

    // ---- values to text

    private static Utf8 text(String text) {
        return new Utf8(text.getBytes(StandardCharsets.UTF_8), 0, text.length());
    }

    /** To STRING. */
    public static Utf8 toText(boolean v) {
        return text(v ? "true" : "false");
    }

    /** To STRING. */
    public static Utf8 toText(long v) {
        return text(Long.toString(v));
    }

    /** To STRING. */
    public static Utf8 toText(float v) {
        return text(Float.toString(v));
    }

    /** To STRING. */
    public static Utf8 toText(double v) {
        return text(Double.toString(v));
    }

    /** To STRING. */
    public static Utf8 toText(BigDecimal v) {
        return text(v.toPlainString());
    }

    /** To STRING. */
    public static Utf8 dateToText(int days) {
        return text(DateTimeText.formatDate(days));
    }

    /** To STRING, in the session zone. */
    public static Utf8 timestampToText(long micros, FunctionContext context) {
        return text(DateTimeText.formatTimestamp(micros, context.zone()));
    }

    /** To STRING. */
    public static Utf8 localTimestampToText(long micros) {
        return text(DateTimeText.formatLocal(micros));
    }

    /** To STRING. */
    public static Utf8 intervalToText(long micros) {
        return text(Intervals.format(micros));
    }

    /** To STRING. */
    public static Utf8 monthsToText(int months) {
        return text(Intervals.formatMonths(months));
    }
}
