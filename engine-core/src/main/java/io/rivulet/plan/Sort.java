package io.rivulet.plan;

import io.rivulet.type.Schema;
import java.util.List;

/**
 * The rows of a batch, sorted, or the first {@code limit} of them; rows that compare equal keep their order. Stands in
 * a stage of one task.
 *
 * @param limit {@code Long.MAX_VALUE} for all rows
 */
public record Sort(PhysicalPlan input, List<SortKey> keys, long limit) implements PhysicalPlan {
    public Sort {
        keys = List.copyOf(keys);
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
        return visitor.visitSort(this);
    }
}
