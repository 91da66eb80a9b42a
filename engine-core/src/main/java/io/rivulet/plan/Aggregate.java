package io.rivulet.plan;

import io.rivulet.type.Schema;
import java.util.List;

/**
 * Groups rows and aggregates them.
 *
 * <p>The columns of the input are, in this order: the event time, if {@link AggregateSpec#windowed}; the key columns;
 * then whatever the calls refer to. With {@link Phase#FINAL} the input reads an exchange that a plan of the same spec
 * with {@link Phase#PARTIAL} writes, and both kinds of its batches (groups, and rows as they came) arrive.
 */
public record Aggregate(PhysicalPlan input, AggregateSpec spec, Phase phase) implements PhysicalPlan {
    /** Which part of the work is done. */
    public enum Phase {
        /** Everything in one stage: the query has one partition, or the input is distributed by the keys already. */
        SINGLE,
        /** Groups the rows of one task of one batch, or passes them on when grouping does not reduce them. */
        PARTIAL,
        /** Keeps the state and gives out results. */
        FINAL
    }

    @Override
    public Schema schema() {
        return phase == Phase.PARTIAL ? spec.inputSchema() : spec.outputSchema();
    }

    @Override
    public List<PhysicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PhysicalPlanVisitor<R> visitor) {
        return visitor.visitAggregate(this);
    }
}
