package io.rivulet.connector.builtin;

import io.rivulet.connector.ReadContext;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.vector.ColumnBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads rows of an ingest from its chunks, without its lock: a chunk as it is where it fits, a copy of a part else. */
final class IngestReader implements SplitReader {
    /** Rows by their numbers in the buffer: from, inclusive, to, exclusive. */
    record Range(long from, long to) implements Split {
        @Override
        public long estimatedRows() {
            return to - from;
        }
    }

    private final List<IngestChunk> chunks;
    private final Range range;
    private final ReadContext context;
    private final int[] wanted;
    private int at;
    private long row;

    IngestReader(List<IngestChunk> chunks, Range range, ReadContext context) {
        this.chunks = chunks;
        this.range = range;
        this.context = context;
        this.wanted = context.columns();
        this.row = range.from();
    }

    @Override
    public @Nullable ColumnBatch next() {
        while (at < chunks.size() && chunks.get(at).end() <= row) {
            at++;
        }
        if (at == chunks.size() || row >= range.to()) {
            return null;
        }
        IngestChunk chunk = chunks.get(at);
        long from = row;
        row = Math.min(from + context.vectorSize(), Math.min(range.to(), chunk.end()));
        return chunk.part(context.schema(), wanted, from, row);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
