package io.rivulet.connector.builtin;

import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.vector.ColumnBatch;
import java.util.ArrayList;
import java.util.List;

/** Keeps the rows of a task in memory and hands them over as {@link RowsMessage}. */
public final class RowsWriter implements SinkWriter {
    private List<ColumnBatch> batches = new ArrayList<>();

    /** A writer without rows. */
    public RowsWriter() {}

    @Override
    public void write(ColumnBatch batch) {
        if (batch.rowCount() > 0) {
            batches.add(batch.detach());
        }
    }

    @Override
    public SinkMessage prepare() {
        RowsMessage message = new RowsMessage(List.copyOf(batches));
        batches = new ArrayList<>();
        return message;
    }

    @Override
    public void abort() {
        batches = new ArrayList<>();
    }
}
