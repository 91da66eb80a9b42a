package io.rivulet.sql.optimizer;

import io.rivulet.expression.Expression;
import io.rivulet.expression.InputRef;
import io.rivulet.sql.logical.ColumnReferences;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.ProjectNode;
import java.util.BitSet;
import java.util.List;

/**
 * A filter over columns that a projection only passes on works below it, so that nothing is computed for rows that go.
 * A watermark node stops it by not being a projection: rows that a filter drops still move time.
 */
final class PushFilterBelowProjection implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node) {
        if (!(node instanceof FilterNode filter)
                || !(filter.input() instanceof ProjectNode project)
                || !filter.predicate().deterministic()) {
            return node;
        }
        BitSet read = ColumnReferences.of(filter.predicate());
        boolean passedOn = read.stream().allMatch(i -> project.expressions().get(i) instanceof InputRef);
        boolean repeatable = project.expressions().stream().allMatch(Expression::deterministic);
        if (!passedOn || !repeatable) {
            return node;
        }
        Expression below = ColumnReferences.substitute(filter.predicate(), project.expressions());
        return project.withInputs(List.of(new FilterNode(project.input(), below)));
    }
}
