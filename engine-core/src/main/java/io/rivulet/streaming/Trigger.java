package io.rivulet.streaming;

import io.rivulet.error.ErrorCode;
import io.rivulet.option.Durations;
import java.time.Duration;

/**
 * When batches run.
 *
 * @param interval of processing time; zero for the other kinds
 */
public record Trigger(Kind kind, Duration interval) {
    public Trigger {
        if (kind == Kind.PROCESSING_TIME && Durations.micros("a trigger interval", interval) <= 0) {
            throw ErrorCode.BAD_OPTION.error("a processing-time trigger needs a positive interval, not " + interval
                    + "; the least is a microsecond");
        }
    }

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

    /** At multiples of an interval since the epoch; {@code BAD_OPTION} when it is less than a microsecond. */
    public static Trigger processingTime(Duration interval) {
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

    /** The interval in microseconds. */
    long intervalMicros() {
        return Durations.micros("a trigger interval", interval);
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
