package io.rivulet.plan;

import io.rivulet.type.Schema;
import java.util.List;

/**
 * What a stage does, as a tree of records: pure data that can be written down and sent elsewhere. A leaf is a
 * {@link Scan} or a {@link ReadExchange}; every other node takes the rows of its input. Who asks a question about plans
 * is a {@link PhysicalPlanVisitor}.
 */
public sealed interface PhysicalPlan
        permits Scan,
                ReadExchange,
                Filter,
                Project,
                ObserveEventTime,
                DivertLate,
                Aggregate,
                Sort,
                Limit,
                Union,
                ExpandWindows {
    /** The columns of its rows. */
    Schema schema();

    /** The plans whose rows it takes. */
    List<PhysicalPlan> inputs();

    /** Calls the visitor's method for this kind. */
    <R> R accept(PhysicalPlanVisitor<R> visitor);
}
