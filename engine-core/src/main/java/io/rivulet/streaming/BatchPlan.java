package io.rivulet.streaming;

import io.rivulet.connector.Offset;
import java.util.Map;

/**
 * What a batch is made of, fixed before it runs: a run after a crash reads the same.
 *
 * @param timestampMicros what {@code current_timestamp} gives in the batch
 * @param sources the range of each source, by the source's id; start and end may be equal
 * @param idle the watermarked inputs that are idle, each with the event time in microseconds that the wall clock has
 *     moved it to, or {@link Long#MIN_VALUE} when it stands
 */
public record BatchPlan(long batchId, long timestampMicros, Map<String, Range> sources, Map<String, Long> idle) {
    /** The rows behind {@code start} up to {@code end}. */
    public record Range(Offset start, Offset end) {}

    public BatchPlan {
        sources = Map.copyOf(sources);
        idle = Map.copyOf(idle);
    }

    /** A batch with no input idle. */
    public BatchPlan(long batchId, long timestampMicros, Map<String, Range> sources) {
        this(batchId, timestampMicros, sources, Map.of());
    }
}
