package io.rivulet.streaming;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How many rows the next batch may have, so that batches take about as long as wanted. It follows the rate at which rows
 * were processed, smoothed; a step at most doubles or halves the limit, so that one odd measurement does little. A batch
 * that was short because there was little to read says nothing about the rate and changes nothing. What does not fit into
 * a batch stays in the source. Used by the query's thread.
 */
final class BatchSize {
    private static final long FIRST_LIMIT = 10_000;
    private static final long LEAST_LIMIT = 1;
    private static final double STEP = 2;
    private static final double WEIGHT_OF_NEWEST = 0.5;
    private static final double FULL = 0.5;

    private final long most;
    private final long targetNanos;
    private long limit;
    private double rowsPerNano;

    /**
     * @param most the limit that is never exceeded, and the limit when there is no target
     * @param target how long a batch should take, or null
     */
    BatchSize(long most, @Nullable Duration target) {
        this.most = most;
        this.targetNanos = target == null ? 0 : TimeUnit.NANOSECONDS.convert(target);
        this.limit = target == null ? most : Math.min(most, FIRST_LIMIT);
    }

    /** The most rows of the next batch. */
    long limit() {
        return limit;
    }

    /** Takes up how long a batch of so many rows took. */
    void took(long rows, long nanos) {
        boolean slow = nanos > targetNanos;
        boolean full = rows >= limit * FULL;
        if (targetNanos == 0 || rows <= 0 || nanos <= 0 || (!full && !slow)) {
            return;
        }
        double rate = (double) rows / nanos;
        rowsPerNano = rowsPerNano == 0 ? rate : WEIGHT_OF_NEWEST * rate + (1 - WEIGHT_OF_NEWEST) * rowsPerNano;
        double wanted = rowsPerNano * targetNanos;
        double bounded = Math.max(limit / STEP, Math.min(limit * STEP, wanted));
        limit = Math.max(LEAST_LIMIT, Math.min(most, Math.round(bounded)));
    }
}
