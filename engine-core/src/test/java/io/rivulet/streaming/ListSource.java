package io.rivulet.streaming;

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

/** A source over rows that a test adds; offsets are row counts, so a restart reads the same rows again. */
final class ListSource implements Source {
    record Range(long from, long to) implements Split {
        @Override
        public long estimatedRows() {
            return to - from;
        }
    }

    private final Schema schema;
    private final List<List<?>> rows = new ArrayList<>();
    private Runnable wake = () -> {};

    ListSource(Schema schema) {
        this.schema = schema;
    }

    synchronized void add(List<?>... added) {
        rows.addAll(List.of(added));
        wake.run();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public String description() {
        return "list";
    }

    @Override
    public Offset initial() {
        return new Offset("0");
    }

    @Override
    public synchronized Offset latest(Offset start, ReadLimit limit) {
        long from = Long.parseLong(start.text());
        return new Offset(Long.toString(Math.min(rows.size(), from + Math.min(limit.maxRows(), Integer.MAX_VALUE))));
    }

    @Override
    public void stopAtAvailable() {}

    @Override
    public List<Range> splits(Offset start, Offset end, int parallelism) {
        List<Range> splits = new ArrayList<>();
        for (long i = Long.parseLong(start.text()); i < Long.parseLong(end.text()); i += 3) {
            splits.add(new Range(i, Math.min(i + 3, Long.parseLong(end.text()))));
        }
        return splits;
    }

    @Override
    public SplitReader reader(Split split, ReadContext context) {
        return new SplitReader() {
            private long at = ((Range) split).from();

            @Override
            public @Nullable ColumnBatch next() {
                long end = Math.min(((Range) split).to(), at + context.vectorSize());
                if (at >= end) {
                    return null;
                }
                ColumnBuilder[] builders = ColumnBuilder.forSchema(context.schema(), 8);
                for (; at < end; at++) {
                    List<?> row;
                    synchronized (ListSource.this) {
                        row = rows.get((int) at);
                    }
                    for (int c = 0; c < builders.length; c++) {
                        builders[c].append(row.get(context.columns()[c]));
                    }
                }
                ColumnVector[] columns = new ColumnVector[builders.length];
                for (int c = 0; c < columns.length; c++) {
                    columns[c] = builders[c].build();
                }
                return new ColumnBatch(context.schema(), columns, columns[0].size());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized void onNewData(Runnable newWake) {
        wake = newWake;
    }

    @Override
    public void close() {}
}
