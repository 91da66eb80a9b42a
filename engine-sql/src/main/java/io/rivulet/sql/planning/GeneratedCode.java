package io.rivulet.sql.planning;

import io.rivulet.expression.EvaluationContext;
import io.rivulet.expression.Expression;
import io.rivulet.expression.ExpressionEvaluators;
import io.rivulet.plan.Filter;
import io.rivulet.plan.PhysicalPlan;
import io.rivulet.plan.Project;
import io.rivulet.plan.Stage;
import io.rivulet.plan.StageGraph;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Java that a graph's filters and projections are compiled to. */
final class GeneratedCode {
    private final EvaluationContext context;
    private final StringBuilder text = new StringBuilder();

    private GeneratedCode(EvaluationContext context) {
        this.context = context;
    }

    static String of(StageGraph graph, EvaluationContext context) {
        GeneratedCode code = new GeneratedCode(context);
        for (Stage stage : graph.stages()) {
            code.add(stage, stage.plan());
        }
        return code.text.isEmpty() ? "none: no stage computes anything\n" : code.text.toString();
    }

    private void add(Stage stage, PhysicalPlan plan) {
        plan.inputs().forEach(input -> add(stage, input));
        if (plan instanceof Filter filter) {
            add(stage, PhysicalText.line(plan), filter.predicate(), List.of());
        } else if (plan instanceof Project project) {
            add(stage, PhysicalText.line(plan), null, project.expressions());
        }
    }

    private void add(Stage stage, String line, @Nullable Expression condition, List<Expression> outputs) {
        text.append("// stage ").append(stage.id()).append(": ").append(line).append('\n');
        text.append(
                ExpressionEvaluators.codegenSource(condition, outputs, context).stripTrailing());
        text.append('\n');
    }
}
