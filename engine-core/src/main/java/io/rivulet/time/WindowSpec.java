package io.rivulet.time;

import io.rivulet.error.ErrorCode;
import io.rivulet.option.Durations;
import java.time.Duration;

/**
 * Windows of event time: {@code [start, start + size)} with {@code start = ts - floorMod(ts - offset, slide)} for the
 * last window that holds ts. All times are microseconds. Negative timestamps work; what would pass the range of a long
 * is clamped to it.
 *
 * @param size length of a window
 * @param slide distance of two window starts; equal to the size for tumbling windows
 * @param offset where windows start relative to the epoch, less than the slide either way
 */
public record WindowSpec(long size, long slide, long offset) {
    public WindowSpec {
        if (slide <= 0 || size < slide || offset >= slide || offset <= -slide) {
            throw ErrorCode.BAD_ARGUMENT.error("a window of " + micros(size) + " sliding by " + micros(slide)
                    + " with start " + micros(offset) + " cannot be: it takes 0 < slide <= size and |start| < slide");
        }
    }

    private static Duration micros(long micros) {
        return Duration.ofSeconds(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }

    /** Tumbling windows that start at the epoch. */
    public static WindowSpec tumbling(Duration size) {
        long micros = Durations.micros("a window", size);
        return new WindowSpec(micros, micros, 0);
    }

    /** Whether windows do not overlap. */
    public boolean isTumbling() {
        return size == slide;
    }

    // ------------------------------------------------------------------ windows

    /**
     * The start of the last window that holds the timestamp; for tumbling windows the only one. Clamped to
     * {@link Long#MIN_VALUE}.
     */
    public long lastStart(long ts) {
        return minus(ts, beyond(ts, slide));
    }

    /**
     * The start of the first window that has not ended at a time, which for a timestamp is the first window that holds
     * it. {@link Long#MIN_VALUE} gives itself: nothing has ended then.
     */
    public long firstStart(long time) {
        long before = minus(time, size);
        return before == Long.MIN_VALUE ? before : nextStart(lastStart(before));
    }

    /** The start of the window behind the one that starts there; clamped to {@link Long#MAX_VALUE}, the end of time. */
    public long nextStart(long start) {
        return plus(start, slide);
    }

    /** The end of the window that starts there, which is the first instant after it; clamped. */
    public long end(long start) {
        return plus(start, size);
    }

    /**
     * The start of the last window that has ended at a time, or {@link Long#MIN_VALUE} when there is none. At the end of
     * time ({@link Long#MAX_VALUE}) all have.
     */
    public long lastClosedStart(long time) {
        if (time == Long.MAX_VALUE) {
            return time;
        }
        long before = minus(time, size);
        return before == Long.MIN_VALUE ? before : lastStart(before);
    }

    // ------------------------------------------------------------------ slices

    /**
     * The start of the slice that holds the timestamp. Event time is cut into slices at every start and every end of a
     * window, so a slice lies in a window as a whole or not at all: one slice per slide when the slide divides the size,
     * two otherwise. For tumbling windows the slice is the window.
     */
    public long sliceStart(long ts) {
        long within = beyond(ts, slide);
        long cut = size % slide;
        return minus(ts, within >= cut ? within - cut : within);
    }

    /** The end of the slice that starts there, which is the start of the next; clamped. */
    public long sliceEnd(long slice) {
        long within = beyond(slice, slide);
        long cut = size % slide;
        return plus(slice, (within < cut ? cut : slide) - within);
    }

    /**
     * The start of the last slice all of whose windows have ended at a time, or {@link Long#MIN_VALUE} when there is
     * none. At the end of time ({@link Long#MAX_VALUE}) all have.
     */
    public long lastClosedSlice(long time) {
        long window = lastClosedStart(time);
        return window == Long.MIN_VALUE || window == Long.MAX_VALUE ? window : plus(window, size % slide);
    }

    // ------------------------------------------------------------------ blocks

    /**
     * The start of the block that holds a time. Blocks are as many whole slides as it takes to hold a window, at fixed
     * places in event time; a window that does not start with a block lies in two, and covers the end of the one and the
     * beginning of the other.
     */
    public long blockStart(long time) {
        return minus(time, beyond(time, blockSize()));
    }

    /** The end of the block that starts there, which is the start of the next; clamped. */
    public long blockEnd(long block) {
        return plus(block, blockSize());
    }

    private long blockSize() {
        long slides = (size - 1) / slide + 1;
        return slides > Long.MAX_VALUE / slide ? Long.MAX_VALUE : slides * slide;
    }

    // ------------------------------------------------------------------ arithmetic

    /** How far a time is beyond the last multiple of a distance, counted from the offset. */
    private long beyond(long time, long distance) {
        long from = offset < 0 ? offset + distance : offset; // |offset| < slide <= distance
        long within = Math.floorMod(time, distance) - from;
        return within < 0 ? within + distance : within;
    }

    private static long plus(long time, long micros) {
        long sum = time + micros;
        return sum < time ? Long.MAX_VALUE : sum;
    }

    private static long minus(long time, long micros) {
        long difference = time - micros;
        return difference > time ? Long.MIN_VALUE : difference;
    }
}
