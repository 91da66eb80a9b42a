package io.rivulet.execution;

import io.rivulet.aggregate.TimeLayout;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.ExpressionEvaluators;
import io.rivulet.expression.Projection;
import io.rivulet.function.Bindings;
import io.rivulet.operator.Operator;
import io.rivulet.operator.StatefulOperator;
import io.rivulet.operator.aggregate.AggregateOperator;
import io.rivulet.operator.aggregate.Grouping;
import io.rivulet.operator.aggregate.PartialAggregateOperator;
import io.rivulet.operator.aggregate.SlidingAggregateOperator;
import io.rivulet.operator.exchange.ExchangeWriter;
import io.rivulet.operator.project.ExpandWindowsOperator;
import io.rivulet.operator.project.FilterOperator;
import io.rivulet.operator.project.ObserveEventTimeOperator;
import io.rivulet.operator.project.ProjectOperator;
import io.rivulet.operator.project.UnionOperator;
import io.rivulet.operator.sink.DivertLateOperator;
import io.rivulet.operator.sink.SinkOperator;
import io.rivulet.operator.sort.LimitOperator;
import io.rivulet.operator.sort.RowOrder;
import io.rivulet.operator.sort.SortOperator;
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
import io.rivulet.plan.Stage;
import io.rivulet.plan.Union;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the operators of a stage for one partition: from the last node of the plan down to its leaves. */
final class PipelineBuilder {
    private final Stage stage;
    private final int partition;
    private final int consumers;
    private final int taskNumber;
    private final TaskEnvironment environment;
    private final Pipeline pipeline = new Pipeline();

    /**
     * @param consumers how many tasks read the stage's exchange
     * @param taskNumber which of all tasks of the query this is
     */
    PipelineBuilder(Stage stage, int partition, int consumers, int taskNumber, TaskEnvironment environment) {
        this.stage = stage;
        this.partition = partition;
        this.consumers = consumers;
        this.taskNumber = taskNumber;
        this.environment = environment;
    }

    Pipeline build() {
        stage.plan().accept(new Translation(output()));
        return pipeline;
    }

    private Operator output() {
        if (stage.output() instanceof Stage.ToExchange exchange) {
            Exchange buffers = named(environment.exchanges(), exchange.exchangeId());
            int[] keys =
                    exchange.keyColumns().stream().mapToInt(Integer::intValue).toArray();
            return new ExchangeWriter(keys, consumers, buffers.from(partition));
        }
        if (stage.output() instanceof Stage.ToSink sink) {
            SinkOperator operator =
                    new SinkOperator(sink.sinkName(), named(environment.sinks(), sink.sinkName()), partition);
            pipeline.sinks.add(operator);
            return operator;
        }
        throw ErrorCode.INTERNAL.error("stage " + stage.id() + " has no output");
    }

    /** The task's one writer to a side sink, which tasks of several stages may feed. */
    private SinkOperator sideSink(String name) {
        SinkOperator known = pipeline.sideSinks.get(name);
        if (known == null) {
            known = new SinkOperator(name, named(environment.sinks(), name), taskNumber);
            pipeline.sideSinks.put(name, known);
            pipeline.sinks.add(known);
        }
        return known;
    }

    private static <K, V> V named(Map<K, V> all, K name) {
        V found = all.get(name);
        if (found == null) {
            throw ErrorCode.INTERNAL.error("the plan names '" + name + "', and there are only " + all.keySet());
        }
        return found;
    }

    /** One method per node: makes its operator in front of {@code next} and goes on to its inputs. */
    private final class Translation implements PhysicalPlanVisitor<Void> {
        private final Operator next;

        Translation(Operator next) {
            this.next = next;
        }

        private void into(PhysicalPlan input, Operator operator) {
            input.accept(new Translation(operator));
        }

        @Override
        public Void visitScan(Scan plan) {
            String badRows = plan.badRowSink();
            pipeline.scans.add(new Pipeline.ScanLeaf(plan, next, badRows == null ? null : sideSink(badRows)));
            return null;
        }

        @Override
        public Void visitReadExchange(ReadExchange plan) {
            pipeline.exchanges.add(new Pipeline.ExchangeLeaf(plan.exchangeId(), next));
            return null;
        }

        @Override
        public Void visitFilter(Filter plan) {
            into(
                    plan.input(),
                    new FilterOperator(ExpressionEvaluators.filter(plan.predicate(), environment.evaluation()), next));
            return null;
        }

        @Override
        public Void visitProject(Project plan) {
            if (plan.input() instanceof Filter filter && !plan.expressions().isEmpty()) {
                Projection both = ExpressionEvaluators.filteredProjection(
                        filter.predicate(), plan.expressions(), environment.evaluation());
                into(filter.input(), new ProjectOperator(both, plan.schema(), next));
                return null;
            }
            Projection projection = ExpressionEvaluators.projection(plan.expressions(), environment.evaluation());
            into(plan.input(), new ProjectOperator(projection, plan.schema(), next));
            return null;
        }

        @Override
        public Void visitObserveEventTime(ObserveEventTime plan) {
            ObserveEventTimeOperator operator = new ObserveEventTimeOperator(plan.inputId(), plan.column(), next);
            pipeline.eventTimes.add(operator);
            into(plan.input(), operator);
            return null;
        }

        @Override
        public Void visitDivertLate(DivertLate plan) {
            DivertLateOperator operator = new DivertLateOperator(
                    ExpressionEvaluators.projection(List.of(plan.time()), environment.evaluation()),
                    plan.window(),
                    ExpressionEvaluators.projection(plan.columns(), environment.evaluation()),
                    plan.lateSchema(),
                    plan.operatorId(),
                    sideSink(plan.sinkName()),
                    next);
            pipeline.metrics.add(operator.metrics());
            into(plan.input(), operator);
            return null;
        }

        @Override
        public Void visitAggregate(Aggregate plan) {
            Grouping grouping = grouping(
                    plan.spec(),
                    environment.storedTables(),
                    environment.evaluation().bindings());
            int vectorSize = environment.services().vectorSize();
            if (plan.phase() == Aggregate.Phase.PARTIAL) {
                PartialAggregateOperator operator =
                        new PartialAggregateOperator(grouping, environment.memory(), vectorSize, next);
                pipeline.metrics.add(operator.metrics());
                into(plan.input(), operator);
                return null;
            }
            List<StateTable> tables = grouping.tables(environment.memory());
            boolean behindExchange = plan.phase() == Aggregate.Phase.FINAL;
            if (grouping.layout() == TimeLayout.SLICES) {
                add(
                        plan,
                        new SlidingAggregateOperator(
                                grouping, tables.get(0), behindExchange, environment.memory(), vectorSize, next));
                return null;
            }
            boolean global = grouping.keyCount() == 0 && grouping.window() == null;
            add(plan, new AggregateOperator(grouping, tables, behindExchange, global, vectorSize, next));
            return null;
        }

        private void add(Aggregate plan, StatefulOperator operator) {
            pipeline.metrics.add(operator.metrics());
            pipeline.stateful.add(operator);
            into(plan.input(), operator);
        }

        @Override
        public Void visitSort(Sort plan) {
            RowOrder order = new RowOrder(plan.keys().stream()
                    .map(k -> new RowOrder.Key(k.column(), k.ascending(), k.nullsFirst()))
                    .toList());
            into(
                    plan.input(),
                    new SortOperator(
                            order, plan.limit(), environment.services().vectorSize(), environment.memory(), next));
            return null;
        }

        @Override
        public Void visitLimit(Limit plan) {
            into(plan.input(), new LimitOperator(plan.count(), next));
            return null;
        }

        @Override
        public Void visitExpandWindows(ExpandWindows plan) {
            int vectorSize = environment.services().vectorSize();
            into(
                    plan.input(),
                    new ExpandWindowsOperator(plan.timeColumn(), plan.window(), plan.schema(), vectorSize, next));
            return null;
        }

        @Override
        public Void visitUnion(Union plan) {
            Operator union = new UnionOperator(plan.inputs().size(), plan.schema(), next);
            plan.inputs().forEach(input -> into(input, union));
            return null;
        }
    }

    /**
     * What the operators of an aggregation are made from.
     *
     * @param storedTables the specs of what an earlier run has kept
     * @param bindings the objects behind the user's functions
     */
    static Grouping grouping(AggregateSpec spec, List<TableSpec> storedTables, Bindings bindings) {
        Set<String> stored = new HashSet<>();
        for (TableSpec table : storedTables) {
            if (table.operator().equals(spec.operatorId())) {
                table.values().forEach(column -> stored.add(column.name()));
            } else if (table.owner().equals(spec.operatorId())) {
                stored.add("/" + table.sideName());
            }
        }
        return new Grouping(
                spec.operatorId(),
                spec.inputSchema(),
                spec.keyCount(),
                spec.window(),
                spec.eventTimeKey(),
                spec.calls(),
                spec.outputMode(),
                spec.watermarked(),
                spec.outputSchema(),
                stored,
                bindings);
    }
}
