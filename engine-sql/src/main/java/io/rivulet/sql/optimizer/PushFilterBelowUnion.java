package io.rivulet.sql.optimizer;

import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.UnionNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A filter over a union filters each input, where it may sink further: but not below a watermark node, whose rows move
 * time also when a filter drops them.
 */
final class PushFilterBelowUnion implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node) {
        if (!(node instanceof FilterNode filter)
                || !(filter.input() instanceof UnionNode union)
                || !filter.predicate().deterministic()) {
            return node;
        }
        List<LogicalPlan> filtered = new ArrayList<>();
        for (LogicalPlan input : union.inputs()) {
            filtered.add(new FilterNode(input, filter.predicate()));
        }
        return union.withInputs(filtered);
    }
}
