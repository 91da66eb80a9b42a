package io.rivulet;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Source;
import io.rivulet.connector.builtin.MemoryTable;
import io.rivulet.error.ErrorCode;
import io.rivulet.execution.EngineServices;
import io.rivulet.execution.LocalTaskExecutor;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.file.FileAccess;
import io.rivulet.file.LocalFileAccess;
import io.rivulet.memory.MemoryPool;
import io.rivulet.option.Names;
import io.rivulet.record.RecordCodec;
import io.rivulet.time.Clock;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Row;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The engine: reads tables and streams and runs queries in this process. A program has one. Thread-safe.
 *
 * <pre>{@code
 * try (Engine engine = Engine.create()) {
 *     engine.read().schema("origin STRING, delay INT").csv("flights.csv").groupBy("origin").avg("delay").show();
 * }
 * }</pre>
 */
public final class Engine implements AutoCloseable {
    private final Session session;

    private Engine(Session session) {
        this.session = session;
    }

    /** An engine with every option at its default. */
    public static Engine create() {
        return builder().build();
    }

    /** An engine with options: {@code Engine.builder().parallelism(4).timeZone("Europe/Berlin").build()}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Reads a bounded table. */
    public DataFrameReader read() {
        return new DataFrameReader(session);
    }

    /** A bounded table of what a source has when the query runs. */
    public DataFrame read(Source source) {
        return session.frame(SourceRelation.of(source, false));
    }

    /** Reads an unbounded table. */
    public DataStreamReader readStream() {
        return new DataStreamReader(session);
    }

    /** An unbounded table from a source of your own; every query of the frame reads this object. */
    public DataFrame readStream(Source source) {
        return session.frame(SourceRelation.of(source, true));
    }

    /** As {@link #ingest(String, Class, IngestOptions)}, with every option at its default. */
    public <T extends Record> Ingest<T> ingest(String name, Class<T> type) {
        return ingest(name, type, IngestOptions.defaults());
    }

    /**
     * An unbounded table of records that this program pushes: a column per component.
     *
     * @param name for plans, progress and messages; one open ingest of the engine has it
     * @throws io.rivulet.error.RivuletException BAD_SCHEMA for a component that no SQL type stands for, BAD_OPTION,
     *     BAD_STATE when the name is taken, MEMORY_LIMIT when its capacity is not there
     */
    public <T extends Record> Ingest<T> ingest(String name, Class<T> type, IngestOptions options) {
        return session.ingest(name, type, options);
    }

    /**
     * A bounded table of rows that are there; values as {@link io.rivulet.vector.ColumnVector#objectAt} has them, {@code
     * TYPE_MISMATCH} otherwise.
     */
    public DataFrame createDataFrame(Schema schema, List<Row> rows) {
        ColumnVector[] columns = new ColumnVector[schema.size()];
        for (int i = 0; i < columns.length; i++) {
            ColumnBuilder builder = new ColumnBuilder(schema.type(i), Math.max(1, rows.size()));
            for (Row row : rows) {
                Object value = row.get(i);
                if (value == null && !schema.field(i).nullable()) {
                    throw ErrorCode.TYPE_MISMATCH.error("the row " + row + " has no value for the column "
                            + schema.field(i).name()
                            + ", which is declared NOT NULL; give it one, or leave NOT NULL out");
                }
                builder.append(value);
            }
            columns[i] = builder.build();
        }
        return session.frame("rows", schema, List.of(new ColumnBatch(schema, columns, rows.size())));
    }

    /** A bounded table of records that are there: a column per component. */
    public <T extends Record> DataFrame createDataFrame(List<T> records, Class<T> type) {
        ColumnBatch batch = RecordCodec.of(type).write(records);
        return session.frame("rows", batch.schema(), List.of(batch));
    }

    /**
     * The rows that a query with {@code format("memory")} or {@code toTable(name)} has written so far; {@code BAD_STATE}
     * when there is no such table.
     */
    public DataFrame table(String name) {
        MemoryTable table = session.tables().get(name);
        if (table == null) {
            throw ErrorCode.BAD_STATE.error("there is no table '" + name + "'"
                    + Names.didYouMean(name, session.tables().keySet()) + " The tables are "
                    + session.tables().keySet()
                    + "; a query makes one with toTable(name)");
        }
        return session.frame("table " + name, table.schema(), table.batches());
    }

    /** The streaming queries of this engine. */
    public StreamingQueries streams() {
        return session.queries();
    }

    /** Functions of your own. */
    public UserFunctions udf() {
        return session.userFunctions();
    }

    /** Stops all queries and gives everything back; frames of this engine are of no use then. */
    @Override
    public void close() {
        session.close();
    }

    /** Options of an engine. Each method changes and gives this builder; used by one thread. */
    public static final class Builder {
        private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private final List<ConnectorProvider> connectors = new ArrayList<>();
        private Clock clock = Clock.system();
        private FileAccess files = LocalFileAccess.INSTANCE;

        private Builder() {}

        /** An option by name, see {@link EngineOptions}; checked at {@link #build}. */
        public Builder option(String name, Object value) {
            options.put(name, String.valueOf(value));
            return this;
        }

        /** How many tasks a stage has, and threads; default: the cores. */
        public Builder parallelism(int tasks) {
            return option(EngineOptions.PARALLELISM.name(), tasks);
        }

        /** Bytes that all queries together may hold; default: 0.6 of the heap. */
        public Builder memoryLimit(long bytes) {
            return option(EngineOptions.MEMORY_LIMIT.name(), bytes);
        }

        /** The most rows of a column batch. */
        public Builder vectorSize(int rows) {
            return option(EngineOptions.VECTOR_SIZE.name(), rows);
        }

        /** How expressions are run. */
        public Builder evaluationMode(EvaluationMode mode) {
            return option(EngineOptions.EVALUATION_MODE.name(), mode.name());
        }

        /** The session time zone; default UTC. */
        public Builder timeZone(ZoneId zone) {
            return option(EngineOptions.TIME_ZONE.name(), zone.getId());
        }

        /** The session time zone by name, e.g. {@code Europe/Berlin}. */
        public Builder timeZone(String zone) {
            return option(EngineOptions.TIME_ZONE.name(), zone);
        }

        /** Where the time comes from, for tests. */
        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        /** How files are reached, for tests. */
        public Builder fileAccess(FileAccess access) {
            files = access;
            return this;
        }

        /** A connector that is not on the class path, or instead of one that is. */
        public Builder connector(ConnectorProvider provider) {
            connectors.add(provider);
            return this;
        }

        /** The engine; {@code UNKNOWN_OPTION} or {@code BAD_OPTION} when an option is wrong. */
        public Engine build() {
            EngineOptions parsed = EngineOptions.parse(options);
            EngineServices services = new EngineServices(
                    new LocalTaskExecutor(parsed.parallelism()),
                    clock,
                    MemoryPool.root("engine", parsed.memoryLimit()),
                    files,
                    parsed.timeZone(),
                    parsed.evaluationMode(),
                    parsed.vectorSize());
            return new Engine(new Session(services, parsed.parallelism(), new Connectors(connectors)));
        }
    }
}
