package io.rivulet.sql.planning;

import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Window;
import io.rivulet.sql.analysis.EventTime;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LimitNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.LogicalPlanVisitor;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.RelationNode;
import io.rivulet.sql.logical.SortNode;
import io.rivulet.sql.logical.WatermarkNode;
import java.util.BitSet;
import java.util.Locale;

/** Refuses streaming plans that cannot run in their output mode, naming the operator, the mode and what would work. */
public final class OutputModes {
    private OutputModes() {}

    /** Checks a streaming plan; {@code UNSUPPORTED_MODE} or {@code UNSUPPORTED_OPERATION} when it cannot run. */
    public static void check(LogicalPlan plan, OutputMode mode) {
        Check check = new Check(mode);
        plan.accept(check);
        if (mode == OutputMode.COMPLETE && check.aggregations == 0) {
            throw ErrorCode.UNSUPPORTED_MODE.error(
                    "a query without aggregation cannot run in complete mode, which would"
                            + " keep every row for ever; use append mode");
        }
    }

    /** Whether the aggregation's groups close by a watermark. */
    static boolean closesByWatermark(AggregateNode plan) {
        BitSet columns = EventTime.columns(plan.input());
        Window window = plan.window();
        return (window != null && EventTime.carries(window, columns)) || eventTimeKey(plan) >= 0;
    }

    /** The first key that is watermarked event time itself, or -1. */
    static int eventTimeKey(AggregateNode plan) {
        BitSet columns = EventTime.columns(plan.input());
        for (int i = 0; i < plan.keys().size(); i++) {
            if (EventTime.carries(plan.keys().get(i), columns)) {
                return i;
            }
        }
        return -1;
    }

    private static final class Check implements LogicalPlanVisitor<Void> {
        private final OutputMode mode;
        private int aggregations;

        Check(OutputMode mode) {
            this.mode = mode;
        }

        private String modeName() {
            return mode.name().toLowerCase(Locale.ROOT);
        }

        private Void below(LogicalPlan plan) {
            plan.inputs().forEach(input -> input.accept(this));
            return nothing();
        }

        @SuppressWarnings("NullAway") // Void has no other value
        private static Void nothing() {
            return null;
        }

        @Override
        public Void visitRelation(RelationNode plan) {
            return nothing();
        }

        @Override
        public Void visitProject(ProjectNode plan) {
            return below(plan);
        }

        @Override
        public Void visitFilter(FilterNode plan) {
            return below(plan);
        }

        @Override
        public Void visitWatermark(WatermarkNode plan) {
            below(plan);
            if (aggregations > 0) {
                throw ErrorCode.UNSUPPORTED_OPERATION.error("withWatermark("
                        + plan.schema().field(plan.column()).name()
                        + ") stands after an aggregation; it belongs before the first one");
            }
            return nothing();
        }

        @Override
        public Void visitAggregate(AggregateNode plan) {
            below(plan);
            aggregations++;
            if (aggregations > 1) {
                throw ErrorCode.UNSUPPORTED_OPERATION.error(
                        "a second aggregation after an aggregation is not supported"
                                + " in a streaming query yet; write the first result to a sink and read it with a second query");
            }
            int key = eventTimeKey(plan);
            Window window = plan.window();
            if (window != null && key >= 0) {
                throw ErrorCode.UNSUPPORTED_OPERATION.error(
                        "the aggregation is grouped by a window and by the event time "
                                + plan.schema().field(plan.firstKey() + key).name()
                                + " itself; group by one of the two");
            }
            if (mode == OutputMode.APPEND && !closesByWatermark(plan)) {
                throw ErrorCode.UNSUPPORTED_MODE.error("an aggregation by " + groupedBy(plan)
                        + " cannot run in append mode: without a watermark on a grouping event time no group is ever"
                        + " final. Use update or complete mode, or withWatermark(…) on a time column and group by"
                        + " window(…) of it");
            }
            return nothing();
        }

        private static String groupedBy(AggregateNode plan) {
            int keys = plan.firstResult();
            return keys == 0 ? "nothing" : String.valueOf(plan.schema().names().subList(0, keys));
        }

        @Override
        public Void visitSort(SortNode plan) {
            below(plan);
            return afterCompleteAggregation("sort");
        }

        @Override
        public Void visitLimit(LimitNode plan) {
            below(plan);
            return afterCompleteAggregation("limit");
        }

        private Void afterCompleteAggregation(String operator) {
            if (mode != OutputMode.COMPLETE || aggregations == 0) {
                throw ErrorCode.UNSUPPORTED_MODE.error(operator + " of a stream cannot run in " + modeName()
                        + " mode: it needs the whole result. Use it after an aggregation in complete mode, or inside"
                        + " foreachBatch");
            }
            return nothing();
        }
    }
}
