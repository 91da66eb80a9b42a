package io.rivulet.connector.builtin;

/**
 * How many rows there are after so many seconds, and when each comes. While the rate grows, second {@code s} (from 0)
 * has about {@code rowsPerSecond * (s + 1) / (rampUpSeconds + 1)} rows; from {@code rampUpSeconds} on it has
 * {@code rowsPerSecond}. Everything is computed in whole numbers from the start, so it is the same in every process.
 */
record RateSpeed(long rowsPerSecond, long rampUpSeconds) {
    private static final long SECOND = 1_000_000;

    /** Rows of the first seconds together; at most {@code Long.MAX_VALUE}. */
    long rowsAfter(long seconds) {
        long growing = Math.min(seconds, rampUpSeconds);
        // at most 10^9 * 86400 * 86401 / 2, which fits
        long rows = rowsPerSecond * (growing * (growing + 1) / 2) / (rampUpSeconds + 1);
        long full = seconds - growing;
        if (full > (Long.MAX_VALUE - rows) / rowsPerSecond) {
            return Long.MAX_VALUE;
        }
        return rows + full * rowsPerSecond;
    }

    /** The second, from 0, in which a row comes. */
    long secondOf(long row) {
        long low = 0;
        long high = rampUpSeconds + row / rowsPerSecond + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (rowsAfter(middle + 1) > row) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Sets when consecutive rows come, in microseconds from an origin. */
    void fill(long origin, long first, int count, long[] micros) {
        long second = secondOf(first);
        long begin = rowsAfter(second);
        long end = rowsAfter(second + 1);
        for (int i = 0; i < count; i++) {
            long row = first + i;
            while (row >= end) {
                second++;
                begin = end;
                end = rowsAfter(second + 1);
            }
            micros[i] = origin + second * SECOND + (row - begin) * SECOND / (end - begin);
        }
    }
}
