package io.rivulet.sql.analysis;

import io.rivulet.error.ErrorCode;
import io.rivulet.expression.And;
import io.rivulet.expression.Expression;
import io.rivulet.expression.Expressions;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.IsNull;
import io.rivulet.expression.Not;
import io.rivulet.expression.Window;
import io.rivulet.sql.logical.ExpandWindowsNode;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.time.WindowSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A projection whose expressions may hold windows. Rows without the time of a window are in none, so they drop out; for a
 * sliding window rows are expanded first, one per window.
 */
final class WindowProjection {
    private WindowProjection() {}

    static LogicalPlan of(LogicalPlan given, List<Expression> expressions, List<String> names) {
        LogicalPlan input = withTimes(given, expressions);
        Set<Window> windows = new LinkedHashSet<>();
        expressions.forEach(expression -> collect(expression, false, windows));
        if (windows.isEmpty()) {
            return ProjectNode.of(input, expressions, names);
        }
        if (windows.size() > 1) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("there are " + windows.size()
                    + " sliding windows in one projection, which would give a row for each pair of them; use one, or a"
                    + " projection after the other");
        }
        Window window = windows.iterator().next();
        LogicalPlan timed = input;
        int time;
        if (window.time() instanceof InputRef ref) {
            time = ref.index();
        } else {
            time = input.schema().size();
            List<Expression> columns = new ArrayList<>();
            for (int i = 0; i < time; i++) {
                columns.add(Expressions.column(input.schema(), i));
            }
            columns.add(window.time());
            List<String> withTime = new ArrayList<>(input.schema().names());
            withTime.add("time of window"); // no name that anyone can write
            timed = ProjectNode.of(input, columns, withTime);
        }
        ExpandWindowsNode expanded =
                new ExpandWindowsNode(timed, time, new WindowSpec(window.size(), window.slide(), window.offset()));
        Expression column = Expressions.column(expanded.schema(), expanded.windowColumn());
        List<Expression> rewritten = expressions.stream()
                .map(expression -> expression.transformUp(e -> e.equals(window) ? column : e))
                .toList();
        return ProjectNode.of(expanded, rewritten, names);
    }

    /** Only the rows that have the times of all tumbling windows in some expressions. */
    static LogicalPlan withTimes(LogicalPlan input, List<Expression> expressions) {
        Expression condition = null;
        for (Expression present : timesPresent(expressions)) {
            condition = condition == null ? present : new And(condition, present);
        }
        return condition == null ? input : new FilterNode(input, condition);
    }

    /** For each time of a tumbling window in some expressions that may be null, that it is not. */
    static Set<Expression> timesPresent(List<Expression> expressions) {
        Set<Window> windows = new LinkedHashSet<>();
        expressions.forEach(expression -> collect(expression, true, windows));
        Set<Expression> present = new LinkedHashSet<>();
        for (Window window : windows) {
            if (window.time().nullable()) {
                present.add(new Not(new IsNull(window.time())));
            }
        }
        return present;
    }

    private static void collect(Expression expression, boolean tumbling, Set<Window> windows) {
        expression.children().forEach(child -> collect(child, tumbling, windows));
        if (expression instanceof Window window && window.tumbling() == tumbling) {
            windows.add(window);
        }
    }
}
