package io.rivulet.sql.planning;

import io.rivulet.aggregate.AggregateCall;
import io.rivulet.plan.Aggregate;
import io.rivulet.plan.AggregateSpec;
import io.rivulet.plan.DivertLate;
import io.rivulet.plan.ExpandWindows;
import io.rivulet.plan.Filter;
import io.rivulet.plan.Limit;
import io.rivulet.plan.ObserveEventTime;
import io.rivulet.plan.PhysicalPlan;
import io.rivulet.plan.PhysicalPlanVisitor;
import io.rivulet.plan.Project;
import io.rivulet.plan.ReadExchange;
import io.rivulet.plan.Scan;
import io.rivulet.plan.Sort;
import io.rivulet.plan.Union;
import io.rivulet.sql.logical.AggregateExpression;
import io.rivulet.sql.logical.ExpressionText;
import io.rivulet.sql.logical.TimeText;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One line per node of a physical plan. */
final class PhysicalText implements PhysicalPlanVisitor<String> {
    private static final PhysicalText INSTANCE = new PhysicalText();

    private PhysicalText() {}

    static String line(PhysicalPlan plan) {
        return plan.accept(INSTANCE);
    }

    static String of(PhysicalPlan plan, int depth) {
        StringBuilder text = new StringBuilder();
        text.append("  ".repeat(depth)).append(plan.accept(INSTANCE)).append('\n');
        plan.inputs().forEach(input -> text.append(of(input, depth + 1)));
        return text.toString();
    }

    @Override
    public String visitScan(Scan plan) {
        return "Scan " + plan.sourceId() + " " + plan.schema().names()
                + (plan.badRowSink() == null ? "" : ", bad rows to " + plan.badRowSink());
    }

    @Override
    public String visitReadExchange(ReadExchange plan) {
        return "ReadExchange " + plan.exchangeId();
    }

    @Override
    public String visitFilter(Filter plan) {
        return "Filter " + new ExpressionText(plan.input().schema()).of(plan.predicate());
    }

    @Override
    public String visitProject(Project plan) {
        return "Project "
                + LogicalLine.columns(
                        plan.expressions(), plan.schema(), plan.input().schema());
    }

    @Override
    public String visitObserveEventTime(ObserveEventTime plan) {
        return "ObserveEventTime " + plan.inputId() + " on "
                + plan.schema().field(plan.column()).name() + ", delay " + TimeText.duration(plan.delayMicros())
                + LogicalLine.idle(plan.idle());
    }

    @Override
    public String visitDivertLate(DivertLate plan) {
        return "DivertLate for " + plan.operatorId() + " by "
                + new ExpressionText(plan.input().schema()).of(plan.time()) + " to " + plan.sinkName();
    }

    @Override
    public String visitAggregate(Aggregate plan) {
        AggregateSpec spec = plan.spec();
        Schema input = spec.inputSchema();
        List<String> by = new ArrayList<>();
        WindowSpec window = spec.window();
        if (window != null) {
            by.add("window(" + input.field(0).name() + ", " + TimeText.window(window) + ")");
        }
        for (int i = 0; i < spec.keyCount(); i++) {
            by.add(input.field(spec.firstKey() + i).name());
        }
        return "Aggregate " + spec.operatorId() + " " + plan.phase().name().toLowerCase(Locale.ROOT) + " by " + by
                + " compute " + spec.calls().stream().map(c -> call(c, input)).toList() + ", "
                + spec.outputMode().name().toLowerCase(Locale.ROOT) + (spec.watermarked() ? ", watermarked" : "");
    }

    private static String call(AggregateCall call, Schema input) {
        return AggregateExpression.text(
                call.function(),
                call.distinct(),
                call.arguments().stream().map(a -> input.field(a).name()).toList(),
                call.constants(),
                call.filter() < 0 ? null : input.field(call.filter()).name());
    }

    @Override
    public String visitSort(Sort plan) {
        return "Sort " + LogicalLine.keys(plan.keys(), plan.schema())
                + (plan.limit() == Long.MAX_VALUE ? "" : " first " + plan.limit());
    }

    @Override
    public String visitLimit(Limit plan) {
        return "Limit " + plan.count();
    }

    @Override
    public String visitUnion(Union plan) {
        return "Union of " + plan.inputs().size();
    }

    @Override
    public String visitExpandWindows(ExpandWindows plan) {
        return "ExpandWindows of " + plan.schema().field(plan.timeColumn()).name() + ", "
                + TimeText.window(plan.window());
    }
}
