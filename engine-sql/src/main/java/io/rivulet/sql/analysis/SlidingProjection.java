package io.rivulet.sql.analysis;

import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Expression;
import io.rivulet.expression.Expressions;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.Window;
import io.rivulet.sql.logical.ExpandWindowsNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.time.WindowSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A projection whose expressions may hold a sliding window: rows are expanded first, one per window. */
final class SlidingProjection {
    private SlidingProjection() {}

    static LogicalPlan of(LogicalPlan input, List<Expression> expressions, List<String> names) {
        Set<Window> windows = new LinkedHashSet<>();
        expressions.forEach(expression -> collect(expression, windows));
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

    private static void collect(Expression expression, Set<Window> windows) {
        expression.children().forEach(child -> collect(child, windows));
        if (expression instanceof Window window && !window.tumbling()) {
            windows.add(window);
        }
    }
}
