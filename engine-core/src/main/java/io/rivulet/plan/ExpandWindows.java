package io.rivulet.plan;

import io.rivulet.time.WindowSpec;
import io.rivulet.type.Schema;
import java.util.List;

/**
 * Each row once for each window that its time falls in, oldest window first; rows without a time drop out.
 *
 * @param timeColumn TIMESTAMP or TIMESTAMP_NTZ
 * @param schema the columns of the input, then the window as STRUCT&lt;start, end&gt;
 */
public record ExpandWindows(PhysicalPlan input, int timeColumn, WindowSpec window, Schema schema)
        implements PhysicalPlan {
    @Override
    public List<PhysicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public <R> R accept(PhysicalPlanVisitor<R> visitor) {
        return visitor.visitExpandWindows(this);
    }
}
