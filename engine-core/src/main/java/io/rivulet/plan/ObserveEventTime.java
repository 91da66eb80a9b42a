package io.rivulet.plan;

import io.rivulet.type.Schema;
import java.util.List;

/**
 * Passes rows on and notes the event times it sees: the place of {@code withWatermark}.
 *
 * @param inputId the id by which the watermark of this input is kept in the checkpoint
 * @param column the event-time column, TIMESTAMP or TIMESTAMP_NTZ
 * @param delayMicros how much later than the newest event one may come
 */
public record ObserveEventTime(PhysicalPlan input, String inputId, int column, long delayMicros)
        implements PhysicalPlan {
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
