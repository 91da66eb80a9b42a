package io.rivulet.sql.planning;

import io.rivulet.expression.EvaluationContext;
import io.rivulet.plan.Stage;
import io.rivulet.plan.StageGraph;
import io.rivulet.sql.logical.LogicalPlan;

/** Plans as text for people: stable from run to run, two spaces per level, inputs below what reads them. */
public final class Explain {
    private Explain() {}

    /** A logical plan. */
    public static String logical(LogicalPlan plan) {
        StringBuilder text = new StringBuilder();
        logical(plan, 0, text);
        return text.toString();
    }

    private static void logical(LogicalPlan plan, int depth, StringBuilder text) {
        text.append("  ".repeat(depth))
                .append(plan.accept(LogicalLine.INSTANCE))
                .append('\n');
        plan.inputs().forEach(input -> logical(input, depth + 1, text));
    }

    /** The stages in the order they run, with their physical plans. */
    public static String stages(StageGraph graph) {
        StringBuilder text = new StringBuilder();
        for (Stage stage : graph.stages()) {
            int tasks = stage.oneTask() ? 1 : graph.partitions();
            text.append("Stage ").append(stage.id()).append(": ").append(tasks).append(tasks == 1 ? " task" : " tasks");
            if (stage.placement() == Stage.Placement.DRIVER) {
                text.append(", in the driver");
            }
            text.append(" -> ").append(output(stage)).append('\n');
            text.append(PhysicalText.of(stage.plan(), 1));
        }
        return text.toString();
    }

    /** The Java that the filters and projections of the stages are compiled to. */
    public static String generatedCode(StageGraph graph, EvaluationContext context) {
        return GeneratedCode.of(graph, context);
    }

    private static String output(Stage stage) {
        if (stage.output() instanceof Stage.ToExchange exchange) {
            String by = exchange.keyColumns().isEmpty()
                    ? "to one task"
                    : "by "
                            + exchange.keyColumns().stream()
                                    .map(column ->
                                            stage.plan().schema().field(column).name())
                                    .toList();
            return "exchange " + exchange.exchangeId() + " " + by;
        }
        return "sink " + ((Stage.ToSink) stage.output()).sinkName();
    }
}
