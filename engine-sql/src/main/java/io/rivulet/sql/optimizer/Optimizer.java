package io.rivulet.sql.optimizer;

import io.rivulet.expression.EvaluationContext;
import io.rivulet.sql.logical.LogicalPlan;
import java.util.List;

/** Applies the rules until nothing changes, then lays out the inputs of aggregations and drops the columns nobody reads. Immutable. */
public final class Optimizer {
    /** Rules shrink or settle plans; more rounds than this would be a rule that undoes another. */
    private static final int MAX_ROUNDS = 16;

    private final List<Rule> rules;

    /** @param context for constants that are computed while planning: the session's zone */
    public Optimizer(EvaluationContext context) {
        rules = List.of(
                new FoldConstants(context),
                new SimplifyBooleans(),
                new MergeFilters(),
                new MergeProjections(),
                new PushFilterBelowProjection(),
                new PushFilterBelowUnion());
    }

    /** The plan to run: same rows, same columns. */
    public LogicalPlan optimize(LogicalPlan plan) {
        LogicalPlan current = plan;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            LogicalPlan next = current;
            for (Rule rule : rules) {
                next = next.transformUp(rule::apply);
            }
            if (next.equals(current)) {
                break;
            }
            current = next;
        }
        LogicalPlan lowered = current.transformUp(new AggregateInputs()::apply);
        return new PruneColumns().prune(lowered).transformUp(new MergeProjections()::apply);
    }
}
