package io.rivulet.time;

/**
 * Arithmetic of watermarks. A watermark is milliseconds since the epoch, rounded down, and says that no event at or
 * before it is expected any more; timestamps are microseconds. {@link #NONE} stands for "there is none yet": nothing is
 * late and nothing closes before it.
 */
public final class Watermark {
    /** No watermark yet; shown to people as 0. */
    public static final long NONE = Long.MIN_VALUE;

    /** The end of input: everything closes. */
    public static final long INFINITE = Long.MAX_VALUE;

    private Watermark() {}

    /**
     * The watermark of an input.
     *
     * @param maxMicros the largest event time seen, or {@link Long#MIN_VALUE} when none was
     * @param delayMicros how much later than the newest event one may come; not negative
     */
    public static long of(long maxMicros, long delayMicros) {
        if (maxMicros == Long.MIN_VALUE) {
            return NONE;
        }
        long micros = maxMicros - delayMicros;
        return Math.floorDiv(micros > maxMicros ? Long.MIN_VALUE + 1 : micros, 1000L);
    }

    /**
     * The watermark as a bound on timestamps in microseconds: an event or a window end {@code <=} it is closed. Clamped,
     * so {@link #NONE} closes nothing and {@link #INFINITE} everything.
     */
    public static long toMicros(long watermark) {
        if (watermark > Long.MAX_VALUE / 1000) {
            return Long.MAX_VALUE;
        }
        return watermark < Long.MIN_VALUE / 1000 ? Long.MIN_VALUE : watermark * 1000;
    }

    /** The watermark as people see it: 0 when there is none. */
    public static long shown(long watermark) {
        return watermark == NONE ? 0 : watermark;
    }
}
