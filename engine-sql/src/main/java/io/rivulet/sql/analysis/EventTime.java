package io.rivulet.sql.analysis;

import io.rivulet.expression.Call;
import io.rivulet.expression.Expression;
import io.rivulet.expression.FieldAccess;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.MakeStruct;
import io.rivulet.expression.Window;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.DivertLateNode;
import io.rivulet.sql.logical.ExpandWindowsNode;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LimitNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.LogicalPlanVisitor;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.RelationNode;
import io.rivulet.sql.logical.SortNode;
import io.rivulet.sql.logical.UnionNode;
import io.rivulet.sql.logical.WatermarkNode;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which columns of a plan are event time under a watermark, windows of it, or the times of such windows. */
public final class EventTime implements LogicalPlanVisitor<BitSet> {
    private static final EventTime INSTANCE = new EventTime();

    private EventTime() {}

    /** The columns of the plan's rows that carry watermarked event time. */
    public static BitSet columns(LogicalPlan plan) {
        return plan.accept(INSTANCE);
    }

    /** The first watermark node in a plan, or null. */
    public static @Nullable WatermarkNode watermark(LogicalPlan plan) {
        if (plan instanceof WatermarkNode node) {
            return node;
        }
        for (LogicalPlan input : plan.inputs()) {
            WatermarkNode found = watermark(input);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * The nearest union that gives out no event time although an input of it carries some, looked for below nodes that
     * keep no state; null when there is none.
     */
    public static @Nullable UnionNode losingUnion(LogicalPlan plan) {
        if (plan instanceof UnionNode union) {
            boolean some =
                    union.inputs().stream().anyMatch(input -> !columns(input).isEmpty());
            return some && columns(union).isEmpty() ? union : null;
        }
        List<LogicalPlan> inputs = plan.inputs();
        return plan instanceof AggregateNode || inputs.isEmpty() ? null : losingUnion(inputs.get(0));
    }

    /**
     * Whether an expression over columns of which some carry event time carries it too: such a column, a window of it,
     * and the {@code window_time} of such a window.
     */
    public static boolean carries(Expression expression, BitSet columns) {
        if (expression instanceof InputRef ref) {
            return columns.get(ref.index());
        }
        if (expression instanceof Window window) {
            return carries(window.time(), columns);
        }
        if (expression instanceof MakeStruct struct
                && struct.type().schema().names().equals(List.of("start", "end"))) {
            return isEnd(struct.values().get(1), columns); // a window put together again
        }
        return isCall(expression, "window_time")
                && isEnd(((Call) expression).arguments().get(0), columns);
    }

    /** Whether it is the end of a window of event time: its field or, after simplification, the sum that gives it. */
    private static boolean isEnd(Expression end, BitSet columns) {
        if (end instanceof FieldAccess access) {
            return access.field() == 1 && carries(access.struct(), columns);
        }
        if (!isCall(end, "+")) {
            return false;
        }
        Expression start = ((Call) end).arguments().get(0);
        return isCall(start, "window_start")
                && carries(((Call) start).arguments().get(0), columns);
    }

    private static boolean isCall(Expression expression, String name) {
        return expression instanceof Call call && call.function().name().equals(name);
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
    public BitSet visitDivertLate(DivertLateNode plan) {
        return columns(plan.input());
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

    /** A column whose rows are event time in every input. */
    @Override
    public BitSet visitUnion(UnionNode plan) {
        BitSet columns = new BitSet();
        columns.set(0, plan.schema().size());
        plan.inputs().forEach(input -> columns.and(columns(input)));
        return columns;
    }

    @Override
    public BitSet visitExpandWindows(ExpandWindowsNode plan) {
        BitSet columns = (BitSet) columns(plan.input()).clone();
        columns.set(plan.windowColumn(), columns.get(plan.timeColumn()));
        return columns;
    }
}
