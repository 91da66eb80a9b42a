package io.rivulet.function;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesException;
import org.jspecify.annotations.Nullable;

/**
 * Dates and timestamps as text, the way CAST reads and writes them: {@code yyyy[-M[-d]]} and
 * {@code yyyy-M-d[ |T]H:m[:s[.f…]][zone]}, with up to 6 digits of a second counted; written without trailing zeros.
 */
public final class DateTimeText {
    /** Microseconds of a second. */
    public static final long SECOND = 1_000_000L;

    /** Microseconds of a day. */
    public static final long DAY = 86_400L * SECOND;

    /** What parsing gives for text of another form. */
    static final long MALFORMED = Long.MIN_VALUE;

    private final byte[] data;
    private final int end;
    private int at;

    private DateTimeText(Utf8 text) {
        data = text.data();
        int from = text.offset();
        int to = from + text.length();
        while (from < to && data[from] <= ' ' && data[from] >= 0) {
            from++;
        }
        while (to > from && data[to - 1] <= ' ' && data[to - 1] >= 0) {
            to--;
        }
        at = from;
        end = to;
    }

    /** Days since the epoch, or {@code Long.MIN_VALUE} when the text is no date. A time behind it is ignored. */
    public static long date(Utf8 text) {
        DateTimeText parser = new DateTimeText(text);
        long days = parser.date();
        boolean whole = parser.at == parser.end || parser.peek() == 'T' || parser.peek() == ' ';
        return whole ? days : MALFORMED;
    }

    /**
     * Microseconds since the epoch, or {@code Long.MIN_VALUE} when the text is no timestamp.
     *
     * @param zone for text without a zone; null refuses nothing and ignores a zone in the text (TIMESTAMP_NTZ)
     */
    public static long timestamp(Utf8 text, @Nullable ZoneId zone) {
        DateTimeText parser = new DateTimeText(text);
        long days = parser.date();
        if (days == MALFORMED) {
            return MALFORMED;
        }
        long micros = 0;
        if (parser.at < parser.end) {
            micros = parser.time();
            if (micros == MALFORMED) {
                return MALFORMED;
            }
        }
        ZoneId found = zone;
        if (parser.at < parser.end) {
            ZoneId named = parser.zone();
            if (named == null) {
                return MALFORMED;
            }
            found = zone == null ? null : named;
        }
        if (Math.abs(days) > Long.MAX_VALUE / DAY - 2) {
            return MALFORMED;
        }
        long local = days * DAY + micros;
        return found == null || found.equals(ZoneOffset.UTC) ? local : toInstant(local, found);
    }

    private int peek() {
        return at < end ? data[at] : -1;
    }

    private int digits(int least, int most) {
        int value = 0;
        int from = at;
        while (at < end && at - from < most && data[at] >= '0' && data[at] <= '9') {
            value = value * 10 + data[at++] - '0';
        }
        return at - from < least ? -1 : value;
    }

    private boolean skip(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private long date() {
        boolean negative = skip('-');
        int year = digits(4, 6);
        int month = 1;
        int day = 1;
        if (year < 0) {
            return MALFORMED;
        }
        if (skip('-')) {
            month = digits(1, 2);
            if (skip('-')) {
                day = digits(1, 2);
            }
        }
        if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
            return MALFORMED;
        }
        return epochDay(negative ? -year : year, month, day);
    }

    /** How many days a month of the proleptic Gregorian calendar has, 1 to 12. */
    public static int daysOf(int year, int month) {
        return switch (month) {
            case 2 -> (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /**
     * Days since the epoch of a day of the proleptic Gregorian calendar, counting years from March, so that a leap day is
     * the last of its year. No checks; years of up to six digits.
     */
    public static int epochDay(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return 365 * y + Math.floorDiv(y, 4) - Math.floorDiv(y, 100) + Math.floorDiv(y, 400) + dayOfYear - 719_468;
    }

    private long time() {
        if (!skip('T') && !skip(' ')) {
            return MALFORMED;
        }
        int hour = digits(1, 2);
        int minute = skip(':') ? digits(1, 2) : 0;
        int second = 0;
        long micros = 0;
        if (skip(':')) {
            second = digits(1, 2);
            if (skip('.')) {
                int from = at;
                micros = digits(1, 6);
                if (micros < 0) {
                    return MALFORMED;
                }
                for (int n = at - from; n < 6; n++) {
                    micros *= 10;
                }
                while (at < end && data[at] >= '0' && data[at] <= '9') {
                    at++;
                }
            }
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return MALFORMED;
        }
        return ((hour * 60L + minute) * 60 + second) * SECOND + micros;
    }

    private @Nullable ZoneId zone() {
        String name = new String(data, at, end - at, java.nio.charset.StandardCharsets.UTF_8).trim();
        at = end;
        if (name.equals("Z") || name.equals("UTC")) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(name).normalized();
        } catch (ZoneRulesException e) {
            return null;
        } catch (java.time.DateTimeException e) {
            return null;
        }
    }

    /** Local microseconds as an instant; in a gap of the zone's clock the time moves on by the gap. */
    public static long toInstant(long local, ZoneId zone) {
        if (zone instanceof ZoneOffset offset) {
            return local - offset.getTotalSeconds() * SECOND;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(Math.floorDiv(local, SECOND), 0, ZoneOffset.UTC);
        return time.atZone(zone).toEpochSecond() * SECOND + Math.floorMod(local, SECOND);
    }

    /** The local time of an instant, in microseconds. */
    static long toLocal(long instant, ZoneId zone) {
        if (zone instanceof ZoneOffset offset) {
            return instant + offset.getTotalSeconds() * SECOND;
        }
        Instant second = Instant.ofEpochSecond(Math.floorDiv(instant, SECOND));
        return instant + zone.getRules().getOffset(second).getTotalSeconds() * SECOND;
    }

    /** {@code yyyy-MM-dd}. */
    public static String formatDate(int days) {
        StringBuilder text = new StringBuilder(10);
        appendDate(text, days);
        return text.toString();
    }

    private static void appendDate(StringBuilder text, long days) {
        LocalDate date = LocalDate.ofEpochDay(days);
        int year = date.getYear();
        if (year < 0) {
            text.append('-');
        }
        padded(text, Math.abs(year), 4);
        text.append('-');
        padded(text, date.getMonthValue(), 2);
        text.append('-');
        padded(text, date.getDayOfMonth(), 2);
    }

    private static void padded(StringBuilder text, long value, int width) {
        String digits = Long.toString(value);
        for (int n = digits.length(); n < width; n++) {
            text.append('0');
        }
        text.append(digits);
    }

    /** {@code yyyy-MM-dd HH:mm:ss[.f…]} of local microseconds. */
    public static String formatLocal(long micros) {
        StringBuilder text = new StringBuilder(26);
        appendDate(text, Math.floorDiv(micros, DAY));
        long time = Math.floorMod(micros, DAY);
        text.append(' ');
        padded(text, time / (3600 * SECOND), 2);
        text.append(':');
        padded(text, time / (60 * SECOND) % 60, 2);
        text.append(':');
        padded(text, time / SECOND % 60, 2);
        fraction(text, time % SECOND);
        return text.toString();
    }

    static void fraction(StringBuilder text, long micros) {
        if (micros != 0) {
            text.append('.');
            int from = text.length();
            padded(text, micros, 6);
            int length = text.length();
            while (length > from && text.charAt(length - 1) == '0') {
                length--;
            }
            text.setLength(length);
        }
    }

    /** The local time of an instant in a zone, as {@link #formatLocal}. */
    public static String formatTimestamp(long micros, ZoneId zone) {
        return formatLocal(toLocal(micros, zone));
    }
}
