package io.rivulet.files;

import io.rivulet.function.DateTimeText;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * Dates and timestamps as text of files. Without a pattern: {@code yyyy-MM-dd}, then {@code T} or a blank and
 * {@code HH:mm[:ss[.f…]]}, then {@code Z}, an offset ({@code +01:00}) or a zone name; a timestamp that names no zone is
 * in the session's; digits behind the microsecond are cut off. Years before 0 and behind 9999 have a sign, as in
 * {@code +10000-01-01}. One thread.
 *
 * <p>It shares the calendar with {@link DateTimeText}, which reads what CAST takes, and not the form: what CAST forgives
 * (months of one digit, a date with a time behind it, a zone where none belongs) is a malformed row in a file, and a form
 * with every digit in its place is read without a loop per number.
 */
final class TimeText {
    private static final long SECOND = DateTimeText.SECOND;
    private static final int MOST_YEAR_DIGITS = 9;
    /** What microseconds can count, less a day for the time of day and one for the zone. */
    private static final long MOST_DAYS = Long.MAX_VALUE / DateTimeText.DAY - 2;

    private final @Nullable DateTimeFormatter timestampFormat;
    private final @Nullable DateTimeFormatter dateFormat;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final int fixedOffset;
    private final boolean fixed;

    private long micros;
    private int days;
    private int at;

    TimeText(ValueFormats formats, ZoneId zone) {
        timestampFormat = formats.timestamp();
        dateFormat = formats.date();
        this.zone = zone;
        rules = zone.getRules();
        fixed = rules.isFixedOffset();
        fixedOffset = fixed ? rules.getOffset(Instant.EPOCH).getTotalSeconds() : 0;
    }

    /** What {@link #parse} read: microseconds since the epoch. */
    long micros() {
        return micros;
    }

    /** What {@link #parseDate} read: days since the epoch. */
    int days() {
        return days;
    }

    boolean parseDate(byte[] data, int from, int to) {
        if (dateFormat == null) {
            return readDate(data, from, to) && at == to;
        }
        try {
            days = Math.toIntExact(
                    LocalDate.parse(text(data, from, to), dateFormat).toEpochDay());
            return true;
        } catch (DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    /** @param instant TIMESTAMP rather than TIMESTAMP_NTZ, which must not name a zone */
    boolean parse(byte[] data, int from, int to, boolean instant) {
        try {
            return timestampFormat == null
                    ? readTimestamp(data, from, to, instant)
                    : parseByPattern(text(data, from, to), timestampFormat, instant);
        } catch (DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private boolean parseByPattern(String text, DateTimeFormatter format, boolean instant) {
        TemporalAccessor parsed = format.parse(text);
        if (instant && parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
            micros = micros(parsed.getLong(ChronoField.INSTANT_SECONDS), parsed.get(ChronoField.NANO_OF_SECOND));
            return true;
        }
        LocalDate date = parsed.query(TemporalQueries.localDate());
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (date == null) {
            return false;
        }
        LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
        ZoneId named = parsed.query(TemporalQueries.zone());
        long second = instant
                ? local.atZone(named == null ? zone : named).toEpochSecond()
                : local.toEpochSecond(ZoneOffset.UTC);
        micros = micros(second, local.get(ChronoField.NANO_OF_SECOND));
        return true;
    }

    private static long micros(long second, int nano) {
        return Math.addExact(Math.multiplyExact(second, SECOND), nano / 1000);
    }

    private boolean readTimestamp(byte[] data, int from, int to, boolean instant) {
        if (!readDate(data, from, to)) {
            return false;
        }
        int i = at;
        long second = 0;
        long fraction = 0;
        if (i < to) {
            if ((data[i] != 'T' && data[i] != ' ')
                    || !isTwoDigits(data, i + 1, to)
                    || i + 3 >= to
                    || data[i + 3] != ':'
                    || !isTwoDigits(data, i + 4, to)) {
                return false;
            }
            int hour = two(data, i + 1);
            int minute = two(data, i + 4);
            int secs = 0;
            i += 6;
            if (i < to && data[i] == ':') {
                if (!isTwoDigits(data, i + 1, to)) {
                    return false;
                }
                secs = two(data, i + 1);
                i += 3;
                if (i < to && data[i] == '.') {
                    i++;
                    int digits = 0;
                    while (i < to && data[i] >= '0' && data[i] <= '9') {
                        if (digits < 6) {
                            fraction = fraction * 10 + data[i] - '0';
                        }
                        digits++;
                        i++;
                    }
                    if (digits == 0 || digits > 9) {
                        return false;
                    }
                    for (; digits < 6; digits++) {
                        fraction *= 10;
                    }
                }
            }
            if (hour > 23 || minute > 59 || secs > 59) {
                return false;
            }
            second = hour * 3600L + minute * 60L + secs;
        }
        if (Math.abs((long) days) > MOST_DAYS) {
            return false;
        }
        return finish(data, i, to, days * DateTimeText.DAY + second * SECOND + fraction, instant);
    }

    private boolean finish(byte[] data, int i, int to, long local, boolean instant) {
        if (!instant) {
            micros = local;
            return i == to;
        }
        if (i == to) {
            micros = fixed ? local - fixedOffset * SECOND : DateTimeText.toInstant(local, zone);
        } else if (data[i] == 'Z' && i + 1 == to) {
            micros = local;
        } else {
            micros = DateTimeText.toInstant(local, ZoneId.of(text(data, i, to).strip()));
        }
        return true;
    }

    /** Reads {@code yyyy-MM-dd} into {@code days} and goes behind it. */
    private boolean readDate(byte[] data, int from, int to) {
        if (from < to && (data[from] == '+' || data[from] == '-')) {
            return readFarDate(data, from, to);
        }
        if (to - from < 10
                || !isTwoDigits(data, from, to)
                || !isTwoDigits(data, from + 2, to)
                || !isMonthAndDay(data, from + 4, to)) {
            return false;
        }
        int year = two(data, from) * 100 + two(data, from + 2);
        int month = two(data, from + 5);
        int day = two(data, from + 8);
        if (month < 1 || month > 12 || day < 1 || day > DateTimeText.daysOf(year, month)) {
            return false;
        }
        days = DateTimeText.epochDay(year, month, day);
        at = from + 10;
        return true;
    }

    /** As {@link #readDate}, of a year with a sign and at least four digits. */
    private boolean readFarDate(byte[] data, int from, int to) {
        int i = from + 1;
        int year = 0;
        for (; i < to && i - from <= MOST_YEAR_DIGITS && data[i] >= '0' && data[i] <= '9'; i++) {
            year = year * 10 + data[i] - '0';
        }
        if (i - from <= 4 || !isMonthAndDay(data, i, to)) {
            return false;
        }
        int month = two(data, i + 1);
        int day = two(data, i + 4);
        if (month < 1 || month > 12 || day < 1 || day > DateTimeText.daysOf(year, month)) {
            return false;
        }
        long epochDay =
                LocalDate.of(data[from] == '-' ? -year : year, month, day).toEpochDay();
        days = (int) epochDay;
        at = i + 6;
        return days == epochDay;
    }

    private static boolean isMonthAndDay(byte[] data, int i, int to) {
        return i + 5 < to
                && data[i] == '-'
                && isTwoDigits(data, i + 1, to)
                && data[i + 3] == '-'
                && isTwoDigits(data, i + 4, to);
    }

    private static boolean isTwoDigits(byte[] data, int i, int to) {
        return i + 1 < to && data[i] >= '0' && data[i] <= '9' && data[i + 1] >= '0' && data[i + 1] <= '9';
    }

    private static int two(byte[] data, int i) {
        return (data[i] - '0') * 10 + data[i + 1] - '0';
    }

    private static String text(byte[] data, int from, int to) {
        return new String(data, from, to - from, StandardCharsets.UTF_8);
    }
}
