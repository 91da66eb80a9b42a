package io.rivulet.plan;

import io.rivulet.type.Schema;
import java.util.List;

/**
 * The rows of a source.
 *
 * @param sourceId which source of the query
 * @param columns indices of the columns to read in the source's schema, ascending; may be none, when only rows count
 * @param schema those columns
 */
public record Scan(String sourceId, List<Integer> columns, Schema schema) implements PhysicalPlan {
    public Scan {
        columns = List.copyOf(columns);
    }

    @Override
    public List<PhysicalPlan> inputs() {
        return List.of();
    }

    @Override
    public <R> R accept(PhysicalPlanVisitor<R> visitor) {
        return visitor.visitScan(this);
    }
}
