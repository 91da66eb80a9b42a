package io.rivulet.streaming;

import io.rivulet.plan.ObserveEventTime;
import io.rivulet.plan.PhysicalPlan;
import io.rivulet.plan.StageGraph;
import java.util.ArrayList;
import java.util.List;

/** Finds nodes in the plans of a graph. */
final class PlanSearch {
    private PlanSearch() {}

    /** The watermarked inputs of a query, each once. */
    static List<ObserveEventTime> watermarkedInputs(StageGraph graph) {
        List<ObserveEventTime> found = new ArrayList<>();
        graph.stages().forEach(stage -> collect(stage.plan(), found));
        return found;
    }

    private static void collect(PhysicalPlan plan, List<ObserveEventTime> found) {
        if (plan instanceof ObserveEventTime node
                && found.stream().noneMatch(f -> f.inputId().equals(node.inputId()))) {
            found.add(node);
        }
        plan.inputs().forEach(input -> collect(input, found));
    }
}
