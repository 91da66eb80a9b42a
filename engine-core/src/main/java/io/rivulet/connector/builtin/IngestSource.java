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
    private final IngestReading ingest;

    IngestSource(IngestReading ingest) {
        this.ingest = ingest;
    }

    IngestReading ingest() {
        return ingest;
    }

    @Override
    public Schema schema() {
        return ingest.schema();
    }

    @Override
    public String description() {
        return ingest.description();
    }

    @Override
    public Offset initial() {
        return ingest.begin();
    }

    @Override
    public void restore(Offset committed, @Nullable Offset planned) {
        ingest.restore(IngestOffset.of(committed));
    }

    @Override
    public Offset readable(Offset start, Offset planned) {
        if (ingest.holds(IngestOffset.of(planned))) {
            return planned;
        }
        ingest.lose(IngestOffset.of(start), IngestOffset.of(planned));
        return start;
    }

    @Override
    public Offset latest(Offset start, ReadLimit limit) {
        return ingest.latest(start, limit);
    }

    @Override
    public void stopAtAvailable() {
        ingest.stopAtAvailable();
    }

    @Override
    public List<? extends Split> splits(Offset start, Offset end, int parallelism) {
        return ingest.splits(IngestOffset.of(start), IngestOffset.of(end), parallelism);
    }

    @Override
    public SplitReader reader(Split split, ReadContext context) {
        IngestReader.Range range = (IngestReader.Range) split;
        return new IngestReader(ingest.chunks(range), range, context);
    }

    @Override
    public void commit(Offset end) {
        ingest.commit(IngestOffset.of(end));
    }

    @Override
    public void onNewData(Runnable wake) {
        ingest.onNewData(wake);
    }

    @Override
    public void close() {
        ingest.onNewData(() -> {}); // the rows stay: the batch may be tried again, or another query go on
    }

    @Override
    public String toString() {
        return description();
    }
}
