package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Intervals as text: {@code 10 minutes}, {@code 1 hour 30 seconds}, {@code -2 days}, {@code 1-2} (years-months), {@code 1 02:03:04.5}. */
public final class Intervals {
    private static final Pattern PART = Pattern.compile("\\s*([+-]?\\d+)(?:\\.(\\d{1,9}))?\\s*([a-zA-Zµ]+)");
    private static final Pattern DAY_TIME =
            Pattern.compile("([+-])?(?:(\\d+)\\s+)?(\\d+):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1,9}))?)?");
    private static final Pattern YEAR_MONTH = Pattern.compile("([+-])?(\\d+)-(\\d{1,2})");

    private Intervals() {}

    private static RivuletException bad(String text, String type) {
        return ErrorCode.BAD_CAST.error("the text '" + text + "' is no " + type
                + "; write e.g. '10 minutes', '1 day 2 hours' or, of months, '1 year 2 months'");
    }

    private static String body(String text) {
        String trimmed = text.trim();
        if (trimmed.toLowerCase(Locale.ROOT).startsWith("interval ")) {
            trimmed = trimmed.substring(9).trim();
        }
        return trimmed;
    }

    /** Microseconds of a text of weeks to microseconds; {@code BAD_CAST} when it is none, or names months or years. */
    public static long micros(String text) {
        String body = body(text);
        Matcher clock = DAY_TIME.matcher(body);
        try {
            if (clock.matches()) {
                long seconds = number(clock.group(2)) * 86_400
                        + number(clock.group(3)) * 3600
                        + number(clock.group(4)) * 60
                        + number(clock.group(5));
                long micros =
                        Math.addExact(Math.multiplyExact(seconds, 1_000_000L), fraction(clock.group(6), 1_000_000L));
                return "-".equals(clock.group(1)) ? -micros : micros;
            }
            long sum = 0;
            int at = 0;
            Matcher part = PART.matcher(body);
            while (at < body.length()) {
                if (!part.find(at) || part.start() != at) {
                    throw bad(text, "INTERVAL DAY TO SECOND");
                }
                long unit = unit(part.group(3));
                if (unit == 0) {
                    throw bad(text, "INTERVAL DAY TO SECOND");
                }
                long whole = Math.multiplyExact(Long.parseLong(part.group(1)), unit);
                long rest = fraction(part.group(2), unit);
                sum = Math.addExact(sum, part.group(1).startsWith("-") ? whole - rest : whole + rest);
                at = part.end();
            }
            if (at == 0) {
                throw bad(text, "INTERVAL DAY TO SECOND");
            }
            return sum;
        } catch (ArithmeticException | NumberFormatException e) {
            throw bad(text, "INTERVAL DAY TO SECOND");
        }
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static long fraction(@org.jspecify.annotations.Nullable String digits, long unit) {
        if (digits == null) {
            return 0;
        }
        return new java.math.BigDecimal("0." + digits)
                .multiply(java.math.BigDecimal.valueOf(unit))
                .longValue();
    }

    private static long unit(String name) {
        String singular = name.toLowerCase(Locale.ROOT);
        if (singular.length() > 2 && singular.endsWith("s") && !singular.equals("ms")) {
            singular = singular.substring(0, singular.length() - 1);
        }
        return switch (singular) {
            case "week", "w" -> 7 * DateTimeText.DAY;
            case "day", "d" -> DateTimeText.DAY;
            case "hour", "h", "hr" -> 3600 * DateTimeText.SECOND;
            case "minute", "min", "m" -> 60 * DateTimeText.SECOND;
            case "second", "sec", "s" -> DateTimeText.SECOND;
            case "millisecond", "ms", "milli" -> 1000;
            case "microsecond", "us", "µs", "micro" -> 1;
            default -> 0;
        };
    }

    /** Months of a text of years and months; {@code BAD_CAST} when it is none. */
    public static int months(String text) {
        String body = body(text);
        try {
            Matcher pair = YEAR_MONTH.matcher(body);
            if (pair.matches()) {
                int months = Math.toIntExact(number(pair.group(2)) * 12 + number(pair.group(3)));
                return "-".equals(pair.group(1)) ? -months : months;
            }
            long sum = 0;
            int at = 0;
            Matcher part = PART.matcher(body);
            while (at < body.length()) {
                if (!part.find(at) || part.start() != at || part.group(2) != null) {
                    throw bad(text, "INTERVAL YEAR TO MONTH");
                }
                int unit = switch (part.group(3).toLowerCase(Locale.ROOT)) {
                    case "year", "years" -> 12;
                    case "month", "months" -> 1;
                    default -> throw bad(text, "INTERVAL YEAR TO MONTH");
                };
                sum = Math.addExact(sum, Math.multiplyExact(Long.parseLong(part.group(1)), (long) unit));
                at = part.end();
            }
            if (at == 0) {
                throw bad(text, "INTERVAL YEAR TO MONTH");
            }
            return Math.toIntExact(sum);
        } catch (ArithmeticException | NumberFormatException e) {
            throw bad(text, "INTERVAL YEAR TO MONTH");
        }
    }

    /** {@code [-]d hh:mm:ss[.f…]}. */
    public static String format(long micros) {
        StringBuilder text = new StringBuilder();
        if (micros < 0) {
            text.append('-');
        }
        // the least long has no positive twin; as an unsigned number it is right
        long left = Math.abs(micros);
        long seconds = Long.divideUnsigned(left, DateTimeText.SECOND);
        text.append(seconds / 86_400).append(' ');
        text.append(String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60));
        DateTimeText.fraction(text, Long.remainderUnsigned(left, DateTimeText.SECOND));
        return text.toString();
    }

    /** {@code [-]y-m}. */
    public static String formatMonths(int months) {
        long left = Math.abs((long) months);
        return (months < 0 ? "-" : "") + left / 12 + "-" + left % 12;
    }
}
