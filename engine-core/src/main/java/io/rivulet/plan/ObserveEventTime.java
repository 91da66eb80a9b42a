package io.rivulet.plan;

import io.rivulet.time.IdleTimeout;
import io.rivulet.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes rows on and notes the event times it sees: the place of {@code withWatermark}.
 *
 * @param inputId the id by which the watermark of this input is kept in the checkpoint
 * @param column the event-time column, TIMESTAMP or TIMESTAMP_NTZ
 * @param delayMicros how much later than the newest event one may come
 * @param idle when it counts as idle; null for never
 */
public record ObserveEventTime(
        PhysicalPlan input,
        String inputId,
        int column,
        long delayMicros,
        @Nullable IdleTimeout idle) implements PhysicalPlan {
    /** An input that is never idle. */
    public ObserveEventTime(PhysicalPlan input, String inputId, int column, long delayMicros) {
        this(input, inputId, column, delayMicros, null);
    }

    @Override
    public List<PhysicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public <R> R accept(PhysicalPlanVisitor<R> visitor) {
        return visitor.visitObserveEventTime(this);
    }
}
