package io.rivulet.connector.builtin;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.connector.VolatileSource;
import io.rivulet.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query sees of an {@link IngestBuffer}. Rows that were planned and not committed are gone when the process has
 * died in between: at most once across a crash, unless the host sends again what lies behind its committed position.
 */
class IngestSource implements VolatileSource {
    private final IngestBuffer buffer;

    IngestSource(IngestBuffer buffer) {
        this.buffer = buffer;
    }

    IngestBuffer buffer() {
        return buffer;
    }

    @Override
    public Schema schema() {
        return buffer.schema();
    }

    @Override
    public String description() {
        return buffer.description();
    }

    @Override
    public Offset initial() {
        return buffer.begin();
    }

    @Override
    public void restore(Offset committed, @Nullable Offset planned) {
        buffer.restore(IngestOffset.of(committed));
    }

    @Override
    public Offset readable(Offset start, Offset planned) {
        return buffer.holds(IngestOffset.of(planned))
                ? planned
                : buffer.lost(start, IngestOffset.of(start), IngestOffset.of(planned));
    }

    @Override
    public Offset latest(Offset start, ReadLimit limit) {
        return buffer.latest(start, limit);
    }

    @Override
    public void stopAtAvailable() {
        buffer.stopAtAvailable();
    }

    @Override
    public List<? extends Split> splits(Offset start, Offset end, int parallelism) {
        return buffer.splits(IngestOffset.of(start), IngestOffset.of(end), parallelism);
    }

    @Override
    public SplitReader reader(Split split, ReadContext context) {
        IngestReader.Range range = (IngestReader.Range) split;
        return new IngestReader(buffer.chunks(range.from(), range.to()), range, context);
    }

    @Override
    public void commit(Offset end) {
        buffer.commit(IngestOffset.of(end));
    }

    @Override
    public void onNewData(Runnable wake) {
        buffer.onNewData(wake);
    }

    @Override
    public void close() {
        buffer.onNewData(() -> {}); // the rows stay: the batch may be tried again, or another query go on
    }

    @Override
    public String toString() {
        return description();
    }
}
