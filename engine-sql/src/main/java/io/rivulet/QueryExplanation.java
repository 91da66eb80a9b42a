package io.rivulet;

import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.plan.Stage;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.planning.Explain;
import io.rivulet.sql.planning.OutputModes;
import io.rivulet.sql.planning.PlannedQuery;
import io.rivulet.sql.planning.PlanningTarget;
import io.rivulet.sql.planning.QueryPlanner;
import java.util.List;
import java.util.Locale;

/** The text of {@code explain}. */
final class QueryExplanation {
    private final Session session;
    private final LogicalPlan plan;

    QueryExplanation(Session session, LogicalPlan plan) {
        this.session = session;
        this.plan = plan;
    }

    String text(String what) {
        return text(what, target());
    }

    String text(String what, PlanningTarget target) {
        String wanted = what.toLowerCase(Locale.ROOT);
        if (!List.of("simple", "extended", "codegen").contains(wanted)) {
            throw ErrorCode.BAD_OPTION.error(
                    "explain(\"" + what + "\") is unknown; there is simple, extended and codegen");
        }
        LogicalPlan optimized = session.optimize(plan);
        PlannedQuery query = QueryPlanner.plan(optimized, target);
        StringBuilder text = new StringBuilder();
        if (!wanted.equals("simple")) {
            text.append("== Logical plan ==\n").append(Explain.logical(plan));
            text.append("\n== Optimised plan ==\n")
                    .append(Explain.logical(optimized))
                    .append('\n');
        }
        text.append("== Physical plan ==\n").append(Explain.stages(query.graph()));
        if (wanted.equals("codegen")) {
            text.append("\n== Generated code ==\n");
            text.append(Explain.generatedCode(query.graph(), session.constants()));
        }
        return text.toString();
    }

    private PlanningTarget target() {
        if (!plan.streaming()) {
            return PlanningTarget.batch(session.parallelism());
        }
        return new PlanningTarget(true, firstMode(), session.parallelism(), Stage.Placement.ANY);
    }

    private OutputMode firstMode() {
        for (OutputMode mode : List.of(OutputMode.APPEND, OutputMode.UPDATE)) {
            if (canRun(mode)) {
                return mode;
            }
        }
        return OutputMode.COMPLETE;
    }

    private boolean canRun(OutputMode mode) {
        try {
            OutputModes.check(plan, mode);
            return true;
        } catch (RivuletException e) {
            return false;
        }
    }
}
