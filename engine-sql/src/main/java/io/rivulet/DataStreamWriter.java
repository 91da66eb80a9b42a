package io.rivulet;

import io.rivulet.connector.OutputMode;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.builtin.CallbackSinks;
import io.rivulet.error.ErrorCode;
import io.rivulet.option.Names;
import io.rivulet.option.Option;
import io.rivulet.plan.Stage;
import io.rivulet.record.RecordCodec;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.planning.OutputModes;
import io.rivulet.sql.planning.PlannedQuery;
import io.rivulet.sql.planning.PlanningTarget;
import io.rivulet.sql.planning.QueryPlanner;
import io.rivulet.streaming.MicroBatchRunner;
import io.rivulet.streaming.QueryDefinition;
import io.rivulet.streaming.QueryOptions;
import io.rivulet.streaming.Trigger;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says where the rows of a stream go and when, then {@link #start()}. Each method changes and gives this writer; used by
 * one thread.
 *
 * <pre>{@code
 * counts.writeStream().outputMode("update").trigger(Trigger.processingTime(Duration.ofSeconds(1)))
 *         .foreachBatch((batch, id) -> batch.show()).checkpoint("/data/state").start();
 * }</pre>
 */
public final class DataStreamWriter {
    /** The option that Spark's users know for {@link #checkpoint(String)}. */
    public static final String CHECKPOINT_LOCATION = "checkpointLocation";

    private static final Set<String> IN_DRIVER = Set.of("console", Connectors.MEMORY);

    private final Session session;
    private final LogicalPlan plan;
    private final Map<String, String> options = new LinkedHashMap<>();
    private OutputMode outputMode = OutputMode.APPEND;
    private Trigger trigger = Trigger.asap();
    private @Nullable String name;
    private @Nullable Path checkpoint;
    private @Nullable String format;
    private @Nullable SinkProvider given;
    private @Nullable Sink object;

    /** Takes the rows of each batch as a bounded table. */
    @FunctionalInterface
    public interface BatchFunction {
        /**
         * Called once per batch, also for one without rows; after a crash the last batch may come again, with the same
         * rows and id. What it throws fails the query.
         */
        void accept(DataFrame batch, long batchId) throws Exception;
    }

    /** Takes one row. */
    @FunctionalInterface
    public interface RowFunction {
        /** Called for every row in order by one thread at a time. What it throws fails the query. */
        void accept(Row row) throws Exception;
    }

    /**
     * Takes one row as a record.
     *
     * @param <T> the record's class
     */
    @FunctionalInterface
    public interface RecordFunction<T> {
        /** Called for every row in order by one thread at a time. What it throws fails the query. */
        void accept(T row) throws Exception;
    }

    DataStreamWriter(Session session, LogicalPlan plan) {
        this.session = session;
        this.plan = plan;
    }

    // ---- how

    /** Which rows a batch gives out; append without this. */
    public DataStreamWriter outputMode(OutputMode mode) {
        outputMode = mode;
        return this;
    }

    /** As {@link #outputMode(OutputMode)}: {@code append}, {@code update} or {@code complete}. */
    public DataStreamWriter outputMode(String mode) {
        for (OutputMode known : OutputMode.values()) {
            if (known.name().equalsIgnoreCase(mode)) {
                return outputMode(known);
            }
        }
        throw ErrorCode.BAD_OPTION.error("the output mode '" + mode + "' is none of append, update, complete");
    }

    /** When batches run; without this as soon as there is data. */
    public DataStreamWriter trigger(Trigger when) {
        trigger = when;
        return this;
    }

    /** A name, unique among the running queries of the engine. */
    public DataStreamWriter queryName(String queryName) {
        name = queryName;
        return this;
    }

    /**
     * An option of the query (see {@link QueryOptions}), {@code checkpointLocation}, or an option of the format; checked
     * at {@link #start()}.
     */
    public DataStreamWriter option(String optionName, Object value) {
        if (optionName.equalsIgnoreCase(CHECKPOINT_LOCATION)) {
            return checkpoint(String.valueOf(value));
        }
        options.put(optionName, String.valueOf(value));
        return this;
    }

    /** Options as {@link #option} takes them. */
    public DataStreamWriter options(Map<String, String> more) {
        more.forEach(this::option);
        return this;
    }

    /** A directory for state and progress; the next start with it goes on where this query stops or falls. */
    public DataStreamWriter checkpoint(String directory) {
        return checkpoint(Path.of(directory));
    }

    /** As {@link #checkpoint(String)}. */
    public DataStreamWriter checkpoint(Path directory) {
        checkpoint = directory;
        return this;
    }

    // ---- where to

    /** The format, e.g. {@code csv}, {@code console}, {@code memory} (a table named as the query). */
    public DataStreamWriter format(String formatName) {
        format = formatName;
        return to(null, null);
    }

    private DataStreamWriter to(@Nullable SinkProvider provider, @Nullable Sink sink) {
        given = provider;
        object = sink;
        return this;
    }

    /** A sink of your own; a restarted query takes it again. */
    public DataStreamWriter sink(Sink sink) {
        format = null;
        return to(null, sink);
    }

    /** A sink that is made when the query's id is known. */
    public DataStreamWriter sink(SinkProvider provider) {
        format = null;
        return to(provider, null);
    }

    /** A function for each batch. */
    public DataStreamWriter foreachBatch(BatchFunction function) {
        Schema schema = plan.schema();
        return sink(CallbackSinks.forEachBatch(
                (batches, batchId) -> function.accept(session.frame("batch " + batchId, schema, batches), batchId)));
    }

    /** A function for each row. */
    public DataStreamWriter forEach(RowFunction function) {
        return sink(CallbackSinks.forEach(function::accept));
    }

    /**
     * A function for each row as a record of a class; {@code UNKNOWN_COLUMN} or {@code TYPE_MISMATCH} here for a component
     * without a fitting column.
     */
    public <T extends Record> DataStreamWriter forEach(Class<T> type, RecordFunction<? super T> function) {
        RecordCodec<T> codec = RecordCodec.of(type);
        codec.columns(plan.schema());
        return sink(CallbackSinks.forEachBatch((batches, batchId) -> {
            for (ColumnBatch batch : batches) {
                for (T row : codec.read(batch)) {
                    function.accept(row);
                }
            }
        }));
    }

    // ---- start

    /** Starts into a table of the engine, which {@link Engine#table} reads. */
    public StreamingQuery toTable(String table) {
        return sink(session.table(table).sink()).start();
    }

    /** Starts into a path. */
    public StreamingQuery start(String path) {
        return startAt(path);
    }

    /**
     * Starts. Everything that cannot work is refused here: the mode for the shape of the query, unknown options, paths,
     * a checkpoint in use, a changed query.
     */
    public StreamingQuery start() {
        return startAt(null);
    }

    private StreamingQuery startAt(@Nullable String path) {
        session.requireOpen();
        if (!plan.streaming()) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error(
                    "writeStream() needs a stream; use readStream() instead of read(), or write() instead of writeStream()");
        }
        OutputModes.check(plan, outputMode);
        SinkProvider provider = provider();
        List<Option<?>> sinkOptions = provider == null ? List.of() : provider.options();
        Map<String, String> forSink = new LinkedHashMap<>();
        QueryOptions queryOptions = QueryOptions.parse(split(sinkOptions, forSink));
        boolean inDriver = format == null || IN_DRIVER.contains(format.toLowerCase(Locale.ROOT));
        PlanningTarget target = new PlanningTarget(
                true, outputMode, session.parallelism(), inDriver ? Stage.Placement.DRIVER : Stage.Placement.ANY);
        PlannedQuery query = QueryPlanner.plan(session.optimize(plan), target);
        Map<String, QueryDefinition.SourceOpener> sources = new LinkedHashMap<>();
        query.sources().forEach((id, source) -> sources.put(id, source::open));
        QueryDefinition definition = new QueryDefinition(
                name,
                query.graph(),
                sources,
                Map.of(QueryPlanner.MAIN_SINK, opener(provider, path, query.schema(), forSink)),
                trigger,
                queryOptions,
                checkpoint,
                query.fingerprint(),
                session.bindings());
        MicroBatchRunner runner = new MicroBatchRunner(definition, session.services());
        return session.queries().start(name, new StreamingQuery(runner, new QueryExplanation(session, plan), target));
    }

    private @Nullable SinkProvider provider() {
        if (object != null) {
            return null;
        }
        if (given != null) {
            return given;
        }
        if (format == null) {
            throw ErrorCode.BAD_OPTION.error(
                    "it is not said where to write; use format(\"console\") or the like, foreachBatch(…) or sink(…)");
        }
        if (format.toLowerCase(Locale.ROOT).equals(Connectors.MEMORY)) {
            if (name == null) {
                throw ErrorCode.BAD_OPTION.error("the format memory writes to a table named as the query: give it a"
                        + " queryName(…), or use toTable(name)");
            }
            return session.table(name).sink();
        }
        return session.connectors().sink(format);
    }

    private QueryDefinition.SinkOpener opener(
            @Nullable SinkProvider provider, @Nullable String path, Schema schema, Map<String, String> forSink) {
        Sink sink = object;
        if (sink != null) {
            return queryId -> sink;
        }
        SinkProvider made = java.util.Objects.requireNonNull(provider);
        boolean durable = checkpoint != null;
        OutputMode mode = outputMode;
        return queryId -> made.open(new SinkContext(
                queryId,
                path,
                schema,
                mode,
                forSink,
                durable,
                true,
                session.services().zone(),
                session.services().files()));
    }

    /** Puts the sink's options into a map and gives the query's; a name that neither knows is refused with the nearest one. */
    private Map<String, String> split(List<Option<?>> sinkOptions, Map<String, String> forSink) {
        Map<String, String> forQuery = new LinkedHashMap<>();
        List<String> unknown = new ArrayList<>();
        options.forEach((option, value) -> {
            if (knows(QueryOptions.ALL, option)) {
                forQuery.put(option, value);
            } else if (knows(sinkOptions, option)) {
                forSink.put(option, value);
            } else {
                unknown.add(option);
            }
        });
        if (!unknown.isEmpty()) {
            Set<String> names = new TreeSet<>();
            QueryOptions.ALL.forEach(o -> names.add(o.name()));
            sinkOptions.forEach(o -> names.add(o.name()));
            names.add(CHECKPOINT_LOCATION);
            throw ErrorCode.UNKNOWN_OPTION.error("neither the query nor its sink has an option '" + unknown.get(0) + "'"
                    + Names.didYouMean(unknown.get(0), names) + " They know " + names);
        }
        return forQuery;
    }

    private static boolean knows(List<Option<?>> declared, String option) {
        return declared.stream().anyMatch(o -> o.name().equalsIgnoreCase(option));
    }
}
