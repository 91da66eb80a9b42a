package io.rivulet.plan;

import io.rivulet.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a source.
 *
 * @param sourceId which source of the query
 * @param columns indices of the columns to read in the source's schema, ascending; may be none, when only rows count
 * @param schema those columns
 * @param badRowSink the sink of the query that takes rows which do not parse; null: the reader's mode decides
 */
public record Scan(
        String sourceId,
        List<Integer> columns,
        Schema schema,
        @Nullable String badRowSink) implements PhysicalPlan {
    public Scan {
        columns = List.copyOf(columns);
    }

    /** A scan without a bad-row sink. */
    public Scan(String sourceId, List<Integer> columns, Schema schema) {
        this(sourceId, columns, schema, null);
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
