package io.rivulet.operator.project;

/** Event times seen by one or more tasks in one batch, in microseconds. */
public final class EventTimes {
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private double sum;
    private long count;

    /** Takes up a number of times with their least, greatest and sum. */
    public void add(long least, long greatest, double total, long times) {
        min = Math.min(min, least);
        max = Math.max(max, greatest);
        sum += total;
        count += times;
    }

    /** Takes up what another has seen. */
    public void add(EventTimes other) {
        if (other.count > 0) {
            add(other.min, other.max, other.sum, other.count);
        }
    }

    /** Forgets everything. */
    public void clear() {
        min = Long.MAX_VALUE;
        max = Long.MIN_VALUE;
        sum = 0;
        count = 0;
    }

    /** The least time; only when {@link #count} is positive. */
    public long min() {
        return min;
    }

    /** The greatest time, or {@link Long#MIN_VALUE} when there was none. */
    public long max() {
        return max;
    }

    /** The average; only when {@link #count} is positive. */
    public long average() {
        return (long) (sum / count);
    }

    /** How many rows had a time. */
    public long count() {
        return count;
    }
}
