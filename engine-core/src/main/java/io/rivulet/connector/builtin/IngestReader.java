package io.rivulet.connector.builtin;

import io.rivulet.connector.ReadContext;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
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

    private final List<IngestRows.Chunk> chunks;
    private final Range range;
    private final ReadContext context;
    private final int[] wanted;
    private int at;
    private long row;

    IngestReader(List<IngestRows.Chunk> chunks, Range range, ReadContext context) {
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
        IngestRows.Chunk chunk = chunks.get(at);
        int from = (int) (row - chunk.start());
        int count = (int) Math.min(context.vectorSize(), Math.min(range.to(), chunk.end()) - row);
        row += count;
        ColumnVector[] columns = new ColumnVector[wanted.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = chunk.rows().column(wanted[i]);
        }
        ColumnBatch projected =
                new ColumnBatch(context.schema(), columns, chunk.rows().size());
        return count == projected.size() ? projected : part(projected, from, count);
    }

    private static ColumnBatch part(ColumnBatch batch, int from, int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = from + i;
        }
        return batch.take(rows, count);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
