package io.rivulet.sql.planning;

import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Window;
import io.rivulet.sql.analysis.EventTime;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.DivertLateNode;
import io.rivulet.sql.logical.ExpandWindowsNode;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LimitNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.LogicalPlanVisitor;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.RelationNode;
import io.rivulet.sql.logical.SortNode;
import io.rivulet.sql.logical.UnionNode;
import io.rivulet.sql.logical.WatermarkNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** Refuses streaming plans that cannot run in their output mode, naming the operator, the mode and what would work. */
public final class OutputModes {
    private OutputModes() {}

    /** Checks a streaming plan; {@code UNSUPPORTED_MODE} or {@code UNSUPPORTED_OPERATION} when it cannot run. */
    public static void check(LogicalPlan plan, OutputMode mode) {
        Aggregations found = plan.accept(new Check(mode));
        if (mode == OutputMode.COMPLETE && found.least == 0) {
            throw ErrorCode.UNSUPPORTED_MODE.error(
                    (found.most == 0 ? "a query" : "a union with an input") + " without aggregation cannot run in"
                            + " complete mode, which would keep every row for ever; use append mode"
                            + (found.most == 0 ? "" : " or aggregate every input"));
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
        return eventTimeKey(plan, 0);
    }

    private static int eventTimeKey(AggregateNode plan, int from) {
        BitSet columns = EventTime.columns(plan.input());
        for (int i = from; i < plan.keys().size(); i++) {
            if (EventTime.carries(plan.keys().get(i), columns)) {
                return i;
            }
        }
        return -1;
    }

    /** How many aggregations a row has gone through: on the way with the fewest and the way with the most of them. */
    private record Aggregations(int least, int most) {
        static final Aggregations NONE = new Aggregations(0, 0);

        Aggregations and(Aggregations other) {
            return new Aggregations(Math.min(least, other.least), Math.max(most, other.most));
        }
    }

    private record Check(OutputMode mode) implements LogicalPlanVisitor<Aggregations> {
        private String modeName() {
            return mode.name().toLowerCase(Locale.ROOT);
        }

        private Aggregations below(LogicalPlan plan) {
            return plan.inputs().stream()
                    .map(input -> input.accept(this))
                    .reduce(Aggregations::and)
                    .orElse(Aggregations.NONE);
        }

        @Override
        public Aggregations visitRelation(RelationNode plan) {
            return Aggregations.NONE;
        }

        @Override
        public Aggregations visitProject(ProjectNode plan) {
            return below(plan);
        }

        @Override
        public Aggregations visitFilter(FilterNode plan) {
            return below(plan);
        }

        @Override
        public Aggregations visitWatermark(WatermarkNode plan) {
            Aggregations below = below(plan);
            if (below.most > 0) {
                throw ErrorCode.UNSUPPORTED_OPERATION.error("withWatermark("
                        + plan.schema().field(plan.column()).name()
                        + ") stands after an aggregation; it belongs before the first one");
            }
            return below;
        }

        @Override
        public Aggregations visitDivertLate(DivertLateNode plan) {
            return below(plan);
        }

        @Override
        public Aggregations visitAggregate(AggregateNode plan) {
            Aggregations below = below(plan);
            if (below.most > 0 && mode != OutputMode.APPEND) {
                throw ErrorCode.UNSUPPORTED_MODE.error("a second " + aggregation(plan)
                        + " cannot run in " + modeName() + " mode: the first gives the same groups again when they"
                        + " change, and the second could not take the old rows back. Use append mode with a watermark,"
                        + " or write the first result to a sink and read it with a second query");
            }
            requireOneEventTime(plan);
            requireAgreement(plan);
            if (mode == OutputMode.APPEND && !closesByWatermark(plan)) {
                throw ErrorCode.UNSUPPORTED_MODE.error(below.most > 0 ? secondNeverCloses(plan) : neverCloses(plan));
            }
            return new Aggregations(below.least + 1, below.most + 1);
        }

        private static void requireOneEventTime(AggregateNode plan) {
            int key = eventTimeKey(plan);
            if (plan.window() != null && key >= 0) {
                throw ErrorCode.UNSUPPORTED_OPERATION.error(
                        "the aggregation is grouped by a window and by the event time "
                                + plan.schema().field(plan.firstKey() + key).name()
                                + " itself; group by one of the two");
            }
            int second = key < 0 ? -1 : eventTimeKey(plan, key + 1);
            if (second >= 0) {
                throw ErrorCode.UNSUPPORTED_OPERATION.error("the aggregation is grouped by two event times, "
                        + plan.schema().field(plan.firstKey() + key).name() + " and "
                        + plan.schema().field(plan.firstKey() + second).name() + "; group by one of the two");
            }
        }

        /** Rows of a union must have their event time in one column. */
        private static void requireAgreement(AggregateNode plan) {
            UnionNode union = EventTime.losingUnion(plan.input());
            if (union == null) {
                return;
            }
            List<String> places = new ArrayList<>();
            for (LogicalPlan input : union.inputs()) {
                BitSet columns = EventTime.columns(input);
                if (columns.isEmpty()) {
                    return; // an input without event time: then the aggregation has none
                }
                places.add(input.schema().field(columns.nextSetBit(0)).name());
            }
            throw ErrorCode.UNSUPPORTED_OPERATION.error("the " + aggregation(plan)
                    + " reads a union whose inputs have their event time in different columns, " + places
                    + "; select(…) the columns of each input so that event time stands in the same place");
        }

        private static String neverCloses(AggregateNode plan) {
            String way = EventTime.losingUnion(plan.input()) == null
                    ? "withWatermark(…) on a time column and group by window(…) of it"
                    : "withWatermark(…) on every input of the union, some of which have none, and group by window(…) of"
                            + " it";
            return "the " + aggregation(plan)
                    + " cannot run in append mode: without a watermark on a grouping event time no group is ever"
                    + " final. Use update or complete mode, or " + way;
        }

        private static String secondNeverCloses(AggregateNode plan) {
            return "a second " + aggregation(plan)
                    + " cannot run in append mode: it groups by no event time that the first one gives out, so that no"
                    + " group is ever final. Group by the first one's window, by window(…) of it, or by window_time(…)"
                    + " of it as well";
        }

        private static String aggregation(AggregateNode plan) {
            int keys = plan.firstResult();
            String names =
                    keys == 0 ? "nothing" : String.valueOf(plan.schema().names().subList(0, keys));
            return (plan.calls().isEmpty() ? "distinct over " : "aggregation by ") + names;
        }

        @Override
        public Aggregations visitExpandWindows(ExpandWindowsNode plan) {
            return below(plan);
        }

        @Override
        public Aggregations visitUnion(UnionNode plan) {
            return below(plan);
        }

        @Override
        public Aggregations visitSort(SortNode plan) {
            return requireWholeResult("sort", below(plan));
        }

        @Override
        public Aggregations visitLimit(LimitNode plan) {
            return requireWholeResult("limit", below(plan));
        }

        private Aggregations requireWholeResult(String operator, Aggregations below) {
            if (mode != OutputMode.COMPLETE || below.least == 0) {
                throw ErrorCode.UNSUPPORTED_MODE.error(operator + " of a stream cannot run in " + modeName()
                        + " mode: it needs the whole result. Use it after an aggregation in complete mode, or inside"
                        + " foreachBatch");
            }
            return below;
        }
    }
}
