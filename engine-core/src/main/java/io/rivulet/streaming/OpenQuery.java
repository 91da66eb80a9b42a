package io.rivulet.streaming;

import io.rivulet.connector.JournaledSource;
import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Sink;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.VolatileSource;
import io.rivulet.error.ErrorCode;
import io.rivulet.execution.EngineServices;
import io.rivulet.execution.GraphInput;
import io.rivulet.execution.GraphResult;
import io.rivulet.execution.GraphRunner;
import io.rivulet.execution.GraphTables;
import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.project.EventTimes;
import io.rivulet.state.TableSpec;
import io.rivulet.time.Watermark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A query with everything open that it runs on: log, sources, sinks, tasks. Opening it recovers it; closing it leaves
 * what is durable. Used by one thread, except for {@link #cancel}.
 */
final class OpenQuery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenQuery.class);
    private static final int MEMORY_SHARE = 8;

    private final QueryDefinition definition;
    private final EngineServices services;
    private final MemoryPool memory;
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final SinkSet sinks;
    private final Map<String, Offset> offsets = new LinkedHashMap<>();
    private final WatermarkTracker watermarks;
    private final boolean publishesEarly;
    private final CheckpointLog log;
    private final List<TableSpec> storedTables;
    private final BatchSize batchSize;
    private int feeding;
    private @Nullable GraphRunner graph;
    private List<CheckpointLog.OwnedTable> tables = List.of();
    private long nextBatch;
    private @Nullable BatchPlan unfinished;

    /** Opens, locks and recovers; what an earlier run has prepared is committed to the sinks before it returns. */
    OpenQuery(QueryDefinition definition, EngineServices services, String poolName) {
        this.definition = definition;
        this.services = services;
        this.batchSize = new BatchSize(
                definition.options().maxRowsPerBatch(), definition.options().targetBatchDuration());
        CheckpointProvider provider = definition.checkpoint() == null ? null : provider();
        this.storedTables = provider == null || definition.checkpoint() == null
                ? List.of()
                : provider.storedTables(definition.checkpoint(), services.files());
        this.log = openLog(provider);
        this.memory = services.memory().child(poolName);
        this.sinks = new SinkSet(definition.checkpoint() != null);
        try {
            RecoveredLog recovered = log.recovered();
            watermarks = new WatermarkTracker(PlanSearch.watermarkedInputs(definition.graph()), policy(recovered));
            openConnectors(recovered);
            publishesEarly = sinks.publishesEarly();
            graph = new GraphRunner(
                    definition.graph(),
                    sources,
                    sinks.byName(),
                    definition.bindings(),
                    log.state(),
                    storedTables,
                    memory,
                    services);
            tables = ownedTables(graph);
            log.started(tables);
            rollForward(recovered);
            watermarks.started(services.clock().wallMicros());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static CheckpointProvider provider() {
        return ServiceLoader.load(CheckpointProvider.class)
                .findFirst()
                .orElseThrow(
                        () -> ErrorCode.UNSUPPORTED_OPERATION.error(
                                "a checkpoint needs engine-state on the class path; add the dependency io.rivulet:engine-state"));
    }

    private CheckpointLog openLog(@Nullable CheckpointProvider provider) {
        String policy = definition.options().watermarkPolicy().name().toLowerCase(Locale.ROOT);
        Path directory = definition.checkpoint();
        if (provider == null || directory == null) {
            return new NoCheckpoint(policy);
        }
        QueryDescription description = new QueryDescription(
                definition.fingerprint(),
                GraphTables.of(definition.graph(), storedTables),
                definition.graph().partitions(),
                policy);
        return provider.open(directory, description, services.files());
    }

    private QueryOptions.WatermarkPolicy policy(RecoveredLog recovered) {
        QueryOptions.WatermarkPolicy wanted = definition.options().watermarkPolicy();
        QueryOptions.WatermarkPolicy logged =
                QueryOptions.WatermarkPolicy.valueOf(recovered.watermarkPolicy().toUpperCase(Locale.ROOT));
        if (wanted != logged) {
            LOG.warn("the checkpoint goes on with its watermark policy {}; the option {} is ignored", logged, wanted);
        }
        return logged;
    }

    private void openConnectors(RecoveredLog recovered) {
        definition.sinks().forEach((name, opener) -> sinks.add(name, opener.open(recovered.queryId())));
        definition.sources().forEach((id, opener) -> {
            Source source = opener.open(log.sourceDirectory(id));
            sources.put(id, source);
            if (source instanceof JournaledSource && definition.checkpoint() == null) {
                throw ErrorCode.BAD_OPTION.error(
                        source.description() + " is journaled, which needs a checkpoint to write"
                                + " to; give the query a checkpoint(…), or leave journal=true out");
            }
            Offset committed = recovered.offsets().get(id);
            BatchPlan planned = recovered.planned();
            BatchPlan.Range range = planned == null ? null : planned.sources().get(id);
            if (committed != null || range != null) {
                Offset start = committed != null
                        ? committed
                        : Objects.requireNonNull(range).start();
                source.restore(start, range == null ? null : range.end());
                if (range != null && source instanceof JournaledSource journaled) {
                    journaled.takeBack(range.start(), range.end(), log.journaled(id));
                }
                offsets.put(id, start);
            } else {
                offsets.put(id, source.initial());
            }
        });
    }

    /** The plan without the rows that have gone with the process that planned it. */
    private @Nullable BatchPlan readable(@Nullable BatchPlan planned) {
        if (planned == null || sources.values().stream().noneMatch(VolatileSource.class::isInstance)) {
            return planned;
        }
        Map<String, BatchPlan.Range> ranges = new LinkedHashMap<>(planned.sources());
        ranges.replaceAll((id, range) -> sources.get(id) instanceof VolatileSource source
                ? new BatchPlan.Range(range.start(), source.readable(range.start(), range.end()))
                : range);
        return new BatchPlan(planned.batchId(), planned.timestampMicros(), ranges, planned.idle());
    }

    private void rollForward(RecoveredLog recovered) {
        nextBatch = recovered.lastBatch() + 1;
        unfinished = readable(recovered.planned());
        BatchResult last = recovered.lastResult();
        if (last == null) {
            return;
        }
        watermarks.restore(last.watermark(), last.inputMaxima());
        LOG.info("recovered at batch {}{}", last.batchId(), recovered.lastCommitted() ? "" : ", committing it again");
        if (!recovered.lastCommitted()) {
            sinks.publishAgain(last);
            log.committed(last.batchId(), tables);
        }
        recovered.offsets().forEach((id, end) -> {
            Source source = sources.get(id);
            if (source != null) {
                source.commit(end); // it may not have been told before the last run ended
            }
        });
    }

    String queryId() {
        return log.recovered().queryId();
    }

    Map<String, Source> sources() {
        return sources;
    }

    /** By name, in the order they commit in. */
    Map<String, Sink> sinks() {
        return sinks.byName();
    }

    WatermarkTracker watermarks() {
        return watermarks;
    }

    long bytesWritten() {
        return log.bytesWritten();
    }

    /** Lets a batch in progress fail soon. Thread-safe. */
    void cancel() {
        GraphRunner running = graph;
        if (running != null) {
            running.cancel();
        }
    }

    /** Whether an earlier run has closed everything: there is nothing left to run. */
    boolean flushed() {
        BatchResult last = log.recovered().lastResult();
        return last != null && last.flushed();
    }

    /** The batch that an earlier run planned and did not prepare; null when there is none, or when it has been taken. */
    @Nullable
    BatchPlan takeUnfinished() {
        BatchPlan plan = unfinished;
        unfinished = null;
        return plan;
    }

    /**
     * The next batch, if any source has moved.
     *
     * @param all whether to ignore read limits
     */
    @Nullable
    BatchPlan planNext(boolean all) {
        ReadLimit limit = all
                ? ReadLimit.ALL
                : new ReadLimit(rowLimit(), Math.max(1, memory.limit() / MEMORY_SHARE), Long.MAX_VALUE);
        Map<String, BatchPlan.Range> ranges = new LinkedHashMap<>();
        boolean moved = false;
        for (Map.Entry<String, Source> source : sources.entrySet()) {
            Offset start = Objects.requireNonNull(offsets.get(source.getKey()));
            Offset end = source.getValue().latest(start, limit);
            moved |= !end.equals(start);
            ranges.put(source.getKey(), new BatchPlan.Range(start, end));
        }
        long now = services.clock().wallMicros();
        return moved || now >= due() ? new BatchPlan(nextBatch, now, ranges, watermarks.idle(now)) : null;
    }

    /** The batch's rows, shared out among the sources that had any in the last one. */
    private long rowLimit() {
        return Math.max(1, batchSize.limit() / Math.max(1, feeding));
    }

    /** When, by the wall clock, there is a batch to run although no source has moved; {@code Long.MAX_VALUE}: never. */
    long due() {
        if (!watermarks.mayIdle()) {
            return Long.MAX_VALUE;
        }
        return watermarks.due(Objects.requireNonNull(graph).nextClose(Watermark.toMicros(watermarks.watermark())));
    }

    /** Whether a batch is the next to run. */
    boolean nextBatchIs(long batchId) {
        return nextBatch == batchId;
    }

    /** The batch that reads nothing and closes everything. */
    BatchPlan planFlush() {
        Map<String, BatchPlan.Range> ranges = new LinkedHashMap<>();
        offsets.forEach((id, at) -> ranges.put(id, new BatchPlan.Range(at, at)));
        return new BatchPlan(nextBatch, services.clock().wallMicros(), ranges);
    }

    /**
     * Runs a batch up to its commit.
     *
     * @param flush whether the watermark becomes infinite at its end and the query is complete
     */
    GraphResult run(BatchPlan plan, boolean flush, BatchTimer timer) {
        GraphRunner running = Objects.requireNonNull(graph);
        timer.start();
        journal(plan);
        log.planned(plan, publishesEarly);
        timer.stop("walCommit");
        timer.start();
        GraphResult result = running.run(
                new GraphInput(plan.batchId(), 0, plan.timestampMicros(), watermarks.watermark(), splits(plan)),
                seen -> flush ? advanceToEnd(seen) : watermarks.advance(seen, plan.idle(), plan.timestampMicros()));
        if (publishesEarly) {
            sinks.publish(Sink.Publication.BEFORE_COMMIT_POINT, plan.batchId(), result.sinkMessages());
        }
        timer.stop("addBatch");
        timer.start();
        log.prepared(
                new BatchResult(
                        plan.batchId(),
                        flush ? Watermark.INFINITE : watermarks.watermark(),
                        watermarks.maxima(),
                        sinks.encoded(result.sinkMessages()),
                        flush),
                result.state());
        running.committed();
        nextBatch = plan.batchId() + 1;
        plan.sources().forEach((id, range) -> offsets.put(id, range.end()));
        timer.stop("walCommit");
        timer.start();
        sinks.publish(Sink.Publication.AFTER_COMMIT_POINT, plan.batchId(), result.sinkMessages());
        log.committed(plan.batchId(), tables);
        plan.sources()
                .forEach((id, range) -> Objects.requireNonNull(sources.get(id)).commit(range.end()));
        timer.stop("commitOffsets");
        measure(result, timer.totalNanos());
        return result;
    }

    private void measure(GraphResult result, long nanos) {
        if (definition.options().targetBatchDuration() == null) {
            return;
        }
        long rows = 0;
        int sourcesWithRows = 0;
        for (long read : result.rowsRead().values()) {
            rows += read;
            sourcesWithRows += read > 0 ? 1 : 0;
        }
        batchSize.took(rows, nanos);
        feeding = sourcesWithRows;
    }

    private void journal(BatchPlan plan) {
        plan.sources().forEach((id, range) -> {
            if (sources.get(id) instanceof JournaledSource source
                    && !range.start().equals(range.end())) {
                for (byte[] rows : source.journal(range.start(), range.end())) {
                    log.journal(plan.batchId(), id, rows);
                }
            }
        });
    }

    private long advanceToEnd(Map<String, EventTimes> seen) {
        watermarks.advance(seen);
        return Watermark.INFINITE;
    }

    private Map<String, List<Split>> splits(BatchPlan plan) {
        Map<String, List<Split>> splits = new HashMap<>();
        plan.sources().forEach((id, range) -> {
            if (!range.start().equals(range.end())) {
                Source source = Objects.requireNonNull(sources.get(id));
                splits.put(
                        id,
                        List.copyOf(source.splits(
                                range.start(), range.end(), definition.graph().partitions())));
            }
        });
        return splits;
    }

    private static List<CheckpointLog.OwnedTable> ownedTables(GraphRunner graph) {
        return graph.tables().stream()
                .map(t -> new CheckpointLog.OwnedTable(t.table(), t.partition()))
                .toList();
    }

    /** Nothing to do for now: what was committed last becomes durable. */
    void idle() {
        log.idle();
    }

    @Override
    public void close() {
        List<AutoCloseable> all = new ArrayList<>();
        if (graph != null) {
            all.add(graph);
        }
        all.addAll(sources.values());
        all.addAll(sinks.all());
        all.add(log);
        all.add(memory);
        for (AutoCloseable one : all) {
            try {
                one.close();
            } catch (Exception e) {
                LOG.warn("closing {} failed: {}", one, e.toString());
            }
        }
    }
}
