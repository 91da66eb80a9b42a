package io.rivulet.streaming;

import io.rivulet.time.IdleTimeout;
import io.rivulet.time.Watermark;
import org.jspecify.annotations.Nullable;

/** What is known of the event time of one watermarked input. All times are microseconds. Used by the query's thread. */
final class WatermarkedInput {
    private final long delay;
    private final @Nullable IdleTimeout timeout;
    private long max = Long.MIN_VALUE;
    /** When, by the wall clock, it last had data, and its newest event time then. */
    private long activeAt = Long.MAX_VALUE;

    private long activeMax = Long.MIN_VALUE;
    private boolean idle;
    private boolean leftOut;

    /** @param timeout null when it is never idle */
    WatermarkedInput(long delay, @Nullable IdleTimeout timeout) {
        this.delay = delay;
        this.timeout = timeout;
    }

    long delay() {
        return delay;
    }

    @Nullable
    IdleTimeout timeout() {
        return timeout;
    }

    /** The newest event time, be it seen or moved to by the wall clock; {@link Long#MIN_VALUE} when there is none. */
    long max() {
        return max;
    }

    /** Whether it was idle, and does not count, in the last batch. */
    boolean leftOut() {
        return leftOut;
    }

    void restore(long restoredMax) {
        max = restoredMax;
        activeMax = restoredMax;
    }

    void startAt(long now) {
        activeAt = now;
    }

    /** A batch had data of it. */
    void saw(long newest, long now) {
        max = Math.max(max, newest);
        activeMax = max;
        activeAt = now;
        idle = false;
        leftOut = false;
    }

    /**
     * A batch had no data of it.
     *
     * @param movedTo null when it is not idle; otherwise where the wall clock has moved it, {@link Long#MIN_VALUE} for
     *     nowhere
     */
    void stood(@Nullable Long movedTo) {
        idle = movedTo != null;
        leftOut = movedTo != null && movedTo == Long.MIN_VALUE;
        max = movedTo == null ? max : Math.max(max, movedTo);
    }

    /** From when on it is idle if no data comes; {@link Long#MAX_VALUE} for never. */
    long idleFrom() {
        return timeout == null || activeAt == Long.MAX_VALUE ? Long.MAX_VALUE : activeAt + timeout.micros();
    }

    boolean idleAt(long now) {
        return timeout != null && now >= idleFrom();
    }

    private boolean moves() {
        return timeout != null && timeout.advances() && activeMax != Long.MIN_VALUE;
    }

    /** Where the wall clock moves it while it is idle; {@link Long#MIN_VALUE} for nowhere. */
    long movedTo(long now) {
        return moves() ? activeMax + (now - activeAt) : Long.MIN_VALUE;
    }

    /** Where it will be at a time if no data comes. */
    long maxAt(long now) {
        return idleAt(now) ? Math.max(max, movedTo(now)) : max;
    }

    /** Whether it will not count at a time if no data comes. */
    boolean leftOutAt(long now) {
        return idleAt(now) && !moves();
    }

    /** Whether it counts yet and will not when it becomes idle. */
    boolean willBeLeftOut() {
        return timeout != null && !idle && !moves() && activeAt != Long.MAX_VALUE;
    }

    /**
     * When it no longer keeps the watermark below a value, if no data comes: {@link Long#MIN_VALUE} when it does not
     * now, {@link Long#MAX_VALUE} for never.
     *
     * @param orLeftOut whether it is enough that it does not count
     */
    long reaches(long watermarkMicros, boolean orLeftOut) {
        long own = Watermark.of(max, delay);
        if (own != Watermark.NONE && Watermark.toMicros(own) >= watermarkMicros) {
            return Long.MIN_VALUE;
        }
        if (moves()) {
            return Math.max(idleFrom(), activeAt + (watermarkMicros + delay - activeMax));
        }
        return orLeftOut ? idleFrom() : Long.MAX_VALUE;
    }
}
