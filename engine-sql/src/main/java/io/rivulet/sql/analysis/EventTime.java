package io.rivulet.sql.analysis;

import io.rivulet.expression.Expression;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.Window;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LimitNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.LogicalPlanVisitor;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.RelationNode;
import io.rivulet.sql.logical.SortNode;
import io.rivulet.sql.logical.WatermarkNode;
import java.util.BitSet;
import java.util.List;

/** Which columns of a plan are event time under a watermark, or windows of it. */
public final class EventTime implements LogicalPlanVisitor<BitSet> {
    private static final EventTime INSTANCE = new EventTime();

    private EventTime() {}

    /** The columns of the plan's rows that carry watermarked event time. */
    public static BitSet columns(LogicalPlan plan) {
        return plan.accept(INSTANCE);
    }

    /** Whether an expression over columns of which some carry event time carries it too. */
    public static boolean carries(Expression expression, BitSet columns) {
        return expression instanceof InputRef ref
                ? columns.get(ref.index())
                : expression instanceof Window window && carries(window.time(), columns);
    }

    @Override
    public BitSet visitRelation(RelationNode plan) {
        return new BitSet();
    }

    @Override
    public BitSet visitProject(ProjectNode plan) {
        return carried(plan.expressions(), columns(plan.input()), 0);
    }

    private static BitSet carried(List<Expression> expressions, BitSet columns, int first) {
        BitSet carried = new BitSet();
        for (int i = 0; i < expressions.size(); i++) {
            carried.set(first + i, carries(expressions.get(i), columns));
        }
        return carried;
    }

    @Override
    public BitSet visitFilter(FilterNode plan) {
        return columns(plan.input());
    }

    @Override
    public BitSet visitWatermark(WatermarkNode plan) {
        BitSet columns = new BitSet();
        columns.set(plan.column());
        return columns;
    }

    @Override
    public BitSet visitAggregate(AggregateNode plan) {
        BitSet columns = columns(plan.input());
        BitSet carried = carried(plan.keys(), columns, plan.firstKey());
        Window window = plan.window();
        if (window != null) {
            carried.set(0, carries(window, columns));
        }
        return carried;
    }

    @Override
    public BitSet visitSort(SortNode plan) {
        return columns(plan.input());
    }

    @Override
    public BitSet visitLimit(LimitNode plan) {
        return columns(plan.input());
    }
}
