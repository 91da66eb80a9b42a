package io.rivulet.execution;

import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.EvaluationContext;
import io.rivulet.function.Bindings;
import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.ClosesByTime;
import io.rivulet.operator.StatefulOperator;
import io.rivulet.operator.project.EventTimes;
import io.rivulet.plan.Stage;
import io.rivulet.plan.StageGraph;
import io.rivulet.state.StateStore;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableSpec;
import io.rivulet.time.CpuTime;
import io.rivulet.time.Watermark;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a stage graph, once for a batch query and once per micro-batch for a streaming one; operators and tables stay
 * from run to run. A run goes in rounds, each a barrier: all sources are read, each row once; the new watermark is
 * computed from what was seen; then, stage by stage, rows come out of the exchanges and the batch is ended. A small batch runs on the calling thread, a large one on all cores. Used by one thread at a time.
 */
public final class GraphRunner implements AutoCloseable {
    private static final long SMALL_BATCH_ROWS = 32 * 1024;

    /** Computes the new watermark from the event times each watermarked input has seen in the batch. */
    @FunctionalInterface
    public interface WatermarkStep {
        long advance(Map<String, EventTimes> seen);
    }

    /** One table of one partition. */
    public record TableOfPartition(StateTable table, int partition) {}

    private final StageGraph graph;
    private final List<List<TaskRunner>> stages = new ArrayList<>();
    private final List<TaskRunner> readers = new ArrayList<>();
    private final List<String> sourceOrder = new ArrayList<>();
    private final Map<Integer, Exchange> exchanges = new HashMap<>();
    private final EvaluationContext evaluation;
    private final EngineServices services;
    private final List<String> operatorIds;
    private final AtomicLong otherThreadsCpuNanos = new AtomicLong();
    private volatile boolean cancelled;

    /**
     * Makes the tasks of every stage and loads their tables.
     *
     * @param store where tables are kept, or null when nothing is
     * @param storedTables the specs of what an earlier run has kept; empty when there is none
     * @param memory the query's pool
     */
    public GraphRunner(
            StageGraph graph,
            Map<String, Source> sources,
            Map<String, Sink> sinks,
            Bindings bindings,
            @Nullable StateStore store,
            List<TableSpec> storedTables,
            MemoryPool memory,
            EngineServices services) {
        this.graph = graph;
        this.services = services;
        this.operatorIds = GraphTables.operatorIds(graph);
        this.evaluation = new EvaluationContext(services.mode(), services.zone(), bindings);
        TaskEnvironment environment =
                new TaskEnvironment(sources, sinks, exchanges, evaluation, store, storedTables, memory, services);
        makeExchanges(memory);
        try {
            int number = 0;
            for (Stage stage : graph.stages()) {
                List<TaskRunner> tasks = new ArrayList<>();
                stages.add(tasks);
                for (int p = 0; p < tasksOf(stage); p++) {
                    tasks.add(new TaskRunner(stage, p, consumersOf(stage), number++, environment, () -> cancelled));
                }
            }
            chooseReaders();
            List<Runnable> loads = new ArrayList<>();
            stages.forEach(tasks -> tasks.forEach(task -> loads.add(task::loadState)));
            if (store != null) {
                services.executor().runAll(loads);
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void makeExchanges(MemoryPool memory) {
        for (Stage stage : graph.stages()) {
            if (stage.output() instanceof Stage.ToExchange to) {
                exchanges.put(
                        to.exchangeId(),
                        new Exchange(tasksOf(stage), consumersOf(stage), memory.child("exchange-" + to.exchangeId())));
            }
        }
    }

    private int tasksOf(Stage stage) {
        return stage.oneTask() ? 1 : graph.partitions();
    }

    private int consumersOf(Stage stage) {
        return stage.output() instanceof Stage.ToExchange to && !to.keyColumns().isEmpty() ? graph.partitions() : 1;
    }

    /** Every table with its partition. */
    public List<TableOfPartition> tables() {
        List<TableOfPartition> tables = new ArrayList<>();
        forEachTask(task -> {
            for (StateTable table : task.tables()) {
                tables.add(new TableOfPartition(table, task.partition()));
            }
        });
        return tables;
    }

    /** Lets a run in progress fail soon with {@code INTERRUPTED}. Thread-safe. */
    public void cancel() {
        cancelled = true;
    }

    /**
     * Runs the graph over the splits. After an exception the runner is of no more use: close it.
     *
     * @param watermarks called once, between reading and the end of the batch
     */
    public GraphResult run(GraphInput input, WatermarkStep watermarks) {
        evaluation.setBatchTimestampMicros(input.timestampMicros());
        boolean small = rows(input) < SMALL_BATCH_ROWS;
        BatchStart start = new BatchStart(input.batchId(), input.attempt(), Watermark.toMicros(input.lateWatermark()));
        try {
            forEachTask(task -> {
                if (task.takesSources()) {
                    task.begin(start);
                }
            });
            round(small, readers, task -> task.read(descriptor(task, input)));
            Map<String, EventTimes> seen = eventTimes();
            BatchEnd end = new BatchEnd(Watermark.toMicros(watermarks.advance(seen)));
            for (List<TaskRunner> tasks : stages) {
                round(small, tasks, task -> {
                    if (!task.takesSources()) {
                        task.begin(start);
                    }
                    task.takeExchanges();
                    task.finish(end, input.batchId());
                });
            }
            exchanges.values().forEach(Exchange::ended);
            return result(seen);
        } catch (RuntimeException | Error e) {
            forEachTask(TaskRunner::abort);
            exchanges.values().forEach(Exchange::clear);
            if (e instanceof OutOfMemoryError) {
                throw ErrorCode.MEMORY_LIMIT.error(
                        "the heap is exhausted although the memory pool is not; give the JVM more heap (-Xmx), or lower"
                                + " the engine's memoryLimit or the query's maxRowsPerBatch",
                        e);
            }
            throw e;
        }
    }

    private static long rows(GraphInput input) {
        long rows = 0;
        for (List<Split> splits : input.splits().values()) {
            for (Split split : splits) {
                rows += split.estimatedRows();
            }
        }
        return rows;
    }

    /**
     * Finds who reads. The tasks of one partition, of whatever stages, that take rows of sources have one reader among
     * them, so that a source that is used twice is read once.
     */
    private void chooseReaders() {
        Map<List<Integer>, List<TaskRunner>> together = new LinkedHashMap<>();
        Set<String> order = new LinkedHashSet<>();
        forEachTask(task -> {
            if (task.takesSources()) {
                together.computeIfAbsent(List.of(tasksOf(task.stage()), task.partition()), k -> new ArrayList<>())
                        .add(task);
                task.pipeline().scans.forEach(leaf -> order.add(leaf.scan().sourceId()));
            }
        });
        together.values().forEach(tasks -> {
            tasks.get(0).readFor(tasks);
            readers.add(tasks.get(0));
        });
        sourceOrder.addAll(order);
    }

    private void round(boolean small, List<TaskRunner> tasks, Consumer<TaskRunner> work) {
        if (small || tasks.size() == 1) {
            tasks.forEach(work);
            return;
        }
        List<Runnable> runnables = new ArrayList<>();
        Thread caller = Thread.currentThread();
        tasks.forEach(task -> runnables.add(() -> {
            long before = Thread.currentThread() == caller ? CpuTime.UNKNOWN : CpuTime.ofThisThreadIfLoaded();
            work.accept(task);
            if (before != CpuTime.UNKNOWN) {
                otherThreadsCpuNanos.addAndGet(CpuTime.ofThisThread() - before);
            }
        }));
        services.executor().runAll(runnables);
    }

    private Task descriptor(TaskRunner reader, GraphInput input) {
        return new Task(
                reader.stage().id(),
                reader.partition(),
                input.batchId(),
                input.attempt(),
                input.timestampMicros(),
                Watermark.toMicros(input.lateWatermark()),
                Shares.of(sourceOrder, input.splits(), reader.partition(), tasksOf(reader.stage())));
    }

    private Map<String, EventTimes> eventTimes() {
        Map<String, EventTimes> seen = new LinkedHashMap<>();
        forEachTask(task -> task.pipeline()
                .eventTimes
                .forEach(operator -> seen.computeIfAbsent(operator.inputId(), id -> new EventTimes())
                        .add(operator.seen())));
        return seen;
    }

    private GraphResult result(Map<String, EventTimes> seen) {
        Map<String, Long> read = new LinkedHashMap<>();
        Map<String, Long> malformed = new LinkedHashMap<>();
        Map<String, List<SinkMessage>> messages = new LinkedHashMap<>();
        Map<String, Long> written = new LinkedHashMap<>();
        Map<String, OperatorTotals> operators = new LinkedHashMap<>();
        operatorIds.forEach(id -> operators.put(id, new OperatorTotals()));
        List<StateStore.StagedChanges> state = new ArrayList<>();
        forEachTask(task -> {
            task.rowsRead().forEach((source, rows) -> {
                read.merge(source, rows, Long::sum);
                malformed.merge(source, task.malformed(source), Long::sum);
            });
            task.pipeline().sinks.forEach(operator -> {
                List<SinkMessage> own = messages.computeIfAbsent(operator.name(), name -> new ArrayList<>());
                if (operator.message() != null) {
                    own.add(operator.message());
                }
                written.merge(operator.name(), operator.rows(), Long::sum);
            });
            task.pipeline()
                    .metrics
                    .forEach(m -> operators
                            .computeIfAbsent(m.operatorId(), id -> new OperatorTotals())
                            .add(m));
            task.pipeline()
                    .stateful
                    .forEach(o -> operators
                            .computeIfAbsent(o.metrics().operatorId(), id -> new OperatorTotals())
                            .add(o.tables(), task.stageNanos()));
            state.addAll(task.staged());
        });
        List<GraphResult.OperatorResult> totals = new ArrayList<>();
        operators.forEach((id, t) -> totals.add(t.result(id)));
        return new GraphResult(
                read, malformed, seen, messages, written, totals, state, otherThreadsCpuNanos.getAndSet(0));
    }

    /**
     * The least watermark beyond the one there is at which an operator has something to give out; {@link
     * Long#MAX_VALUE} when none waits for time. Between runs only.
     */
    public long nextClose(long watermarkMicros) {
        long next = Long.MAX_VALUE;
        for (List<TaskRunner> tasks : stages) {
            for (TaskRunner task : tasks) {
                for (StatefulOperator operator : task.pipeline().stateful) {
                    if (operator instanceof ClosesByTime closes) {
                        next = Math.min(next, closes.nextClose(watermarkMicros));
                    }
                }
            }
        }
        return next;
    }

    /** The run's changes are durable: they are no changes any more. */
    public void committed() {
        forEachTask(TaskRunner::committed);
    }

    private void forEachTask(Consumer<TaskRunner> action) {
        stages.forEach(tasks -> tasks.forEach(action));
    }

    @Override
    public void close() {
        exchanges.values().forEach(Exchange::clear);
        forEachTask(TaskRunner::close);
    }

    /** Runs a batch query: everything the sources have, once. Sources and sinks stay open. */
    public static GraphResult runOnce(
            StageGraph graph,
            Map<String, Source> sources,
            Map<String, Sink> sinks,
            Bindings bindings,
            EngineServices services) {
        try (MemoryPool memory = services.memory().child("batch query");
                GraphRunner runner =
                        new GraphRunner(graph, sources, sinks, bindings, null, List.of(), memory, services)) {
            Map<String, List<Split>> splits = new HashMap<>();
            sources.forEach((id, source) -> splits.put(
                    id,
                    List.copyOf(source.splits(
                            source.initial(), source.latest(source.initial(), ReadLimit.ALL), graph.partitions()))));
            GraphInput input = new GraphInput(0, 0, services.clock().wallMicros(), Watermark.NONE, splits);
            GraphResult result = runner.run(input, seen -> Watermark.NONE);
            sinks.forEach((name, sink) -> sink.commit(0, result.sinkMessages().getOrDefault(name, List.of())));
            return result;
        }
    }
}
