package io.rivulet.bench.connector;

/** Counts durations in classes that are less than 1 % wide. Not thread-safe. */
public final class LatencyHistogram {
    private static final int MANTISSA_BITS = 7;
    private static final int CLASSES = 1 << MANTISSA_BITS;

    private final long[] counts = new long[(Long.SIZE - MANTISSA_BITS) * CLASSES];
    private long count;
    private long max;

    /** Adds a duration in nanoseconds; negative ones count as 0. */
    public void add(long nanos) {
        long duration = Math.max(0, nanos);
        counts[classOf(duration)]++;
        count++;
        max = Math.max(max, duration);
    }

    private static int classOf(long nanos) {
        // values of the same leading bits share a class; those below 2^7 have one each
        int exponent = Math.max(0, Long.SIZE - 1 - MANTISSA_BITS - Long.numberOfLeadingZeros(nanos | 1));
        return exponent == 0 ? (int) nanos : exponent * CLASSES + (int) (nanos >>> exponent);
    }

    private static long upperBound(int index) {
        if (index < 2 * CLASSES) {
            return index;
        }
        int exponent = index / CLASSES - 1;
        return (((long) index - (long) exponent * CLASSES + 1) << exponent) - 1;
    }

    /** How many durations were added. */
    public long count() {
        return count;
    }

    /** The largest, in milliseconds. */
    public double maxMillis() {
        return max / 1e6;
    }

    /**
     * The least duration that a share of all do not exceed, rounded up to its class, in milliseconds; 0 when there are
     * none.
     *
     * @param share such as 0.99
     */
    public double percentileMillis(double share) {
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank && seen > 0) {
                return Math.min(upperBound(i), max) / 1e6;
            }
        }
        return maxMillis();
    }
}
