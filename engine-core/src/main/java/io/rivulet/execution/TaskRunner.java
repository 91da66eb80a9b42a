package io.rivulet.execution;

import io.rivulet.connector.BadRows;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.error.ErrorCode;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.Operator;
import io.rivulet.operator.StatefulOperator;
import io.rivulet.operator.sink.SinkOperator;
import io.rivulet.plan.Scan;
import io.rivulet.plan.Stage;
import io.rivulet.state.StateStore;
import io.rivulet.state.StateTable;
import io.rivulet.vector.ColumnBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Runs the tasks of one stage and partition, batch after batch, and owns their operators and tables. Used by one thread
 * at a time.
 */
final class TaskRunner implements AutoCloseable {
    private final Stage stage;
    private final int partition;
    private final TaskEnvironment environment;
    private final BooleanSupplier cancelled;
    private final Pipeline pipeline;
    private final List<Operator> heads;
    private final Map<String, Long> rowsRead = new HashMap<>();
    private final Map<String, AtomicLong> malformed = new HashMap<>();
    private final List<StateStore.StagedChanges> staged = new ArrayList<>();
    private final List<StateTable> tables = new ArrayList<>();
    private List<SharedScan> scans = List.of();
    private long stageNanos;

    /** @param taskNumber which of all tasks of the query this is */
    TaskRunner(
            Stage stage,
            int partition,
            int consumers,
            int taskNumber,
            TaskEnvironment environment,
            BooleanSupplier cancelled) {
        this.stage = stage;
        this.partition = partition;
        this.environment = environment;
        this.cancelled = cancelled;
        this.pipeline = new PipelineBuilder(stage, partition, consumers, taskNumber, environment).build();
        this.heads = pipeline.heads();
        for (StatefulOperator operator : pipeline.stateful) {
            tables.addAll(operator.tables());
        }
    }

    Stage stage() {
        return stage;
    }

    int partition() {
        return partition;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** Whether rows of sources enter it, and so it begins before the new watermark is known. */
    boolean takesSources() {
        return !pipeline.scans.isEmpty();
    }

    /** Has it read for itself and for others of its partition, which no one else then reads for. */
    void readFor(List<TaskRunner> tasks) {
        List<Pipeline.ScanLeaf> leaves = new ArrayList<>();
        tasks.forEach(task -> leaves.addAll(task.pipeline.scans));
        scans = SharedScan.of(leaves);
    }

    Map<String, Long> rowsRead() {
        return rowsRead;
    }

    long malformed(String sourceId) {
        AtomicLong count = malformed.get(sourceId);
        return count == null ? 0 : count.get();
    }

    List<StateStore.StagedChanges> staged() {
        return staged;
    }

    long stageNanos() {
        return stageNanos;
    }

    /** The tables of its operators, in the order of the pipeline. */
    List<StateTable> tables() {
        return tables;
    }

    /** Fills the tables with what the store has. */
    void loadState() {
        StateStore store = environment.store();
        if (store != null) {
            for (StateTable table : tables()) {
                store.load(table, partition);
                table.clearChanges();
            }
        }
    }

    /** A batch begins. */
    void begin(BatchStart start) {
        rowsRead.clear();
        malformed.clear();
        staged.clear();
        pipeline.sideSinks.values().forEach(sink -> sink.begin(start));
        for (Operator head : heads) {
            head.begin(start);
        }
    }

    /** Reads what the task says, for all it reads for; they have begun. */
    void read(Task task) {
        for (SharedScan scan : scans) {
            for (Split split : task.splits().getOrDefault(scan.scan().sourceId(), List.of())) {
                read(scan, split);
            }
        }
    }

    private void read(SharedScan shared, Split split) {
        Scan scan = shared.scan();
        Source source = Objects.requireNonNull(environment.sources().get(scan.sourceId()));
        AtomicLong bad = malformed.computeIfAbsent(scan.sourceId(), id -> new AtomicLong());
        SinkOperator sink = shared.badRows();
        int vectorSize = environment.services().vectorSize();
        BadRowBuffer buffer = sink == null ? null : new BadRowBuffer(source.description(), bad, vectorSize, sink);
        ReadContext context = new ReadContext(
                scan.schema(),
                scan.columns().stream().mapToInt(Integer::intValue).toArray(),
                vectorSize,
                environment.services().zone(),
                buffer == null ? BadRows.droppedTo(bad::incrementAndGet) : buffer);
        long rows = 0;
        try (SplitReader reader = source.reader(split, context)) {
            for (ColumnBatch batch = reader.next(); batch != null; batch = reader.next()) {
                if (cancelled.getAsBoolean()) {
                    throw ErrorCode.INTERRUPTED.error("the query was stopped in the middle of a batch");
                }
                rows += batch.rowCount();
                shared.process(batch);
            }
        }
        if (buffer != null) {
            buffer.flush();
        }
        rowsRead.merge(scan.sourceId(), rows, Long::sum);
    }

    /** Takes all rows that earlier stages have left for it. */
    void takeExchanges() {
        for (Pipeline.ExchangeLeaf leaf : pipeline.exchanges) {
            Objects.requireNonNull(environment.exchanges().get(leaf.exchangeId()))
                    .drain(partition, leaf.into());
        }
    }

    /** Ends the batch: results come out, state changes are staged. */
    void finish(BatchEnd end, long batchId) {
        for (Operator head : heads) {
            head.finish(end);
        }
        pipeline.sideSinks.values().forEach(sink -> sink.finish(end));
        StateStore store = environment.store();
        if (store != null) {
            long start = environment.services().clock().nanos();
            for (StateTable table : tables()) {
                staged.add(store.stage(batchId, table, partition));
            }
            stageNanos = environment.services().clock().nanos() - start;
        }
    }

    /** The batch is durable: changes are no changes any more. */
    void committed() {
        for (StateTable table : tables()) {
            table.clearChanges();
        }
        staged.clear();
    }

    /** The attempt has failed: staged output is not needed. */
    void abort() {
        pipeline.sinks.forEach(SinkOperator::abort);
    }

    @Override
    public void close() {
        heads.forEach(Operator::close);
    }
}
