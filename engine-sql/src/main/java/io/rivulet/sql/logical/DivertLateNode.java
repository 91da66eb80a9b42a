package io.rivulet.sql.logical;

import io.rivulet.expression.Expression;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are not late for the operator above; the late ones go to the query's late-row sink with all their
 * columns.
 *
 * @param time the event time of a row
 * @param window a row is late once the last of its windows is closed; null: once its time is at or before the watermark
 */
public record DivertLateNode(
        LogicalPlan input, Expression time, @Nullable WindowSpec window) implements LogicalPlan {
    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public DivertLateNode withInputs(List<LogicalPlan> inputs) {
        return new DivertLateNode(inputs.get(0), time, window);
    }

    @Override
    public <R> R accept(LogicalPlanVisitor<R> visitor) {
        return visitor.visitDivertLate(this);
    }
}
