package io.rivulet.sql.logical;

import io.rivulet.expression.Expression;
import io.rivulet.expression.Window;
import io.rivulet.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Groups rows and aggregates them. The columns of its rows are the window, if there is one, the keys, the results.
 *
 * @param window the windows of event time to group by, over the input's columns, or null
 * @param keys what else to group by
 * @param calls what to compute
 */
public record AggregateNode(
        LogicalPlan input,
        @Nullable Window window,
        List<Expression> keys,
        List<AggregateExpression> calls,
        Schema schema)
        implements LogicalPlan {
    public AggregateNode {
        keys = List.copyOf(keys);
        calls = List.copyOf(calls);
    }

    /** The output column of the first key. */
    public int firstKey() {
        return window == null ? 0 : 1;
    }

    /** The output column of the first result. */
    public int firstResult() {
        return firstKey() + keys.size();
    }

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public AggregateNode withInputs(List<LogicalPlan> inputs) {
        return new AggregateNode(inputs.get(0), window, keys, calls, schema);
    }

    @Override
    public <R> R accept(LogicalPlanVisitor<R> visitor) {
        return visitor.visitAggregate(this);
    }
}
