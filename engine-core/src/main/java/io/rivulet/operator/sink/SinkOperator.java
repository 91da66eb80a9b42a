package io.rivulet.operator.sink;

import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.WriteContext;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.Operator;
import io.rivulet.vector.ColumnBatch;
import org.jspecify.annotations.Nullable;

/** The end of a query, or of a side way in it: hands rows to a writer of the sink, which it opens with the first of them. */
public final class SinkOperator implements Operator {
    private final String name;
    private final Sink sink;
    private final int partition;
    private @Nullable WriteContext context;
    private @Nullable SinkWriter writer;
    private @Nullable SinkMessage message;
    private long rows;

    /**
     * @param name the sink's name in the query
     * @param partition which of the tasks that write to the sink this is
     */
    public SinkOperator(String name, Sink sink, int partition) {
        this.name = name;
        this.sink = sink;
        this.partition = partition;
    }

    /** The sink's name in the query. */
    public String name() {
        return name;
    }

    /** What the writer has prepared; null when there were no rows. */
    public @Nullable SinkMessage message() {
        return message;
    }

    /** How many rows the batch has given out. */
    public long rows() {
        return rows;
    }

    @Override
    public void begin(BatchStart start) {
        context = new WriteContext(start.batchId(), partition, start.attempt());
        writer = null;
        message = null;
        rows = 0;
    }

    @Override
    public void process(ColumnBatch batch) {
        int count = batch.rowCount();
        if (count == 0 || context == null) {
            return;
        }
        SinkWriter open = writer;
        if (open == null) {
            open = sink.writer(context);
            writer = open;
        }
        open.write(batch);
        rows += count;
    }

    @Override
    public void finish(BatchEnd end) {
        if (writer != null) {
            message = writer.prepare();
        }
    }

    /** The attempt has failed: what was staged is not needed. */
    public void abort() {
        SinkWriter open = writer;
        writer = null;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public void close() {}
}
