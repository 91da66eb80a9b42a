package io.rivulet.time;

import java.time.Instant;

/**
 * The only place that reads the time. Tests use a clock they move by hand. Thread-safe.
 */
public interface Clock {
    /** The clock of the machine. */
    static Clock system() {
        return SystemClock.INSTANCE;
    }

    /** Microseconds since the epoch, by the wall clock. */
    long wallMicros();

    /** Nanoseconds for measuring durations; only differences mean something. */
    long nanos();

    /**
     * Waits on a monitor, which the caller holds, until it is notified or the wall clock reaches a time.
     *
     * @param untilMicros wall time; {@code Long.MAX_VALUE} for no limit
     */
    void await(Object monitor, long untilMicros) throws InterruptedException;

    /** The wall clock as an instant. */
    default Instant instant() {
        long micros = wallMicros();
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
