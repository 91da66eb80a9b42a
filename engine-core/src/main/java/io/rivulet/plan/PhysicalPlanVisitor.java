package io.rivulet.plan;

/** A question about plans: one answer per kind of node, none left out. */
public interface PhysicalPlanVisitor<R> {
    R visitScan(Scan plan);

    R visitReadExchange(ReadExchange plan);

    R visitFilter(Filter plan);

    R visitProject(Project plan);

    R visitObserveEventTime(ObserveEventTime plan);

    R visitDivertLate(DivertLate plan);

    R visitAggregate(Aggregate plan);

    R visitSort(Sort plan);

    R visitLimit(Limit plan);

    R visitUnion(Union plan);

    R visitExpandWindows(ExpandWindows plan);
}
