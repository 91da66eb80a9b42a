package io.rivulet.sql.logical;

import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a query gives, as a tree of immutable nodes whose expressions refer to the columns of the node's input by index.
 * Says nothing about partitions, stages or state. Questions about plans are {@link LogicalPlanVisitor}s.
 */
public sealed interface LogicalPlan
        permits RelationNode,
                ProjectNode,
                FilterNode,
                WatermarkNode,
                DivertLateNode,
                AggregateNode,
                SortNode,
                LimitNode,
                UnionNode,
                ExpandWindowsNode {
    /** The columns of its rows. */
    Schema schema();

    /** The plans whose rows it takes. */
    List<LogicalPlan> inputs();

    /** The same node over other inputs, as many as it has and with the same columns. */
    LogicalPlan withInputs(List<LogicalPlan> inputs);

    /** Calls the visitor's method for this kind. */
    <R> R accept(LogicalPlanVisitor<R> visitor);

    /** Whether any of its rows come from a stream. */
    default boolean streaming() {
        return inputs().stream().anyMatch(LogicalPlan::streaming);
    }

    /** This plan with each node, inputs first, replaced by what the function makes of it. */
    default LogicalPlan transformUp(UnaryOperator<LogicalPlan> rewrite) {
        List<LogicalPlan> rewritten = new ArrayList<>();
        boolean changed = false;
        for (LogicalPlan input : inputs()) {
            LogicalPlan replaced = input.transformUp(rewrite);
            changed |= replaced != input;
            rewritten.add(replaced);
        }
        return rewrite.apply(changed ? withInputs(rewritten) : this);
    }
}
