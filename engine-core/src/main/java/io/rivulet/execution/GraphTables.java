package io.rivulet.execution;

import io.rivulet.plan.Aggregate;
import io.rivulet.plan.PhysicalPlan;
import io.rivulet.plan.StageGraph;
import io.rivulet.state.TableSpec;
import java.util.ArrayList;
import java.util.List;

/** The state tables a graph will have, before it runs. */
public final class GraphTables {
    private GraphTables() {}

    /**
     * One spec per stateful operator, in the order of the stages.
     *
     * @param stored the specs of what an earlier run has kept; empty when there is none
     */
    public static List<TableSpec> of(StageGraph graph, List<TableSpec> stored) {
        List<TableSpec> specs = new ArrayList<>();
        graph.stages().forEach(stage -> collect(stage.plan(), stored, specs));
        return specs;
    }

    private static void collect(PhysicalPlan plan, List<TableSpec> stored, List<TableSpec> specs) {
        plan.inputs().forEach(input -> collect(input, stored, specs));
        if (plan instanceof Aggregate aggregate && aggregate.phase() != Aggregate.Phase.PARTIAL) {
            specs.add(PipelineBuilder.grouping(aggregate.spec(), stored).tableSpec());
        }
    }
}
