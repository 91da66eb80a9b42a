package io.rivulet.sql.analysis;

import io.rivulet.expression.Expression;
import io.rivulet.expression.Expressions;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.Window;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.ExpandWindowsNode;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.UnionNode;
import io.rivulet.sql.logical.WatermarkNode;
import io.rivulet.time.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column that holds windows, so that grouping by the column groups by the window: made by {@code window(…)} further
 * down, or the window of an aggregation.
 *
 * @param plan the plan, maybe with the window's time as one more column, at the end
 * @param window a tumbling window over the plan's columns that ends where the column's windows end, one for each of them
 * @param span how long the column's windows are: longer than {@code window} if they slide
 */
record WindowColumn(LogicalPlan plan, Window window, long span) {

    /** The window behind a column of a plan, or null when there is none. */
    static @Nullable WindowColumn find(LogicalPlan plan, int column) {
        if (plan instanceof ProjectNode project) {
            return inProjection(project, column);
        }
        if (plan instanceof FilterNode || plan instanceof WatermarkNode) {
            WindowColumn below = find(plan.inputs().get(0), column);
            return below == null
                    ? null
                    : new WindowColumn(plan.withInputs(List.of(below.plan)), below.window, below.span);
        }
        if (plan instanceof AggregateNode aggregate) {
            Window window = aggregate.window();
            return window == null || column != 0
                    ? null
                    : closed(plan, 0, window.size(), window.slide(), window.offset());
        }
        if (plan instanceof ExpandWindowsNode expand) {
            WindowSpec window = expand.window();
            return column == expand.windowColumn()
                    ? closed(plan, column, window.size(), window.slide(), window.offset())
                    : null;
        }
        if (plan instanceof UnionNode union) {
            return ofUnion(union, column);
        }
        return null;
    }

    /**
     * Windows that are values already: each is known by its last instant, and of those there is one in every slide. A
     * window as long as the slide around that instant stands for the one that ends there.
     */
    private static WindowColumn closed(LogicalPlan plan, int column, long size, long slide, long offset) {
        long shifted = Math.floorMod(offset + size, slide);
        return new WindowColumn(plan, new Window(windowTime(plan, column), slide, slide, shifted), size);
    }

    private static Expression windowTime(LogicalPlan plan, int column) {
        return Expressions.call("window_time", Expressions.column(plan.schema(), column));
    }

    /** All inputs must have the same windows there. */
    private static @Nullable WindowColumn ofUnion(UnionNode union, int column) {
        WindowColumn first = null;
        for (LogicalPlan input : union.inputs()) {
            WindowColumn found = find(input, column);
            if (found == null) {
                return null;
            }
            Window window = found.window.withChildren(List.of(windowTime(union, column)));
            WindowColumn here = new WindowColumn(union, window, found.span);
            if (first != null && !first.equals(here)) {
                return null;
            }
            first = here;
        }
        return first;
    }

    private static @Nullable WindowColumn inProjection(ProjectNode project, int column) {
        Expression expression = project.expressions().get(column);
        LogicalPlan input = project.input();
        Window window;
        long span;
        if (expression instanceof Window direct) {
            window = direct;
            span = direct.size();
            input = withoutTimeFilter(input, project);
        } else if (expression instanceof InputRef ref) {
            WindowColumn below = find(input, ref.index());
            if (below == null) {
                return null;
            }
            input = below.plan;
            window = below.window;
            span = below.span;
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
        return new WindowColumn(ProjectNode.of(input, expressions, names), window.withChildren(List.of(moved)), span);
    }

    /** The aggregation drops rows without a time itself, and counts them, which the filter below a projection does not. */
    private static LogicalPlan withoutTimeFilter(LogicalPlan input, ProjectNode project) {
        Set<Expression> present = WindowProjection.timesPresent(project.expressions());
        return input instanceof FilterNode filter && present.size() == 1 && present.contains(filter.predicate())
                ? filter.input()
                : input;
    }
}
