package io.rivulet.sql.planning;

import io.rivulet.aggregate.AggregateCall;
import io.rivulet.aggregate.TimeLayout;
import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Expression;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.UserCall;
import io.rivulet.expression.Window;
import io.rivulet.plan.Aggregate;
import io.rivulet.plan.AggregateSpec;
import io.rivulet.plan.DivertLate;
import io.rivulet.plan.ExpandWindows;
import io.rivulet.plan.Filter;
import io.rivulet.plan.Limit;
import io.rivulet.plan.ObserveEventTime;
import io.rivulet.plan.PhysicalPlan;
import io.rivulet.plan.Project;
import io.rivulet.plan.ReadExchange;
import io.rivulet.plan.Scan;
import io.rivulet.plan.Sort;
import io.rivulet.plan.Stage;
import io.rivulet.plan.StageGraph;
import io.rivulet.plan.Union;
import io.rivulet.sql.logical.AggregateExpression;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.DivertLateNode;
import io.rivulet.sql.logical.ExpandWindowsNode;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LimitNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.LogicalPlanVisitor;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.RelationNode;
import io.rivulet.sql.logical.RelationSource;
import io.rivulet.sql.logical.SortNode;
import io.rivulet.sql.logical.TimeText;
import io.rivulet.sql.logical.UnionNode;
import io.rivulet.sql.logical.WatermarkNode;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cuts an optimised plan into stages. An aggregation is done in one piece where all its rows are already; otherwise rows
 * are grouped where they are read, sent by their keys, and grouped for good. Sort, limit and aggregations without keys
 * end in a stage of one task. The inputs of a union share a stage, which may so have several scans and exchanges.
 */
public final class QueryPlanner implements LogicalPlanVisitor<PhysicalPlan> {
    /** The sink's name in the graph. */
    public static final String MAIN_SINK = "main";
    /** The name of the sink for rows that the watermark refuses. */
    public static final String LATE_ROWS = "lateRows";
    /** The name of the sink for rows that do not parse. */
    public static final String BAD_ROWS = "badRows";

    private final PlanningTarget target;
    private final List<Stage> stages = new ArrayList<>();
    private final Map<String, RelationSource> sources = new LinkedHashMap<>();
    private final Map<String, String> fingerprint = new LinkedHashMap<>();
    private boolean oneTask;
    private int aggregations;
    private int watermarks;

    private QueryPlanner(PlanningTarget target) {
        this.target = target;
    }

    /** The stages of a plan that the optimizer has been over; a streaming plan is checked against its mode before. */
    public static PlannedQuery plan(LogicalPlan optimized, PlanningTarget target) {
        QueryPlanner planner = new QueryPlanner(target);
        PhysicalPlan last = optimized.accept(planner);
        planner.endStage(last, new Stage.ToSink(MAIN_SINK), target.sinkPlacement());
        return new PlannedQuery(
                new StageGraph(planner.stages, target.partitions()),
                planner.sources,
                planner.fingerprint,
                optimized.schema());
    }

    private void endStage(PhysicalPlan plan, Stage.Output output, Stage.Placement placement) {
        boolean driver = callsUser(plan) || (target.sideSinks().inDriver() && feedsSideSink(plan));
        Stage.Placement needed = driver ? Stage.Placement.DRIVER : placement;
        stages.add(new Stage(stages.size(), plan, output, oneTask, needed));
    }

    private static boolean feedsSideSink(PhysicalPlan plan) {
        return plan instanceof DivertLate
                || (plan instanceof Scan scan && scan.badRowSink() != null)
                || plan.inputs().stream().anyMatch(QueryPlanner::feedsSideSink);
    }

    private static boolean callsUser(PhysicalPlan plan) {
        List<Expression> own = List.of();
        if (plan instanceof Filter filter) {
            own = List.of(filter.predicate());
        } else if (plan instanceof Project project) {
            own = project.expressions();
        }
        boolean aggregates = plan instanceof Aggregate aggregate
                && aggregate.spec().calls().stream().anyMatch(call -> call.user() != null);
        return aggregates
                || own.stream().anyMatch(QueryPlanner::callsUser)
                || plan.inputs().stream().anyMatch(QueryPlanner::callsUser);
    }

    private static boolean callsUser(Expression expression) {
        return expression instanceof UserCall || expression.children().stream().anyMatch(QueryPlanner::callsUser);
    }

    /** Ends the stage and begins the next, which reads what it wrote. */
    private PhysicalPlan exchange(PhysicalPlan plan, List<Integer> keyColumns) {
        int id = stages.size();
        endStage(plan, new Stage.ToExchange(id, keyColumns), Stage.Placement.ANY);
        oneTask = keyColumns.isEmpty();
        return new ReadExchange(id, plan.schema());
    }

    private boolean together() {
        return oneTask || target.partitions() == 1;
    }

    @Override
    public PhysicalPlan visitRelation(RelationNode plan) {
        String badRows = target.sideSinks().badRows() ? BAD_ROWS : null;
        return new Scan(sourceId(plan.source()), plan.columns(), plan.schema(), badRows);
    }

    private String sourceId(RelationSource source) {
        for (Map.Entry<String, RelationSource> known : sources.entrySet()) {
            if (known.getValue() == source) {
                return known.getKey();
            }
        }
        String id = "source-" + sources.size();
        sources.put(id, source);
        fingerprint.put(id, source.kind());
        return id;
    }

    @Override
    public PhysicalPlan visitProject(ProjectNode plan) {
        return new Project(plan.input().accept(this), plan.expressions(), plan.schema());
    }

    @Override
    public PhysicalPlan visitExpandWindows(ExpandWindowsNode plan) {
        return new ExpandWindows(plan.input().accept(this), plan.timeColumn(), plan.window(), plan.schema());
    }

    @Override
    public PhysicalPlan visitFilter(FilterNode plan) {
        return new Filter(plan.input().accept(this), plan.predicate());
    }

    @Override
    public PhysicalPlan visitWatermark(WatermarkNode plan) {
        PhysicalPlan input = plan.input().accept(this);
        if (!target.streaming()) {
            return input;
        }
        String id = "watermark-" + watermarks++;
        fingerprint.put(id, "on " + plan.schema().field(plan.column()).name());
        return new ObserveEventTime(input, id, plan.column(), plan.delayMicros(), plan.idle());
    }

    @Override
    public PhysicalPlan visitDivertLate(DivertLateNode plan) {
        PhysicalPlan input = plan.input().accept(this);
        Schema lateSchema = target.sideSinks().lateRows();
        if (lateSchema == null) {
            return input;
        }
        String operatorId = "aggregate-" + aggregations; // the one above, which is numbered next
        List<Expression> columns = LateRows.columns(lateSchema, input.schema());
        return new DivertLate(input, operatorId, plan.time(), plan.window(), LATE_ROWS, columns, lateSchema);
    }

    @Override
    public PhysicalPlan visitAggregate(AggregateNode plan) {
        PhysicalPlan input = plan.input().accept(this);
        String id = "aggregate-" + aggregations++;
        AggregateSpec spec = spec(id, plan);
        remember(spec);
        if (together()) {
            return new Aggregate(input, spec, Aggregate.Phase.SINGLE);
        }
        List<Integer> keys = IntStream.range(spec.firstKey(), spec.firstKey() + spec.keyCount())
                .boxed()
                .toList();
        PhysicalPlan partial = new Aggregate(input, spec, Aggregate.Phase.PARTIAL);
        return new Aggregate(exchange(partial, keys), spec, Aggregate.Phase.FINAL);
    }

    private AggregateSpec spec(String id, AggregateNode plan) {
        boolean watermarked =
                target.streaming() && target.outputMode() != OutputMode.COMPLETE && OutputModes.closesByWatermark(plan);
        Window window = plan.window();
        int column = 0;
        if (window != null) {
            requireColumn(window.time(), column++);
        }
        for (Expression key : plan.keys()) {
            requireColumn(key, column++);
        }
        return new AggregateSpec(
                id,
                plan.input().schema(),
                plan.keys().size(),
                window == null ? null : new WindowSpec(window.size(), window.slide(), window.offset()),
                watermarked && window == null ? OutputModes.eventTimeKey(plan) : -1,
                plan.calls().stream().map(QueryPlanner::call).toList(),
                target.outputMode(),
                watermarked,
                plan.schema());
    }

    private static void requireColumn(Expression expression, int column) {
        if (!(expression instanceof InputRef ref) || ref.index() != column) {
            throw ErrorCode.INTERNAL.error(
                    "the aggregation reads " + expression + " where column " + column + " should be; please report it");
        }
    }

    private static AggregateCall call(AggregateExpression call) {
        List<Integer> arguments =
                call.arguments().stream().map(QueryPlanner::columnOf).toList();
        Expression filter = call.filter();
        return new AggregateCall(
                call.function(),
                call.distinct(),
                arguments,
                call.constants(),
                filter == null ? -1 : columnOf(filter),
                call.type(),
                call.user());
    }

    private static int columnOf(Expression expression) {
        if (expression instanceof InputRef ref) {
            return ref.index();
        }
        throw ErrorCode.INTERNAL.error("an aggregate reads " + expression + ", which is no column; please report it");
    }

    private void remember(AggregateSpec spec) {
        String keys = spec.outputSchema().fields().subList(spec.firstKey(), spec.firstKey() + spec.keyCount()).stream()
                .map(f -> f.name() + " " + f.type().sql())
                .collect(Collectors.joining(", "));
        WindowSpec window = spec.window();
        fingerprint.put(spec.operatorId() + " keys", keys.isEmpty() ? "none" : keys);
        fingerprint.put(spec.operatorId() + " window", window == null ? "none" : TimeText.window(window));
        if (window != null && !window.isTumbling()) {
            fingerprint.put(
                    spec.operatorId() + " state kept",
                    spec.layout() == TimeLayout.SLICES
                            ? "by slice"
                            : "by window, for an aggregate that needs all rows");
        }
        fingerprint.put("output mode", target.outputMode().name().toLowerCase(Locale.ROOT));
    }

    /** Inputs that are in one task bring the others there; otherwise all go on in the tasks they are in. */
    @Override
    public PhysicalPlan visitUnion(UnionNode plan) {
        List<PhysicalPlan> inputs = new ArrayList<>();
        List<Boolean> alone = new ArrayList<>();
        for (LogicalPlan input : plan.inputs()) {
            oneTask = false;
            inputs.add(input.accept(this));
            alone.add(oneTask);
        }
        boolean together = alone.contains(true);
        for (int i = 0; together && i < inputs.size(); i++) {
            if (!alone.get(i)) {
                oneTask = false;
                inputs.set(i, exchange(inputs.get(i), List.of()));
            }
        }
        oneTask = together;
        return new Union(inputs, plan.schema());
    }

    @Override
    public PhysicalPlan visitSort(SortNode plan) {
        return new Sort(inOneTask(plan.input().accept(this)), plan.keys(), Long.MAX_VALUE);
    }

    private PhysicalPlan inOneTask(PhysicalPlan plan) {
        return together() ? plan : exchange(plan, List.of());
    }

    @Override
    public PhysicalPlan visitLimit(LimitNode plan) {
        if (plan.input() instanceof SortNode sort) {
            return new Sort(inOneTask(sort.input().accept(this)), sort.keys(), plan.count());
        }
        return new Limit(inOneTask(plan.input().accept(this)), plan.count());
    }
}
