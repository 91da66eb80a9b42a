package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.SimpleType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions of timestamps; fields and text are those of the session zone. */
public final class TimeFunctions {
    private record Format(String pattern, DateTimeFormatter formatter) {}

    /** The format of the last call in each thread, because the pattern is nearly always a constant. */
    private static final ThreadLocal<@Nullable Format> LAST = new ThreadLocal<>();

    private TimeFunctions() {}

    private static DateTimeFormatter formatter(String pattern) {
        Format last = LAST.get();
        if (last != null && last.pattern.equals(pattern)) {
            return last.formatter;
        }
        try {
            DateTimeFormatter formatter = new DateTimeFormatterBuilder()
                    .appendPattern(pattern.replace('y', 'u'))
                    .parseDefaulting(ChronoField.MONTH_OF_YEAR, 1)
                    .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
                    .parseDefaulting(ChronoField.NANO_OF_DAY, 0)
                    .toFormatter(Locale.ROOT);
            // a second default for the time of day would clash with hours in the pattern
            if (pattern.indexOf('H') >= 0 || pattern.indexOf('h') >= 0) {
                formatter = new DateTimeFormatterBuilder()
                        .appendPattern(pattern.replace('y', 'u'))
                        .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
                        .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
                        .toFormatter(Locale.ROOT);
            }
            LAST.set(new Format(pattern, formatter));
            return formatter;
        } catch (IllegalArgumentException e) {
            throw ErrorCode.BAD_ARGUMENT.error("'" + pattern + "' is no date pattern: " + e.getMessage(), e);
        }
    }

    /** Local microseconds of text of a pattern. */
    static long parse(String text, String pattern) {
        try {
            LocalDateTime time = LocalDateTime.parse(text.trim(), formatter(pattern));
            return ChronoUnit.MICROS.between(LocalDateTime.of(1970, 1, 1, 0, 0), time);
        } catch (DateTimeException e) {
            throw ErrorCode.BAD_CAST.error(
                    "the text '" + text + "' is no date or time of the pattern '" + pattern
                            + "'; use the try_ variant to get null instead",
                    e);
        }
    }

    private static long timeOfDay(long micros, FunctionContext context) {
        return Math.floorMod(context.isUtc() ? micros : DateTimeText.toLocal(micros, context.zone()), DateTimeText.DAY);
    }

    /** The hour of the day. */
    @ScalarFunction(name = "hour")
    public static int hour(@As(SimpleType.TIMESTAMP) long ts, FunctionContext context) {
        return (int) (timeOfDay(ts, context) / (3600 * DateTimeText.SECOND));
    }

    /** The hour of the day. */
    @ScalarFunction(name = "hour")
    public static int localHour(@As(SimpleType.TIMESTAMP_NTZ) long ts) {
        return hour(ts, FunctionContext.UTC);
    }

    /** The minute of the hour. */
    @ScalarFunction(name = "minute")
    public static int minute(@As(SimpleType.TIMESTAMP) long ts, FunctionContext context) {
        return (int) (timeOfDay(ts, context) / (60 * DateTimeText.SECOND) % 60);
    }

    /** The minute of the hour. */
    @ScalarFunction(name = "minute")
    public static int localMinute(@As(SimpleType.TIMESTAMP_NTZ) long ts) {
        return minute(ts, FunctionContext.UTC);
    }

    /** The second of the minute. */
    @ScalarFunction(name = "second")
    public static int second(@As(SimpleType.TIMESTAMP) long ts, FunctionContext context) {
        return (int) (timeOfDay(ts, context) / DateTimeText.SECOND % 60);
    }

    /** The second of the minute. */
    @ScalarFunction(name = "second")
    public static int localSecond(@As(SimpleType.TIMESTAMP_NTZ) long ts) {
        return second(ts, FunctionContext.UTC);
    }

    /** Seconds since the epoch, rounded down. */
    @ScalarFunction(name = {"unix_timestamp", "unix_seconds", "to_unix_timestamp"})
    public static long unixSeconds(@As(SimpleType.TIMESTAMP) long ts) {
        return Math.floorDiv(ts, DateTimeText.SECOND);
    }

    /** Milliseconds since the epoch, rounded down. */
    @ScalarFunction(name = "unix_millis")
    public static long unixMillis(@As(SimpleType.TIMESTAMP) long ts) {
        return Math.floorDiv(ts, 1000L);
    }

    /** The instant so many seconds after the epoch. */
    @ScalarFunction(name = "timestamp_seconds")
    @As(SimpleType.TIMESTAMP)
    public static long timestampSeconds(long seconds) {
        return ArithmeticFunctions.multiply(seconds, DateTimeText.SECOND);
    }

    /** The instant so many millis after the epoch. */
    @ScalarFunction(name = "timestamp_millis")
    @As(SimpleType.TIMESTAMP)
    public static long timestampMillis(long millis) {
        return ArithmeticFunctions.multiply(millis, 1000L);
    }

    /** The instant so many micros after the epoch. */
    @ScalarFunction(name = "timestamp_micros")
    @As(SimpleType.TIMESTAMP)
    public static long timestampMicros(long micros) {
        return micros;
    }

    /** Microseconds since the epoch. */
    @ScalarFunction(name = "unix_micros")
    public static long unixMicros(@As(SimpleType.TIMESTAMP) long ts) {
        return ts;
    }

    /** Seconds since the epoch of text of a pattern. */
    @ScalarFunction(name = {"unix_timestamp", "to_unix_timestamp"})
    public static long unixTimestamp(String text, String pattern, FunctionContext context) {
        return unixSeconds(toTimestamp(text, pattern, context));
    }

    /** Seconds since the epoch as text: {@code yyyy-MM-dd HH:mm:ss}. */
    @ScalarFunction(name = "from_unixtime")
    public static String fromUnixtime(long seconds, FunctionContext context) {
        return DateTimeText.formatTimestamp(timestampSeconds(seconds), context.zone());
    }

    /** Seconds since the epoch as text of a pattern. */
    @ScalarFunction(name = "from_unixtime")
    public static String fromUnixtime(long seconds, String pattern, FunctionContext context) {
        return dateFormat(timestampSeconds(seconds), pattern, context);
    }

    /** A timestamp as text of a pattern (Java's DateTimeFormatter). */
    @ScalarFunction(name = "date_format")
    public static String dateFormat(@As(SimpleType.TIMESTAMP) long ts, String pattern, FunctionContext context) {
        try {
            return formatter(pattern).format(instant(ts).atZone(context.zone()));
        } catch (DateTimeException e) {
            throw ErrorCode.BAD_ARGUMENT.error(
                    "the pattern '" + pattern + "' cannot show a timestamp: " + e.getMessage(), e);
        }
    }

    private static Instant instant(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, DateTimeText.SECOND), Math.floorMod(micros, DateTimeText.SECOND) * 1000);
    }

    /** To TIMESTAMP, as a cast does it. */
    @ScalarFunction(name = {"to_timestamp", "timestamp"})
    @As(SimpleType.TIMESTAMP)
    public static long toTimestamp(@As(SimpleType.TIMESTAMP) long ts) {
        return ts;
    }

    /** Text of the given pattern (Java's DateTimeFormatter) to TIMESTAMP. */
    @ScalarFunction(name = "to_timestamp")
    @As(SimpleType.TIMESTAMP)
    public static long toTimestamp(String text, String pattern, FunctionContext context) {
        return DateTimeText.toInstant(parse(text, pattern), context.zone());
    }

    /** The instant at which the wall clock in UTC shows what it shows in the zone at the given one. */
    @ScalarFunction(name = "from_utc_timestamp")
    @As(SimpleType.TIMESTAMP)
    public static long fromUtc(@As(SimpleType.TIMESTAMP) long ts, String zone) {
        return DateTimeText.toLocal(ts, zone(zone));
    }

    /** The reverse of {@link #fromUtc}. */
    @ScalarFunction(name = "to_utc_timestamp")
    @As(SimpleType.TIMESTAMP)
    public static long toUtc(@As(SimpleType.TIMESTAMP) long ts, String zone) {
        return DateTimeText.toInstant(ts, zone(zone));
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name).normalized();
        } catch (DateTimeException e) {
            throw ErrorCode.BAD_ARGUMENT.error("'" + name + "' is no time zone; write e.g. Europe/Berlin or +02:00", e);
        }
    }

    /** The start of the year, quarter, month, week, day, hour, minute, second … that a timestamp is in; null for another unit. */
    @ScalarFunction(name = "date_trunc", nulls = NullRule.NULL_RESULT)
    @As(SimpleType.TIMESTAMP)
    public static @Nullable Long dateTrunc(String unit, @As(SimpleType.TIMESTAMP) long ts, FunctionContext context) {
        String name = unit.toLowerCase(Locale.ROOT);
        long local = DateTimeText.toLocal(ts, context.zone());
        long step = switch (name) {
            case "microsecond" -> 1;
            case "millisecond" -> 1000;
            case "second" -> DateTimeText.SECOND;
            case "minute" -> 60 * DateTimeText.SECOND;
            case "hour" -> 3600 * DateTimeText.SECOND;
            case "day", "dd" -> DateTimeText.DAY;
            default -> 0;
        };
        if (step > 0) {
            // below a day the offset of the zone cannot change within the unit in a way that wall clocks would show
            return step < DateTimeText.DAY
                    ? ts - Math.floorMod(local, step)
                    : (Long) DateTimeText.toInstant(local - Math.floorMod(local, step), context.zone());
        }
        Integer day = DateFunctions.trunc((int) Math.floorDiv(local, DateTimeText.DAY), name);
        return day == null ? null : (Long) DateTimeText.toInstant(day * DateTimeText.DAY, context.zone());
    }

    /** A timestamp of its parts, in the session zone. */
    @ScalarFunction(name = "make_timestamp")
    @As(SimpleType.TIMESTAMP)
    public static long makeTimestamp(
            int year, int month, int day, int hour, int minute, double second, FunctionContext context) {
        try {
            LocalDateTime start = LocalDateTime.of(year, month, day, hour, minute);
            if (second < 0 || second >= 60) {
                throw new DateTimeException("a second of " + second);
            }
            long local = start.toEpochSecond(ZoneOffset.UTC) * DateTimeText.SECOND + Math.round(second * 1e6);
            return DateTimeText.toInstant(local, context.zone());
        } catch (DateTimeException e) {
            throw ErrorCode.BAD_ARGUMENT.error("make_timestamp: " + e.getMessage(), e);
        }
    }
}
