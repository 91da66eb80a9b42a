package io.rivulet.bench.workload;

import org.jspecify.annotations.Nullable;

/**
 * The events of all workloads, made from the event's index {@code i}:
 *
 * <pre>
 * ts    = 1 700 000 000 000 ms + i / eventsPerMs   (whole milliseconds, as microseconds)
 * key   = (mix64(i) &gt;&gt;&gt; 1) % keys
 * value = (mix64(i + 1) &amp; 0xFFFF) / 16.0
 * kind  = i &amp; 3
 * </pre>
 *
 * <p>The engine's source and the loop both call {@link #fill} with arrays of {@link #ARRAY_ROWS} rows, so making the
 * events costs both the same. All sums of values are exact in a double: results compare bit by bit.
 *
 * <p>Immutable; any number of threads may fill their own arrays.
 *
 * @param keys how many different keys, at least 1; need not be a power of two
 * @param eventsPerMs event density in events per millisecond of event time, at least 1
 */
public record EventFill(long keys, long eventsPerMs) {
    /** Rows of the arrays that engine and loop fill. */
    public static final int ARRAY_ROWS = 4096;

    /** Event time of event 0, in milliseconds since the epoch. */
    public static final long FIRST_MILLIS = 1_700_000_000_000L;

    /** Refuses densities and key counts below 1. */
    public EventFill {
        if (keys < 1 || eventsPerMs < 1) {
            throw new IllegalArgumentException("keys and eventsPerMs must be at least 1: " + keys + ", " + eventsPerMs);
        }
    }

    /**
     * Writes the events {@code first … first + count - 1} into rows {@code 0 … count - 1} of the columns asked for; a
     * column that is null is not made.
     *
     * @param ts event time in microseconds since the epoch
     */
    public void fill(
            long first,
            int count,
            long @Nullable [] ts,
            long @Nullable [] key,
            double @Nullable [] value,
            int @Nullable [] kind) {
        if (ts != null) {
            fillTs(first, count, ts);
        }
        if (key != null) {
            fillKey(first, count, key, keys);
        }
        if (value != null) {
            fillValue(first, count, value);
        }
        if (kind != null) {
            fillKind(first, count, kind);
        }
    }

    /** The event time of an event, in microseconds since the epoch. */
    public long ts(long index) {
        return (FIRST_MILLIS + index / eventsPerMs) * 1000;
    }

    /** The finalizer of SplitMix64, after its increment: every bit of the result depends on every bit of {@code z}. */
    public static long mix64(long z) {
        z += 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private void fillTs(long first, int count, long[] ts) {
        // one division per millisecond, not per event
        long index = first;
        int row = 0;
        while (row < count) {
            long millisecond = index / eventsPerMs;
            int end = (int) Math.min(count, row + (millisecond + 1) * eventsPerMs - index);
            long micros = (FIRST_MILLIS + millisecond) * 1000;
            index += end - row;
            for (; row < end; row++) {
                ts[row] = micros;
            }
        }
    }

    private static void fillKey(long first, int count, long[] key, long keys) {
        for (int row = 0; row < count; row++) {
            key[row] = (mix64(first + row) >>> 1) % keys;
        }
    }

    private static void fillValue(long first, int count, double[] value) {
        for (int row = 0; row < count; row++) {
            value[row] = (mix64(first + row + 1) & 0xFFFF) / 16.0;
        }
    }

    private static void fillKind(long first, int count, int[] kind) {
        int start = (int) (first & 3);
        for (int row = 0; row < count; row++) {
            kind[row] = (start + row) & 3;
        }
    }
}
