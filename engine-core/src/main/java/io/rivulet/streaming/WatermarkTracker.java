package io.rivulet.streaming;

import io.rivulet.operator.project.EventTimes;
import io.rivulet.plan.ObserveEventTime;
import io.rivulet.streaming.QueryOptions.WatermarkPolicy;
import io.rivulet.time.Watermark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The watermark of a query: per watermarked input the newest event time seen less its delay, over all inputs the least
 * (or, by policy, the greatest) of these. Neither ever falls. There is none before every input (by policy: any) has one.
 * Used by the query's thread.
 */
final class WatermarkTracker {
    private final Map<String, Long> delays = new LinkedHashMap<>();
    private final Map<String, Long> maxima = new LinkedHashMap<>();
    private final WatermarkPolicy policy;
    private long watermark = Watermark.NONE;

    WatermarkTracker(List<ObserveEventTime> inputs, WatermarkPolicy policy) {
        this.policy = policy;
        for (ObserveEventTime input : inputs) {
            delays.put(input.inputId(), input.delayMicros());
            maxima.put(input.inputId(), Long.MIN_VALUE);
        }
    }

    /** Whether the query has watermarks at all. */
    boolean active() {
        return !delays.isEmpty();
    }

    /** The watermark after the last committed batch. */
    long watermark() {
        return watermark;
    }

    /** The newest event time seen by input, for inputs that have seen any. */
    Map<String, Long> maxima() {
        Map<String, Long> seen = new LinkedHashMap<>(maxima);
        seen.values().removeIf(max -> max == Long.MIN_VALUE);
        return seen;
    }

    /** Takes over what a checkpoint holds. */
    void restore(long restoredWatermark, Map<String, Long> restoredMaxima) {
        watermark = restoredWatermark;
        restoredMaxima.forEach((id, max) -> maxima.replace(id, max));
    }

    /** Takes up what a batch has seen; gives the new watermark. */
    long advance(Map<String, EventTimes> seen) {
        seen.forEach((id, times) -> maxima.merge(id, times.max(), Math::max));
        if (!active()) {
            return watermark;
        }
        long combined = policy == WatermarkPolicy.MIN ? Long.MAX_VALUE : Watermark.NONE;
        for (Map.Entry<String, Long> input : delays.entrySet()) {
            long own = Watermark.of(maxima.getOrDefault(input.getKey(), Long.MIN_VALUE), input.getValue());
            combined = policy == WatermarkPolicy.MIN ? Math.min(combined, own) : Math.max(combined, own);
        }
        watermark = Math.max(watermark, combined);
        return watermark;
    }
}
