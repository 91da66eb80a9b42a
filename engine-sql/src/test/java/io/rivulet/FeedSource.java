package io.rivulet;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source over rows that a test adds; offsets are row counts, so a restarted query reads on in the same object. */
final class FeedSource implements Source {
    record Range(int from, int to) implements Split {
        @Override
        public long estimatedRows() {
            return (long) to - from;
        }
    }

    private final Schema schema;
    private final List<@Nullable Object[]> rows = new ArrayList<>();
    private Runnable wake = () -> {};
    private int end = Integer.MAX_VALUE;

    FeedSource(Schema schema) {
        this.schema = schema;
    }

    synchronized FeedSource add(@Nullable Object... row) {
        rows.add(row);
        wake.run();
        return this;
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public String description() {
        return "feed";
    }

    @Override
    public Offset initial() {
        return new Offset("0");
    }

    @Override
    public synchronized Offset latest(Offset start, ReadLimit limit) {
        long most = Math.min(Long.parseLong(start.text()) + Math.min(limit.maxRows(), Integer.MAX_VALUE), end);
        return new Offset(Long.toString(Math.min(rows.size(), most)));
    }

    @Override
    public synchronized void stopAtAvailable() {
        end = rows.size();
    }

    @Override
    public List<Range> splits(Offset start, Offset stop, int parallelism) {
        List<Range> splits = new ArrayList<>();
        int to = Integer.parseInt(stop.text());
        for (int i = Integer.parseInt(start.text()); i < to; i += 3) {
            splits.add(new Range(i, Math.min(i + 3, to)));
        }
        return splits;
    }

    @Override
    public SplitReader reader(Split split, ReadContext context) {
        return new Reader((Range) split, context);
    }

    private final class Reader implements SplitReader {
        private final Range range;
        private final ReadContext context;
        private int at;

        Reader(Range range, ReadContext context) {
            this.range = range;
            this.context = context;
            this.at = range.from;
        }

        @Override
        public @Nullable ColumnBatch next() {
            int count = Math.min(range.to - at, context.vectorSize());
            if (count <= 0) {
                return null;
            }
            ColumnVector[] columns = new ColumnVector[context.columns().length];
            synchronized (FeedSource.this) {
                for (int c = 0; c < columns.length; c++) {
                    ColumnBuilder builder = new ColumnBuilder(context.schema().type(c), count);
                    for (int i = 0; i < count; i++) {
                        builder.append(rows.get(at + i)[context.columns()[c]]);
                    }
                    columns[c] = builder.build();
                }
            }
            at += count;
            return new ColumnBatch(context.schema(), columns, count);
        }

        @Override
        public void close() {}
    }

    @Override
    public synchronized void onNewData(Runnable told) {
        wake = told;
    }

    @Override
    public void close() {}
}
