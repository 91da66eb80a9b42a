package io.rivulet.sql.optimizer;

import io.rivulet.expression.Expression;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.Window;
import io.rivulet.sql.logical.AggregateExpression;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.ExpressionText;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.ProjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a projection below an aggregation that computes exactly what it reads, in the order the physical plan wants: the
 * event time if there is a window, the keys, then arguments and filters, each once. The aggregation then reads columns only.
 */
final class AggregateInputs implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node) {
        return node instanceof AggregateNode aggregate ? new Columns(aggregate).lower() : node;
    }

    private static final class Columns {
        private final AggregateNode aggregate;
        private final ExpressionText text;
        private final List<Expression> expressions = new ArrayList<>();
        private final List<String> names = new ArrayList<>();

        Columns(AggregateNode aggregate) {
            this.aggregate = aggregate;
            this.text = new ExpressionText(aggregate.input().schema());
        }

        LogicalPlan lower() {
            Window window = aggregate.window();
            Window over = window == null ? null : window.withChildren(List.of(add(window.time(), "event time")));
            List<Expression> keys = new ArrayList<>();
            for (int i = 0; i < aggregate.keys().size(); i++) {
                String name = aggregate.schema().field(aggregate.firstKey() + i).name();
                keys.add(add(aggregate.keys().get(i), name));
            }
            List<AggregateExpression> calls =
                    aggregate.calls().stream().map(this::call).toList();
            return new AggregateNode(
                    ProjectNode.of(aggregate.input(), expressions, names), over, keys, calls, aggregate.schema());
        }

        private AggregateExpression call(AggregateExpression call) {
            List<Expression> arguments =
                    call.arguments().stream().map(this::reuse).toList();
            Expression filter = call.filter();
            return call.over(arguments, filter == null ? null : reuse(filter));
        }

        private Expression reuse(Expression expression) {
            int index = expressions.indexOf(expression);
            return index < 0 ? add(expression, unused(text.of(expression))) : ref(index);
        }

        /** State columns are found again by these names after a restart, so they say what is computed. */
        private String unused(String name) {
            String free = name;
            for (int i = 2; names.stream().anyMatch(free::equalsIgnoreCase); i++) {
                free = name + " " + i;
            }
            return free;
        }

        private Expression add(Expression expression, String name) {
            expressions.add(expression);
            names.add(expression instanceof InputRef ? unused(text.of(expression)) : name);
            return ref(expressions.size() - 1);
        }

        private InputRef ref(int index) {
            Expression expression = expressions.get(index);
            return new InputRef(index, expression.type(), expression.nullable());
        }
    }
}
