package io.rivulet.files;

import io.rivulet.function.Utf8;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.PhysicalType;
import io.rivulet.type.SimpleType;
import io.rivulet.vector.ColumnBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;
import java.time.ZoneId;
import java.util.Base64;

/**
 * Parses the text of scalar values of one type. Integers, plain decimals and ISO timestamps are read from the bytes
 * without an object; the rest goes through a String. Texts: decimals are rounded half up to their scale as Spark does,
 * BINARY is base64, intervals are ISO-8601 ({@code P1Y2M}, {@code PT1H}), {@code NaN} and {@code Infinity} as Java
 * writes them. One thread.
 */
final class ValueParser {
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    private final DataType type;
    private final boolean isDecimal;
    private final TimeText times;
    private long number;
    private int scale;

    ValueParser(DataType type, ValueFormats formats, ZoneId zone) {
        this.type = type;
        this.isDecimal = type instanceof DecimalType;
        this.times = new TimeText(formats, zone);
    }

    /** Whether the empty text is a value of the type. */
    boolean takesEmptyText() {
        return type.physical() == PhysicalType.BYTES;
    }

    /** Appends the value of a text, or gives false when it is none of the type; then nothing was appended. */
    boolean parse(byte[] data, int from, int to, ColumnBuilder builder) {
        if (isDecimal) {
            return parseDecimal(data, from, to, builder);
        }
        switch ((SimpleType) type) {
            case STRING -> {
                if (!Utf8.isUtf8(data, from, to)) {
                    return false;
                }
                builder.appendBytes(data, from, to - from);
            }
            case BIGINT, INT, SMALLINT, TINYINT -> {
                return parseInteger(data, from, to, builder);
            }
            case DOUBLE, FLOAT -> {
                return parseFloating(data, from, to, builder);
            }
            case TIMESTAMP, TIMESTAMP_NTZ -> {
                if (!times.parse(data, from, to, type == SimpleType.TIMESTAMP)) {
                    return false;
                }
                builder.appendLong(times.micros());
            }
            case DATE -> {
                if (!times.parseDate(data, from, to)) {
                    return false;
                }
                builder.appendInt(times.days());
            }
            default -> {
                return parseRare(new String(data, from, to - from, StandardCharsets.UTF_8), builder);
            }
        }
        return true;
    }

    private boolean parseRare(String text, ColumnBuilder builder) {
        try {
            switch ((SimpleType) type) {
                case BOOLEAN -> {
                    boolean yes = text.equalsIgnoreCase("true");
                    if (!yes && !text.equalsIgnoreCase("false")) {
                        return false;
                    }
                    builder.appendBoolean(yes);
                }
                case BINARY -> {
                    byte[] bytes = Base64.getDecoder().decode(text);
                    builder.appendBytes(bytes, 0, bytes.length);
                }
                case INTERVAL_YEAR_MONTH -> {
                    Period period = Period.parse(text);
                    if (!period.equals(period.withDays(0))) {
                        return false;
                    }
                    builder.appendInt(Math.toIntExact(period.toTotalMonths()));
                }
                case INTERVAL_DAY_TIME -> {
                    Duration duration = Duration.parse(text);
                    builder.appendLong(Math.addExact(
                            Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000));
                }
                default -> {
                    return false; // a column of nulls takes no value
                }
            }
            return true;
        } catch (java.time.DateTimeException | IllegalArgumentException | ArithmeticException e) {
            return false;
        }
    }

    private boolean parseInteger(byte[] data, int from, int to, ColumnBuilder builder) {
        if (!readLong(data, from, to)) {
            return false;
        }
        long value = number;
        switch ((SimpleType) type) {
            case BIGINT -> builder.appendLong(value);
            case INT -> {
                if (value != (int) value) {
                    return false;
                }
                builder.appendInt((int) value);
            }
            case SMALLINT -> {
                if (value != (short) value) {
                    return false;
                }
                builder.appendShort((short) value);
            }
            default -> {
                if (value != (byte) value) {
                    return false;
                }
                builder.appendByte((byte) value);
            }
        }
        return true;
    }

    private boolean readLong(byte[] data, int from, int to) {
        int i = from;
        boolean negative = i < to && data[i] == '-';
        if (negative || (i < to && data[i] == '+')) {
            i++;
        }
        if (i == to || to - i > 19) {
            return false;
        }
        long value = 0; // negative, because that side has one more number
        for (; i < to; i++) {
            int digit = data[i] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            long next = value * 10 - digit;
            if (value < Long.MIN_VALUE / 10 || next > value) {
                return false;
            }
            value = next;
        }
        if (!negative && value == Long.MIN_VALUE) {
            return false;
        }
        number = negative ? value : -value;
        return true;
    }

    /** Reads {@code [-+]digits[.digits]} of at most 18 digits as {@code number} and {@code scale}. */
    private boolean readPlain(byte[] data, int from, int to) {
        int i = from;
        boolean negative = i < to && data[i] == '-';
        if (negative || (i < to && data[i] == '+')) {
            i++;
        }
        long value = 0;
        int digits = 0;
        int point = -1;
        for (; i < to; i++) {
            int digit = data[i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
                digits++;
            } else if (data[i] == '.' && point < 0) {
                point = i;
            } else {
                return false;
            }
        }
        if (digits == 0 || digits > 18) {
            return false;
        }
        number = negative ? -value : value;
        scale = point < 0 ? 0 : to - point - 1;
        return true;
    }

    private boolean parseFloating(byte[] data, int from, int to, ColumnBuilder builder) {
        boolean isDouble = type == SimpleType.DOUBLE;
        if (readPlain(data, from, to)) {
            // both sides of the division are exact, so the quotient is the correctly rounded value
            if (isDouble && Math.abs(number) <= 1L << 53 && !(number == 0 && data[from] == '-')) {
                builder.appendDouble(scale == 0 ? (double) number : number / POWERS[scale]);
                return true;
            }
        } else if (!isFloatingText(data, from, to)) {
            return false;
        }
        String text = new String(data, from, to - from, StandardCharsets.ISO_8859_1);
        try {
            if (isDouble) {
                builder.appendDouble(Double.parseDouble(text));
            } else {
                builder.appendFloat(Float.parseFloat(text));
            }
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** Java also takes blanks, hexadecimal and a trailing d or f; these are no numbers here. */
    private static boolean isFloatingText(byte[] data, int from, int to) {
        int i = from < to && (data[from] == '-' || data[from] == '+') ? from + 1 : from;
        if (i < to && (data[i] == 'N' || data[i] == 'I')) {
            return true;
        }
        for (; i < to; i++) {
            byte b = data[i];
            if ((b < '0' || b > '9') && b != '.' && b != 'e' && b != 'E' && b != '-' && b != '+') {
                return false;
            }
        }
        return to > from;
    }

    private boolean parseDecimal(byte[] data, int from, int to, ColumnBuilder builder) {
        DecimalType decimal = (DecimalType) type;
        if (decimal.precision() <= DecimalType.MAX_LONG_PRECISION
                && readPlain(data, from, to)
                && scale <= decimal.scale()
                && to - from - scale + decimal.scale() <= DecimalType.MAX_LONG_PRECISION) {
            long unscaled = number * (long) POWERS[decimal.scale() - scale];
            if (Math.abs(unscaled) < (long) POWERS[decimal.precision()]) {
                builder.appendLong(unscaled);
                return true;
            }
            return false;
        }
        if (!isFloatingText(data, from, to)) {
            return false;
        }
        try {
            BigDecimal value = new BigDecimal(new String(data, from, to - from, StandardCharsets.ISO_8859_1));
            if (value.precision() - value.scale() > decimal.precision() - decimal.scale()) {
                return false; // also keeps 1e999999999 from being spelled out
            }
            value = value.setScale(decimal.scale(), RoundingMode.HALF_UP);
            if (value.precision() > decimal.precision()) {
                return false;
            }
            builder.append(value);
            return true;
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
    }
}
