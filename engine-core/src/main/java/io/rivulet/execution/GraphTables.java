package io.rivulet.execution;

import io.rivulet.function.Bindings;
import io.rivulet.plan.Aggregate;
import io.rivulet.plan.PhysicalPlan;
import io.rivulet.plan.ReadExchange;
import io.rivulet.plan.Stage;
import io.rivulet.plan.StageGraph;
import io.rivulet.state.TableSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The state tables a graph will have, before it runs. */
public final class GraphTables {
    private GraphTables() {}

    /**
     * The specs of all stateful operators, in the order of the stages.
     *
     * @param stored the specs of what an earlier run has kept; empty when there is none
     */
    public static List<TableSpec> of(StageGraph graph, List<TableSpec> stored) {
        List<TableSpec> specs = new ArrayList<>();
        graph.stages().forEach(stage -> collect(stage.plan(), stored, specs));
        return specs;
    }

    /**
     * The stateful operators of a graph, each before those whose rows it takes and these in the order of its inputs: the
     * order of the stages would depend on how many partitions there are.
     */
    static List<String> operatorIds(StageGraph graph) {
        Map<Integer, Stage> writers = new HashMap<>();
        for (Stage stage : graph.stages()) {
            if (stage.output() instanceof Stage.ToExchange to) {
                writers.put(to.exchangeId(), stage);
            }
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Stage stage : graph.stages()) {
            if (stage.output() instanceof Stage.ToSink) {
                collectIds(stage.plan(), writers, ids);
            }
        }
        return List.copyOf(ids);
    }

    private static void collectIds(PhysicalPlan plan, Map<Integer, Stage> writers, Set<String> ids) {
        if (plan instanceof Aggregate aggregate) {
            ids.add(aggregate.spec().operatorId());
        }
        if (plan instanceof ReadExchange read) {
            collectIds(Objects.requireNonNull(writers.get(read.exchangeId())).plan(), writers, ids);
        }
        plan.inputs().forEach(input -> collectIds(input, writers, ids));
    }

    private static void collect(PhysicalPlan plan, List<TableSpec> stored, List<TableSpec> specs) {
        plan.inputs().forEach(input -> collect(input, stored, specs));
        if (plan instanceof Aggregate aggregate && aggregate.phase() != Aggregate.Phase.PARTIAL) {
            specs.addAll(PipelineBuilder.grouping(aggregate.spec(), stored, Bindings.EMPTY)
                    .tableSpecs());
        }
    }
}
