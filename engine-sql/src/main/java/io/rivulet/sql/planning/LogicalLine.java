package io.rivulet.sql.planning;

import io.rivulet.expression.Expression;
import io.rivulet.expression.Window;
import io.rivulet.plan.SortKey;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.DivertLateNode;
import io.rivulet.sql.logical.ExpandWindowsNode;
import io.rivulet.sql.logical.ExpressionText;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LimitNode;
import io.rivulet.sql.logical.LogicalPlanVisitor;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.RelationNode;
import io.rivulet.sql.logical.SortNode;
import io.rivulet.sql.logical.TimeText;
import io.rivulet.sql.logical.UnionNode;
import io.rivulet.sql.logical.WatermarkNode;
import io.rivulet.time.IdleTimeout;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line per node of a logical plan. */
final class LogicalLine implements LogicalPlanVisitor<String> {
    static final LogicalLine INSTANCE = new LogicalLine();

    private LogicalLine() {}

    @Override
    public String visitRelation(RelationNode plan) {
        return (plan.streaming() ? "Stream " : "Table ") + plan.source().description() + " "
                + plan.schema().names();
    }

    @Override
    public String visitProject(ProjectNode plan) {
        return "Project "
                + columns(plan.expressions(), plan.schema(), plan.input().schema());
    }

    /** {@code [a, (b + 1) AS c]}. */
    static String columns(List<Expression> expressions, Schema names, Schema input) {
        ExpressionText text = new ExpressionText(input);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            String shown = text.of(expressions.get(i));
            String name = names.field(i).name();
            columns.add(shown.equals(name) ? shown : shown + " AS " + name);
        }
        return columns.toString();
    }

    @Override
    public String visitFilter(FilterNode plan) {
        return "Filter " + new ExpressionText(plan.input().schema()).of(plan.predicate());
    }

    @Override
    public String visitWatermark(WatermarkNode plan) {
        return "Watermark " + plan.schema().field(plan.column()).name() + ", delay "
                + TimeText.duration(plan.delayMicros()) + idle(plan.idle());
    }

    static String idle(@Nullable IdleTimeout idle) {
        return idle == null
                ? ""
                : ", idle after " + TimeText.duration(idle.micros()) + (idle.advances() ? ", then by the clock" : "");
    }

    @Override
    public String visitDivertLate(DivertLateNode plan) {
        return "DivertLate by " + new ExpressionText(plan.input().schema()).of(plan.time());
    }

    @Override
    public String visitAggregate(AggregateNode plan) {
        ExpressionText text = new ExpressionText(plan.input().schema());
        List<String> by = new ArrayList<>();
        Window window = plan.window();
        if (window != null) {
            by.add(text.of(window));
        }
        plan.keys().forEach(key -> by.add(text.of(key)));
        return "Aggregate by " + by + " compute "
                + plan.calls().stream().map(call -> call.text(text)).toList();
    }

    @Override
    public String visitSort(SortNode plan) {
        return "Sort " + keys(plan.keys(), plan.schema());
    }

    static String keys(List<SortKey> keys, Schema schema) {
        return keys.stream()
                .map(k -> schema.field(k.column()).name()
                        + (k.ascending() ? " asc" : " desc")
                        + (k.nullsFirst() ? " nulls first" : " nulls last"))
                .toList()
                .toString();
    }

    @Override
    public String visitLimit(LimitNode plan) {
        return "Limit " + plan.count();
    }

    @Override
    public String visitUnion(UnionNode plan) {
        return "Union " + plan.schema().names();
    }

    @Override
    public String visitExpandWindows(ExpandWindowsNode plan) {
        return "ExpandWindows of " + plan.schema().field(plan.timeColumn()).name() + ", "
                + TimeText.window(plan.window());
    }
}
