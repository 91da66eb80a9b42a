package io.rivulet.connector.builtin;

import io.rivulet.connector.OutputMode;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkProvider;
import io.rivulet.error.ErrorCode;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table in memory that a query writes to and anybody reads. In append and update mode the rows of each batch are
 * added, in complete mode they replace the table. Exactly once while the process lives: a batch of the same query id is
 * taken once, also across restarts of the query. One query writes at a time, and a table that holds rows keeps its
 * columns: {@code SINK_CONFLICT} otherwise. Thread-safe; a reader sees whole batches.
 */
public final class MemoryTable {
    private List<ColumnBatch> batches = List.of();
    private @Nullable Schema schema;
    private @Nullable String queryId;
    private long committed = -1;
    private @Nullable Object writer;

    /** An empty table without columns; it gets those of the first query that writes to it. */
    public MemoryTable() {}

    /** The columns, or none before a query was started on it. */
    public synchronized Schema schema() {
        return schema == null ? Schema.EMPTY : schema;
    }

    /** The rows now, as columns (a snapshot). */
    public synchronized List<ColumnBatch> batches() {
        return batches;
    }

    /** The rows now (a snapshot). */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (ColumnBatch batch : batches()) {
            for (int i = 0; i < batch.rowCount(); i++) {
                rows.add(batch.row(i));
            }
        }
        return rows;
    }

    /** The newest batch in the table; -1 when there is none. */
    public synchronized long lastBatch() {
        return committed;
    }

    /** Makes sinks that write to this table. */
    public SinkProvider sink() {
        return new Provider(this);
    }

    private synchronized void begin(SinkContext context, Object newWriter) {
        if (writer != null) {
            throw ErrorCode.SINK_CONFLICT.error("a running query writes to this memory table already; stop that query,"
                    + " or write to a table of another name");
        }
        Schema before = schema;
        if (before != null && !batches.isEmpty() && !sameColumns(before, context.schema())) {
            throw ErrorCode.SINK_CONFLICT.error("the memory table holds rows with the columns " + before.ddl()
                    + ", and the query writes " + context.schema().ddl() + "; write to a table of another name");
        }
        writer = newWriter;
        schema = context.schema();
        if (!context.queryId().equals(queryId)) {
            queryId = context.queryId();
            committed = -1;
        }
    }

    private static boolean sameColumns(Schema a, Schema b) {
        return a.names().equals(b.names()) && types(a).equals(types(b));
    }

    /** What can be null does not matter. */
    private static List<String> types(Schema schema) {
        return schema.fields().stream().map(field -> field.type().sql()).toList();
    }

    private synchronized void end(Object oldWriter) {
        writer = Objects.equals(writer, oldWriter) ? null : writer;
    }

    private synchronized void commit(OutputMode mode, long batchId, List<ColumnBatch> fresh) {
        if (batchId <= committed) {
            return;
        }
        if (mode == OutputMode.COMPLETE) {
            batches = List.copyOf(fresh);
        } else if (!fresh.isEmpty()) {
            List<ColumnBatch> all = new ArrayList<>(batches);
            all.addAll(fresh);
            batches = List.copyOf(all);
        }
        committed = batchId;
    }

    private record Provider(MemoryTable table) implements SinkProvider {
        @Override
        public List<Option<?>> options() {
            return List.of();
        }

        @Override
        public Sink open(SinkContext context) {
            Options.parse("memory sink", options(), context.options());
            Object writer = new Object();
            table.begin(context, writer);
            return new RowsSink(
                    "memory table",
                    Sink.Publication.AFTER_COMMIT_POINT,
                    context.schema(),
                    (batchId, batches) -> table.commit(context.outputMode(), batchId, batches),
                    () -> table.end(writer));
        }
    }
}
