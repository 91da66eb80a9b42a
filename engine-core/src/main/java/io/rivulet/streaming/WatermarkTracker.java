package io.rivulet.streaming;

import io.rivulet.operator.project.EventTimes;
import io.rivulet.plan.ObserveEventTime;
import io.rivulet.streaming.QueryOptions.WatermarkPolicy;
import io.rivulet.time.Watermark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The watermark of a query: per watermarked input the newest event time seen less its delay, over all inputs the least
 * (or, by policy, the greatest) of these. Neither ever falls. There is none before every input (by policy: any) has one.
 * Used by the query's thread.
 *
 * <p>Inputs that are idle do not hold the least back. Which inputs are idle in a batch, and how far the wall clock has
 * moved their event time, is decided when the batch is planned ({@link #idle}), so that a batch that runs again comes to
 * the same; what came of it is part of the maxima.
 */
final class WatermarkTracker {
    private static final long MICROS_PER_MILLI = 1000;

    private final Map<String, WatermarkedInput> inputs = new LinkedHashMap<>();
    private final WatermarkPolicy policy;
    private long watermark = Watermark.NONE;

    WatermarkTracker(List<ObserveEventTime> observed, WatermarkPolicy policy) {
        this.policy = policy;
        for (ObserveEventTime input : observed) {
            inputs.put(input.inputId(), new WatermarkedInput(input.delayMicros(), input.idle()));
        }
    }

    /** Whether the query has watermarks at all. */
    boolean active() {
        return !inputs.isEmpty();
    }

    /** Whether any of its inputs may become idle. */
    boolean mayIdle() {
        for (WatermarkedInput input : inputs.values()) {
            if (input.timeout() != null) {
                return true;
            }
        }
        return false;
    }

    /** The watermark after the last committed batch. */
    long watermark() {
        return watermark;
    }

    /** The newest event time by input, for inputs that have seen any. */
    Map<String, Long> maxima() {
        Map<String, Long> seen = new LinkedHashMap<>();
        inputs.forEach((id, input) -> {
            if (input.max() != Long.MIN_VALUE) {
                seen.put(id, input.max());
            }
        });
        return seen;
    }

    /** Takes over what a checkpoint holds. */
    void restore(long restoredWatermark, Map<String, Long> restoredMaxima) {
        watermark = restoredWatermark;
        restoredMaxima.forEach((id, max) -> {
            WatermarkedInput input = inputs.get(id);
            if (input != null) {
                input.restore(max);
            }
        });
    }

    /** The query starts: no input has been idle for any time yet. */
    void started(long nowMicros) {
        inputs.values().forEach(input -> input.startAt(nowMicros));
    }

    /**
     * The inputs that are idle at a time by the wall clock, with the event time that it has moved each to, or {@link
     * Long#MIN_VALUE} for those it does not move.
     */
    Map<String, Long> idle(long nowMicros) {
        Map<String, Long> idle = new LinkedHashMap<>();
        inputs.forEach((id, input) -> {
            if (input.idleAt(nowMicros)) {
                idle.put(id, input.movedTo(nowMicros));
            }
        });
        return idle;
    }

    /** Takes up what a batch has seen, none of its inputs being idle; gives the new watermark. */
    long advance(Map<String, EventTimes> seen) {
        return advance(seen, Map.of(), Long.MIN_VALUE);
    }

    /**
     * Takes up what a batch has seen; gives the new watermark.
     *
     * @param idle of {@link #idle} when the batch was planned; an input that got data all the same is not idle
     * @param nowMicros when the batch was planned
     */
    long advance(Map<String, EventTimes> seen, Map<String, Long> idle, long nowMicros) {
        inputs.forEach((id, input) -> {
            EventTimes times = seen.get(id);
            if (times != null && times.count() > 0) {
                input.saw(times.max(), nowMicros);
            } else {
                input.stood(idle.get(id));
            }
        });
        watermark = Math.max(watermark, combined(null));
        return watermark;
    }

    /** What the inputs make together, as they are, or, with a time, as they will be then if no data comes. */
    private long combined(@Nullable Long atMicros) {
        boolean least = policy == WatermarkPolicy.MIN;
        long combined = least ? Long.MAX_VALUE : Watermark.NONE;
        boolean any = false;
        for (WatermarkedInput input : inputs.values()) {
            long max = atMicros == null ? input.max() : Math.max(input.max(), input.maxAt(atMicros));
            boolean left = least && (atMicros == null ? input.leftOut() : input.leftOutAt(atMicros));
            if (!left) {
                any = true;
                long own = Watermark.of(max, input.delay());
                combined = least ? Math.min(combined, own) : Math.max(combined, own);
            }
        }
        return any ? combined : Watermark.NONE;
    }

    /**
     * When, by the wall clock, there is something to do although no data comes.
     *
     * @param nextCloseMicros the watermark at which an operator has something to give out, or {@link Long#MAX_VALUE}
     * @return {@link Long#MAX_VALUE} for never
     */
    long due(long nextCloseMicros) {
        long due = Long.MAX_VALUE;
        for (WatermarkedInput input : inputs.values()) {
            if (input.willBeLeftOut() && combined(input.idleFrom()) > watermark) {
                due = Math.min(due, input.idleFrom());
            }
        }
        long wanted =
                Math.floorDiv(nextCloseMicros, MICROS_PER_MILLI) + (nextCloseMicros % MICROS_PER_MILLI == 0 ? 0 : 1);
        return nextCloseMicros == Long.MAX_VALUE || wanted <= watermark ? due : Math.min(due, reached(wanted));
    }

    /** When the watermark reaches a value if no data comes. */
    private long reached(long wanted) {
        boolean least = policy == WatermarkPolicy.MIN;
        long at = least ? Long.MIN_VALUE : Long.MAX_VALUE;
        for (WatermarkedInput input : inputs.values()) {
            long own = input.reaches(wanted * MICROS_PER_MILLI, least);
            at = least ? Math.max(at, own) : Math.min(at, own);
        }
        boolean known = at != Long.MIN_VALUE && at != Long.MAX_VALUE;
        return known && combined(at) >= wanted ? at : Long.MAX_VALUE;
    }
}
