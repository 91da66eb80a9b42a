package io.rivulet;

import io.rivulet.connector.OutputMode;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.Source;
import io.rivulet.connector.builtin.CallbackSinks;
import io.rivulet.connector.builtin.IngestBuffer;
import io.rivulet.connector.builtin.IngestLimits;
import io.rivulet.connector.builtin.MemoryTable;
import io.rivulet.error.ErrorCode;
import io.rivulet.execution.EngineServices;
import io.rivulet.execution.GraphRunner;
import io.rivulet.expression.EvaluationContext;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.function.Bindings;
import io.rivulet.memory.MemoryPool;
import io.rivulet.record.RecordCodec;
import io.rivulet.sql.analysis.Analyser;
import io.rivulet.sql.analysis.FunctionCatalog;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.RelationNode;
import io.rivulet.sql.logical.RelationSource;
import io.rivulet.sql.optimizer.Optimizer;
import io.rivulet.sql.planning.PlannedQuery;
import io.rivulet.sql.planning.PlanningTarget;
import io.rivulet.sql.planning.QueryPlanner;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What the frames and queries of one engine share. Thread-safe. */
final class Session {
    private final EngineServices services;
    private final int parallelism;
    private final Connectors connectors;
    private final Map<String, MemoryTable> tables = new ConcurrentHashMap<>();
    private final UserFunctions userFunctions = new UserFunctions();
    private final StreamingQueries queries = new StreamingQueries();
    private final Map<String, Ingest<?>> ingests = new LinkedHashMap<>(); // guarded by itself
    private final List<Ingest<?>> closedIngests = new ArrayList<>(); // guarded by ingests
    private volatile boolean closed;

    Session(EngineServices services, int parallelism, Connectors connectors) {
        this.services = services;
        this.parallelism = parallelism;
        this.connectors = connectors;
    }

    EngineServices services() {
        return services;
    }

    int parallelism() {
        return parallelism;
    }

    Connectors connectors() {
        return connectors;
    }

    UserFunctions userFunctions() {
        return userFunctions;
    }

    StreamingQueries queries() {
        return queries;
    }

    Analyser analyser() {
        return new Analyser(catalog());
    }

    FunctionCatalog catalog() {
        return userFunctions.catalog();
    }

    Bindings bindings() {
        return userFunctions.bindings();
    }

    /** The table of that name, made when it is not there yet. */
    MemoryTable table(String name) {
        return tables.computeIfAbsent(name, n -> new MemoryTable());
    }

    Map<String, MemoryTable> tables() {
        return tables;
    }

    void requireOpen() {
        if (closed) {
            throw ErrorCode.BAD_STATE.error("the engine is closed; make a new one with Engine.create()");
        }
    }

    /** For constants that are computed while planning: interpreted, because a class for one row would cost more. */
    EvaluationContext constants() {
        return new EvaluationContext(EvaluationMode.INTERPRETED, services.zone(), Bindings.EMPTY);
    }

    LogicalPlan optimize(LogicalPlan plan) {
        return new Optimizer(constants()).optimize(plan);
    }

    DataFrame frame(RelationSource source) {
        return new DataFrame(this, RelationNode.of(source));
    }

    DataFrame frame(String description, Schema schema, List<ColumnBatch> batches) {
        return frame(new RowsRelation(description, schema, batches));
    }

    /** All rows of a bounded plan. */
    List<ColumnBatch> collect(LogicalPlan plan) {
        List<ColumnBatch> rows = new ArrayList<>();
        SinkProvider sink = CallbackSinks.forEachBatch((batches, batchId) -> rows.addAll(batches));
        run("collect", plan, sink, null, Map.of(), "collect()");
        return rows;
    }

    /** Runs a bounded plan into a sink, under an id of its own. */
    void runOnce(
            LogicalPlan plan, SinkProvider sinks, @Nullable String path, Map<String, String> options, String what) {
        run(UUID.randomUUID().toString(), plan, sinks, path, options, what);
    }

    private void run(
            String queryId,
            LogicalPlan plan,
            SinkProvider sinks,
            @Nullable String path,
            Map<String, String> options,
            String what) {
        requireOpen();
        if (plan.streaming()) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error(what + " needs all rows, and a stream has no end; use"
                    + " writeStream() with a sink, or read() instead of readStream()");
        }
        PlannedQuery query = QueryPlanner.plan(optimize(plan), PlanningTarget.batch(parallelism));
        SinkContext context = new SinkContext(
                queryId,
                path,
                query.schema(),
                OutputMode.APPEND,
                options,
                false,
                false,
                services.zone(),
                services.files());
        Map<String, Source> sources = new LinkedHashMap<>();
        try (Sink sink = sinks.open(context)) {
            query.sources().forEach((id, source) -> sources.put(id, source.open(null)));
            Map<String, Sink> byName = new HashMap<>();
            byName.put(QueryPlanner.MAIN_SINK, sink);
            GraphRunner.runOnce(query.graph(), sources, byName, bindings(), services);
        } finally {
            sources.values().forEach(Source::close);
        }
    }

    /** A new ingest; {@code BAD_STATE} when there is an open one of the name. */
    <T extends Record> Ingest<T> ingest(String name, Class<T> type, IngestOptions options) {
        requireOpen();
        if (name.isBlank()) {
            throw ErrorCode.BAD_ARGUMENT.error("an ingest needs a name that is not blank");
        }
        RecordCodec<T> codec = RecordCodec.of(type);
        IngestLimits limits = options.limits(services.memory().limit());
        synchronized (ingests) {
            if (ingests.containsKey(name)) {
                throw ErrorCode.BAD_STATE.error("there is an ingest '" + name
                        + "' already; push to that one, close it, or choose another name");
            }
            MemoryPool memory = services.memory().child("ingest " + name);
            try {
                IngestBuffer<T> buffer = new IngestBuffer<>(name, codec, limits, memory);
                Ingest<T> ingest = new Ingest<>(this, name, buffer, options, () -> forget(name));
                ingests.put(name, ingest);
                return ingest;
            } catch (RuntimeException | Error e) {
                memory.close();
                throw e;
            }
        }
    }

    private void forget(String name) {
        synchronized (ingests) {
            Ingest<?> ingest = ingests.remove(name);
            if (ingest != null) {
                closedIngests.removeIf(old -> old.pendingRecords() == 0);
                closedIngests.add(ingest); // its records may still wait to be read
            }
        }
    }

    private List<Ingest<?>> allIngests() {
        synchronized (ingests) {
            List<Ingest<?>> all = new ArrayList<>(closedIngests);
            all.addAll(ingests.values());
            return all;
        }
    }

    void print(String text) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        out.print(text);
        out.flush();
    }

    void close() {
        closed = true;
        List<Ingest<?>> pushed = allIngests();
        pushed.forEach(Ingest::close); // first, so that nobody waits for a query that stops
        queries.stopAll();
        pushed.forEach(Ingest::dispose);
        services.executor().close();
        services.memory().close();
    }
}
