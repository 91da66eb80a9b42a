package io.rivulet.time;

import io.rivulet.error.ErrorCode;
import java.time.Duration;

/**
 * Windows of event time: {@code [start, start + size)} with {@code start = ts - floorMod(ts - offset, slide)} for the
 * last window that holds ts. All times are microseconds. Negative timestamps work.
 *
 * @param size length of a window
 * @param slide distance of two window starts; equal to the size for tumbling windows
 * @param offset where windows start relative to the epoch, less than the slide either way
 */
public record WindowSpec(long size, long slide, long offset) {
    public WindowSpec {
        if (slide <= 0 || size < slide || Math.abs(offset) >= slide) {
            throw ErrorCode.BAD_ARGUMENT.error("a window of " + micros(size) + " sliding by " + micros(slide)
                    + " with start " + micros(offset) + " cannot be: it takes 0 < slide <= size and |start| < slide");
        }
    }

    private static Duration micros(long micros) {
        return Duration.ofSeconds(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }

    /** Tumbling windows that start at the epoch. */
    public static WindowSpec tumbling(Duration size) {
        long micros = Math.addExact(Math.multiplyExact(size.getSeconds(), 1_000_000L), size.getNano() / 1000);
        return new WindowSpec(micros, micros, 0);
    }

    /** Whether windows do not overlap. */
    public boolean isTumbling() {
        return size == slide;
    }

    /** The start of the last window that holds the timestamp; for tumbling windows the only one. */
    public long lastStart(long ts) {
        return ts - Math.floorMod(ts - offset, slide);
    }

    /** The end of the window that starts there, which is the first instant after it. */
    public long end(long start) {
        return start + size;
    }
}
