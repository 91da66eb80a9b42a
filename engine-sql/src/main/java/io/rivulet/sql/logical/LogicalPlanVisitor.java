package io.rivulet.sql.logical;

/** A question about logical plans: one answer per kind of node, none left out. */
public interface LogicalPlanVisitor<R> {
    R visitRelation(RelationNode plan);

    R visitProject(ProjectNode plan);

    R visitFilter(FilterNode plan);

    R visitWatermark(WatermarkNode plan);

    R visitDivertLate(DivertLateNode plan);

    R visitAggregate(AggregateNode plan);

    R visitSort(SortNode plan);

    R visitLimit(LimitNode plan);

    R visitUnion(UnionNode plan);

    R visitExpandWindows(ExpandWindowsNode plan);
}
