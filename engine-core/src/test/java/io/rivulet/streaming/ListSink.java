package io.rivulet.streaming;

import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.WriteContext;
import io.rivulet.vector.ColumnBatch;
import java.util.ArrayList;
import java.util.List;

/** A sink that keeps rows as text, batch by batch. */
final class ListSink implements Sink {
    private record Rows(List<String> rows) implements SinkMessage {
        @Override
        public byte[] encode() {
            return new byte[0];
        }
    }

    private final List<String> rows = new ArrayList<>();

    /** The rows since the last call, sorted. */
    synchronized List<String> take() {
        List<String> taken = rows.stream().sorted().toList();
        rows.clear();
        return taken;
    }

    @Override
    public String description() {
        return "list";
    }

    @Override
    public SinkWriter writer(WriteContext context) {
        List<String> written = new ArrayList<>();
        return new SinkWriter() {
            @Override
            public void write(ColumnBatch batch) {
                for (int i = 0; i < batch.rowCount(); i++) {
                    written.add(batch.row(i).toString());
                }
            }

            @Override
            public SinkMessage prepare() {
                return new Rows(written);
            }

            @Override
            public void abort() {}
        };
    }

    @Override
    public SinkMessage decode(byte[] message) {
        return new Rows(List.of());
    }

    @Override
    public synchronized void commit(long batchId, List<SinkMessage> messages) {
        messages.forEach(m -> rows.addAll(((Rows) m).rows()));
    }

    @Override
    public void close() {}
}
