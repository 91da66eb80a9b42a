package io.rivulet.sql.optimizer;

import io.rivulet.expression.And;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LogicalPlan;

/** Two filters in a row are one. The lower one's condition comes first, so the upper one sees no more rows than before. */
final class MergeFilters implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node) {
        return node instanceof FilterNode upper
                        && upper.input() instanceof FilterNode lower
                        && upper.predicate().deterministic()
                        && lower.predicate().deterministic()
                ? new FilterNode(lower.input(), new And(lower.predicate(), upper.predicate()))
                : node;
    }
}
