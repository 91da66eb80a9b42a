package io.rivulet.option;

import io.rivulet.error.ErrorCode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 10 seconds}, {@code 1 hour 30 minutes}, {@code 500ms}, {@code PT10S}. */
public final class Durations {
    private static final Pattern PART = Pattern.compile("\\s*(-?\\d+)\\s*([a-zµ]+)\\s*");

    private static final Duration LONGEST = Duration.ofDays(1_000_000);

    private Durations() {}

    /**
     * A duration in whole microseconds, short enough to be added to any time there is; {@code BAD_ARGUMENT} for one of
     * more than a million days.
     *
     * @param what whose duration it is, for the message
     */
    public static long micros(String what, Duration duration) {
        if (duration.compareTo(LONGEST) > 0 || duration.compareTo(LONGEST.negated()) < 0) {
            throw ErrorCode.BAD_ARGUMENT.error(
                    what + " of " + duration + " is too long; the most are " + LONGEST.toDays() + " days");
        }
        return TimeUnit.MICROSECONDS.convert(duration);
    }

    /**
     * The duration a text stands for. Units are microseconds to weeks; months and years are refused because they have
     * no fixed length. A leading word {@code interval} is allowed, as Spark allows it, and numbers
     * behind it may be in quotes.
     *
     * @throws IllegalArgumentException when the text is no duration
     */
    public static Duration parse(String text) {
        try {
            return read(text, text.strip().toLowerCase(Locale.ROOT));
        } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
            throw none(text);
        }
    }

    private static IllegalArgumentException none(String text) {
        return new IllegalArgumentException("'" + text + "' is no duration; write e.g. 10 seconds, 500 ms or 1 hour");
    }

    private static Duration read(String text, String stripped) {
        String s = stripped;
        if (s.startsWith("pt") || (s.startsWith("p") && s.length() > 1 && Character.isDigit(s.charAt(1)))) {
            return Duration.parse(s);
        }
        if (s.startsWith("interval ")) {
            s = s.substring("interval ".length()).replace("'", "");
        }
        Matcher matcher = PART.matcher(s);
        Duration total = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            end = matcher.end();
            total = total.plus(unit(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))));
        }
        if (end == 0 || end != s.length()) {
            throw none(text);
        }
        return total;
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "us", "µs", "microsecond", "microseconds" -> Duration.ofNanos(1000);
            case "ms", "millisecond", "milliseconds" -> Duration.ofMillis(1);
            case "s", "sec", "secs", "second", "seconds" -> Duration.ofSeconds(1);
            case "m", "min", "mins", "minute", "minutes" -> Duration.ofMinutes(1);
            case "h", "hour", "hours" -> Duration.ofHours(1);
            case "d", "day", "days" -> Duration.ofDays(1);
            case "w", "week", "weeks" -> Duration.ofDays(7);
            case "month", "months", "year", "years" ->
                throw new IllegalArgumentException("months and years have no fixed length; use days or weeks");
            default -> throw new IllegalArgumentException("'" + name + "' is no unit of time");
        };
    }
}
