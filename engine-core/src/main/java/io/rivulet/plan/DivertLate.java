package io.rivulet.plan;

import io.rivulet.expression.Expression;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes out the rows that the operator behind it would refuse as late, and gives them to a sink of the query. Stands
 * only in queries that name a late-row sink.
 *
 * @param operatorId the operator the rows were meant for; they count as its late rows
 * @param time the event time of a row
 * @param window a row is late once the last of its windows is closed; null: once its time is at or before the watermark
 * @param sinkName the sink
 * @param columns the columns of a late row behind the name of the operator and the watermark
 * @param lateSchema the columns of the sink
 */
public record DivertLate(
        PhysicalPlan input,
        String operatorId,
        Expression time,
        @Nullable WindowSpec window,
        String sinkName,
        List<Expression> columns,
        Schema lateSchema)
        implements PhysicalPlan {
    public DivertLate {
        columns = List.copyOf(columns);
    }

    @Override
    public List<PhysicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public <R> R accept(PhysicalPlanVisitor<R> visitor) {
        return visitor.visitDivertLate(this);
    }
}
