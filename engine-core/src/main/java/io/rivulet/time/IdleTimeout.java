package io.rivulet.time;

import io.rivulet.error.ErrorCode;
import io.rivulet.option.Durations;
import java.time.Duration;

/**
 * When a watermarked input that gets no data counts as idle: it then no longer holds the query's watermark back. Time is
 * that of the wall clock, from the last batch with data of the input, or from the start of the query, on.
 *
 * <pre>{@code
 * readings.withWatermark("t", "10 seconds", IdleTimeout.of("1 minute").advanceOnIdle())
 * }</pre>
 *
 * @param micros how long an input may be without data; positive
 * @param advances whether the event time of an idle input goes on with the wall clock, so that its last windows close
 *     without a new event; otherwise it stands
 */
public record IdleTimeout(long micros, boolean advances) {
    public IdleTimeout {
        if (micros <= 0) {
            throw ErrorCode.BAD_ARGUMENT.error("an idle timeout of " + micros + " µs is not positive; give a time after"
                    + " which an input without data counts as idle, e.g. 1 minute");
        }
    }

    /** Idle after a time such as {@code "30 seconds"}; {@code SYNTAX_ERROR} when the text is no duration. */
    public static IdleTimeout of(String timeout) {
        try {
            return of(Durations.parse(timeout));
        } catch (IllegalArgumentException e) {
            throw ErrorCode.SYNTAX_ERROR.error("the idle timeout '" + timeout + "': " + e.getMessage(), e);
        }
    }

    /** Idle after a time; {@code BAD_ARGUMENT} when it is not positive or longer than a million days. */
    public static IdleTimeout of(Duration timeout) {
        return new IdleTimeout(Durations.micros("an idle timeout", timeout), false);
    }

    /** The same, and the event time of the idle input goes on with the wall clock. */
    public IdleTimeout advanceOnIdle() {
        return new IdleTimeout(micros, true);
    }
}
