package io.rivulet;

import io.rivulet.connector.OutputMode;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.builtin.CallbackSinks;
import io.rivulet.connector.builtin.IngestBuffer;
import io.rivulet.error.ErrorCode;
import io.rivulet.option.Names;
import io.rivulet.option.Option;
import io.rivulet.plan.Stage;
import io.rivulet.record.RecordCodec;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.RelationSource;
import io.rivulet.sql.planning.LateRows;
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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

    private final Session session;
    private final LogicalPlan plan;
    private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private OutputMode outputMode = OutputMode.APPEND;
    private Trigger trigger = Trigger.asap();
    private @Nullable String name;
    private @Nullable Path checkpoint;
    private @Nullable SinkChoice main;
    private @Nullable SinkChoice lateRows;
    private @Nullable SinkChoice badRows;

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

    /**
     * A directory for state and progress; the next start with it goes on where this query stops or falls. {@code
     * BAD_OPTION} when it is blank.
     */
    public DataStreamWriter checkpoint(String directory) {
        if (directory.isBlank()) {
            throw ErrorCode.BAD_OPTION.error("the checkpoint needs a directory: checkpoint(\"/data/state\")");
        }
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
        main = SinkChoice.of(formatName, null, Map.of());
        return this;
    }

    /**
     * Columns whose values become directories {@code column=value} instead of being in the files; short for the option
     * {@code partitionBy} of the file formats.
     */
    public DataStreamWriter partitionBy(String... columns) {
        options.put(PartitionNames.OPTION, PartitionNames.join(columns));
        return this;
    }

    /** A sink of your own; a restarted query takes it again. */
    public DataStreamWriter sink(Sink sink) {
        main = SinkChoice.of(sink);
        return this;
    }

    /** A sink that is made when the query's id is known. */
    public DataStreamWriter sink(SinkProvider provider) {
        main = SinkChoice.of(provider);
        return this;
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

    // ---- where what is refused goes to

    /**
     * Has the rows that the watermark refuses written, too: as they came to the operator that refused them, behind its
     * name ({@code operator}) and the watermark ({@code watermark}). They still count as dropped. Rows of several
     * operators are put together by column name; columns of one name and several types become text. The sink takes each
     * batch together with the main one.
     *
     * @param formatName a format that can append
     * @param path where it writes to; for {@code memory} the name of the table
     */
    public DataStreamWriter lateRows(String formatName, String path) {
        return lateRows(formatName, path, Map.of());
    }

    /** As {@link #lateRows(String, String)}, with options of the format. */
    public DataStreamWriter lateRows(String formatName, String path, Map<String, String> formatOptions) {
        lateRows = SinkChoice.of(formatName, path, formatOptions);
        return this;
    }

    /** As {@link #lateRows(String, String)}, into a sink that is made when the query's id is known. */
    public DataStreamWriter lateRows(SinkProvider provider) {
        lateRows = SinkChoice.of(provider);
        return this;
    }

    /** As {@link #lateRows(String, String)}, into a table of the engine. */
    public DataStreamWriter lateRowsToTable(String table) {
        return lateRows(session.table(table).sink());
    }

    /**
     * Has the input rows that do not parse written, with {@code source}, {@code place} (where they stand),
     * {@code reason} and {@code raw} (the row as it stands there), instead of what the mode of the source says. The sink
     * takes each batch together with the main one.
     *
     * @param formatName a format that can append
     * @param path where it writes to; for {@code memory} the name of the table
     */
    public DataStreamWriter badRows(String formatName, String path) {
        return badRows(formatName, path, Map.of());
    }

    /** As {@link #badRows(String, String)}, with options of the format. */
    public DataStreamWriter badRows(String formatName, String path, Map<String, String> formatOptions) {
        badRows = SinkChoice.of(formatName, path, formatOptions);
        return this;
    }

    /** As {@link #badRows(String, String)}, into a sink that is made when the query's id is known. */
    public DataStreamWriter badRows(SinkProvider provider) {
        badRows = SinkChoice.of(provider);
        return this;
    }

    /** As {@link #badRows(String, String)}, into a table of the engine. */
    public DataStreamWriter badRowsToTable(String table) {
        return badRows(session.table(table).sink());
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
        Map<String, String> forSink = new LinkedHashMap<>();
        SinkChoice first = main(path);
        SinkProvider provider = first.provider();
        QueryOptions queryOptions =
                QueryOptions.parse(split(provider == null ? List.of() : provider.options(), forSink));
        if (queryOptions.flushAtEnd() && !trigger.ends()) {
            throw ErrorCode.BAD_OPTION.error("option 'flushAtEnd' closes what is open when a query ends by itself, and"
                    + " with the trigger " + trigger + " it does not; use trigger(Trigger.availableNow()), or leave the"
                    + " option out");
        }
        QuerySinks sinks = new QuerySinks(first.at(path, forSink), side(lateRows), side(badRows));

        LogicalPlan whole = lateRows == null ? plan : LateRows.divert(plan, outputMode);
        Schema lateSchema = lateRows == null ? null : LateRows.schema(whole);
        PlanningTarget target = new PlanningTarget(
                true,
                outputMode,
                session.parallelism(),
                first.inDriver() ? Stage.Placement.DRIVER : Stage.Placement.ANY,
                sinks.sides(lateSchema));
        PlannedQuery query = QueryPlanner.plan(session.optimize(whole), target);
        Map<String, QueryDefinition.SourceOpener> sources = new LinkedHashMap<>();
        query.sources().forEach((id, source) -> sources.put(id, source::open));
        QueryDefinition definition = new QueryDefinition(
                name,
                query.graph(),
                sources,
                sinks.openers(session, outputMode, query.schema(), lateSchema, checkpoint != null),
                trigger,
                queryOptions,
                checkpoint,
                query.fingerprint(),
                session.bindings());
        MicroBatchRunner runner = new MicroBatchRunner(definition, session.services());
        StreamingQuery made = new StreamingQuery(runner, new QueryExplanation(session, whole), target);
        List<IngestBuffer<?>> attached = new ArrayList<>();
        try {
            for (RelationSource source : query.sources().values()) {
                if (source instanceof IngestRelation ingest) {
                    ingest.buffer().attach();
                    attached.add(ingest.buffer());
                    runner.addListener(ingest.untilTheEnd());
                }
            }
            return session.queries().start(name, made);
        } catch (RuntimeException | Error e) {
            attached.forEach(IngestBuffer::detach);
            throw e;
        }
    }

    private SinkChoice main(@Nullable String path) {
        if (main == null) {
            throw ErrorCode.BAD_OPTION.error(
                    "it is not said where to write; use format(\"console\") or the like, foreachBatch(…) or sink(…)");
        }
        return main.at(path, Map.of()).found(session, name);
    }

    private @Nullable SinkChoice side(@Nullable SinkChoice choice) {
        return choice == null ? null : choice.found(session, choice.path());
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
