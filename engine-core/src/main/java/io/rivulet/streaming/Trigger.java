package io.rivulet.streaming;

import io.rivulet.error.ErrorCode;
import java.time.Duration;

/** When batches run. */
public record Trigger(Kind kind, Duration interval) {
    /** The kinds of trigger. */
    public enum Kind {
        /** Again as soon as there is new data. */
        DEFAULT,
        /** At multiples of an interval, if there is something to do. */
        PROCESSING_TIME,
        /** What is available at the start, in as many batches as the read limits ask for; then the query ends. */
        AVAILABLE_NOW,
        /** What is available at the start, in one batch whatever the limits; then the query ends. */
        ONCE
    }

    /** Again as soon as there is new data. */
    public static Trigger asap() {
        return new Trigger(Kind.DEFAULT, Duration.ZERO);
    }

    /** At multiples of an interval since the epoch; {@code BAD_OPTION} when it is not positive. */
    public static Trigger processingTime(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw ErrorCode.BAD_OPTION.error("a processing-time trigger needs a positive interval, not " + interval);
        }
        return new Trigger(Kind.PROCESSING_TIME, interval);
    }

    /** What is available at the start, in as many batches as the read limits ask for; then the query ends. */
    public static Trigger availableNow() {
        return new Trigger(Kind.AVAILABLE_NOW, Duration.ZERO);
    }

    /** What is available at the start, in one batch, ignoring read limits; then the query ends. */
    public static Trigger once() {
        return new Trigger(Kind.ONCE, Duration.ZERO);
    }

    /** Whether a query with it ends by itself. */
    public boolean ends() {
        return kind == Kind.AVAILABLE_NOW || kind == Kind.ONCE;
    }

    @Override
    public String toString() {
        return kind == Kind.PROCESSING_TIME
                ? "processingTime(" + interval + ")"
                : kind.name().toLowerCase(java.util.Locale.ROOT);
    }
}
