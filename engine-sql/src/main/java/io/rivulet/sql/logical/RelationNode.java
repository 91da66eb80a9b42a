package io.rivulet.sql.logical;

import io.rivulet.type.Schema;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a source: those of its columns, by index and in order, that the query needs. */
public record RelationNode(RelationSource source, List<Integer> columns) implements LogicalPlan {
    public RelationNode {
        columns = List.copyOf(columns);
    }

    /** All columns of a source. */
    public static RelationNode of(RelationSource source) {
        return new RelationNode(
                source, IntStream.range(0, source.schema().size()).boxed().toList());
    }

    @Override
    public Schema schema() {
        return source.schema()
                .select(columns.stream().mapToInt(Integer::intValue).toArray());
    }

    @Override
    public boolean streaming() {
        return source.streaming();
    }

    @Override
    public List<LogicalPlan> inputs() {
        return List.of();
    }

    @Override
    public RelationNode withInputs(List<LogicalPlan> inputs) {
        return this;
    }

    @Override
    public <R> R accept(LogicalPlanVisitor<R> visitor) {
        return visitor.visitRelation(this);
    }
}
