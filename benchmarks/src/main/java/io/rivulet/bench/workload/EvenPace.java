package io.rivulet.bench.workload;

/**
 * Events offered at an even pace: event {@code i} is due {@code i / rate} seconds after event 0, and its event time is
 * the time it is due. Immutable.
 *
 * @param events keys, values and kinds of the events; their own times do not count
 * @param rate events per second, at least 1
 * @param count the events are {@code 0 … count - 1}
 * @param firstMicros when event 0 is due, in microseconds since the epoch
 * @param firstNanos the same instant on the clock of {@link System#nanoTime}
 */
public record EvenPace(EventFill events, long rate, long count, long firstMicros, long firstNanos) {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** Refuses rates below 1. */
    public EvenPace {
        if (rate < 1 || count < 0) {
            throw new IllegalArgumentException("rate must be at least 1, count not negative: " + rate + ", " + count);
        }
    }

    /** When an event is due, on the clock of {@link System#nanoTime}. */
    public long dueNanos(long index) {
        return firstNanos + index / rate * NANOS_PER_SECOND + index % rate * NANOS_PER_SECOND / rate;
    }

    /** The event time of an event: when it is due, in microseconds since the epoch. */
    public long ts(long index) {
        return firstMicros + index / rate * MICROS_PER_SECOND + index % rate * MICROS_PER_SECOND / rate;
    }

    /** How many events are due by a time on the clock of {@link System#nanoTime}. */
    public long dueBy(long nanos) {
        long since = nanos - firstNanos;
        if (since < 0) {
            return 0;
        }
        long due = since / NANOS_PER_SECOND * rate + since % NANOS_PER_SECOND * rate / NANOS_PER_SECOND;
        // event `due` may be due at this very instant, for its due time is rounded down
        while (due < count && dueNanos(due) - nanos <= 0) {
            due++;
        }
        return Math.min(count, due);
    }
}
