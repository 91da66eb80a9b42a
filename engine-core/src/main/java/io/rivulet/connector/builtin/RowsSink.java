package io.rivulet.connector.builtin;

import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.WriteContext;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import java.util.List;

/** Gives the rows of each batch to one consumer, once per batch id as long as this sink lives. */
final class RowsSink implements Sink {
    /** What becomes of the rows of a batch. */
    interface Target {
        /** Takes all rows; when it throws, the batch is given again. */
        void accept(long batchId, List<ColumnBatch> batches);
    }

    private final String description;
    private final Publication publication;
    private final Schema schema;
    private final Target target;
    private final Runnable closing;
    private long committed = -1;

    RowsSink(String description, Publication publication, Schema schema, Target target) {
        this(description, publication, schema, target, () -> {});
    }

    /** @param closing runs when it is closed */
    RowsSink(String description, Publication publication, Schema schema, Target target, Runnable closing) {
        this.description = description;
        this.publication = publication;
        this.schema = schema;
        this.target = target;
        this.closing = closing;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Publication publication() {
        return publication;
    }

    @Override
    public SinkWriter writer(WriteContext context) {
        return new RowsWriter();
    }

    @Override
    public SinkMessage decode(byte[] message) {
        return RowsMessage.decode(schema, message);
    }

    @Override
    public void commit(long batchId, List<SinkMessage> messages) {
        if (batchId > committed) {
            target.accept(batchId, RowsMessage.all(messages));
            committed = batchId;
        }
    }

    @Override
    public void close() {
        closing.run();
    }
}
