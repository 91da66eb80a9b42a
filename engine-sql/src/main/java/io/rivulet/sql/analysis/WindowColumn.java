package io.rivulet.sql.analysis;

import io.rivulet.expression.Expression;
import io.rivulet.expression.Expressions;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.Window;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.UnionNode;
import io.rivulet.sql.logical.WatermarkNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column that holds windows, so that grouping by the column groups by the window: made by {@code window(…)} further
 * down, or the window of an aggregation, which its window time falls into.
 *
 * @param plan the plan, maybe with the window's time as one more column, at the end
 * @param window the window over the plan's columns
 */
record WindowColumn(LogicalPlan plan, Window window) {

    /** The window behind a column of a plan, or null when there is none. */
    static @Nullable WindowColumn find(LogicalPlan plan, int column) {
        if (plan instanceof ProjectNode project) {
            return inProjection(project, column);
        }
        if (plan instanceof FilterNode || plan instanceof WatermarkNode) {
            WindowColumn below = find(plan.inputs().get(0), column);
            return below == null ? null : new WindowColumn(plan.withInputs(List.of(below.plan)), below.window);
        }
        if (plan instanceof AggregateNode aggregate) {
            return ofAggregation(aggregate, column);
        }
        if (plan instanceof UnionNode union) {
            return ofUnion(union, column);
        }
        return null;
    }

    private static @Nullable WindowColumn ofAggregation(AggregateNode aggregate, int column) {
        Window window = aggregate.window();
        if (window == null || column != 0 || !window.tumbling()) {
            return null;
        }
        return new WindowColumn(aggregate, window.withChildren(List.of(windowTime(aggregate, 0))));
    }

    private static Expression windowTime(LogicalPlan plan, int column) {
        return Expressions.call("window_time", Expressions.column(plan.schema(), column));
    }

    /** All inputs must have the same windows there. */
    private static @Nullable WindowColumn ofUnion(UnionNode union, int column) {
        Window first = null;
        for (LogicalPlan input : union.inputs()) {
            WindowColumn found = find(input, column);
            if (found == null || !found.window.tumbling()) {
                return null;
            }
            Window here = found.window.withChildren(List.of(windowTime(union, column)));
            if (first != null && !first.equals(here)) {
                return null;
            }
            first = here;
        }
        return first == null ? null : new WindowColumn(union, first);
    }

    private static @Nullable WindowColumn inProjection(ProjectNode project, int column) {
        Expression expression = project.expressions().get(column);
        LogicalPlan input = project.input();
        Window window;
        if (expression instanceof Window direct) {
            window = direct;
        } else if (expression instanceof InputRef ref) {
            WindowColumn below = find(input, ref.index());
            if (below == null) {
                return null;
            }
            input = below.plan;
            window = below.window;
        } else {
            return null;
        }
        Expression time = window.time();
        List<Expression> expressions = new ArrayList<>(project.expressions());
        List<String> names = new ArrayList<>(project.schema().names());
        int at = expressions.size();
        expressions.add(time);
        // no name that anyone can write
        names.add("time of " + names.get(column));
        InputRef moved = new InputRef(at, time.type(), time.nullable());
        return new WindowColumn(ProjectNode.of(input, expressions, names), window.withChildren(List.of(moved)));
    }
}
