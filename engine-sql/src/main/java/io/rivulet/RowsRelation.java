package io.rivulet;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.sql.logical.RelationSource;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are there already, as a bounded table: a batch of foreachBatch, a memory table, rows of the program. */
record RowsRelation(String description, Schema schema, List<ColumnBatch> batches) implements RelationSource {
    RowsRelation {
        batches = batches.stream().map(ColumnBatch::compact).toList();
    }

    @Override
    public String kind() {
        return "rows";
    }

    @Override
    public boolean streaming() {
        return false;
    }

    @Override
    public Source open(@Nullable Path directory) {
        return new RowsSource();
    }

    /** Some of the batches, in order. */
    private record BatchRange(int from, int to, long estimatedRows) implements Split {}

    private final class RowsSource implements Source {
        @Override
        public Schema schema() {
            return schema;
        }

        @Override
        public String description() {
            return description;
        }

        @Override
        public Offset initial() {
            return new Offset("0");
        }

        @Override
        public Offset latest(Offset start, ReadLimit limit) {
            return new Offset(String.valueOf(batches.size()));
        }

        @Override
        public void stopAtAvailable() {}

        @Override
        public List<BatchRange> splits(Offset start, Offset end, int parallelism) {
            List<BatchRange> splits = new ArrayList<>();
            int to = Integer.parseInt(end.text());
            for (int i = Integer.parseInt(start.text()); i < to; i++) {
                splits.add(new BatchRange(i, i + 1, batches.get(i).size()));
            }
            return splits;
        }

        @Override
        public SplitReader reader(Split split, ReadContext context) {
            return new Reader((BatchRange) split, context);
        }

        @Override
        public void onNewData(Runnable wake) {}

        @Override
        public void close() {}
    }

    private final class Reader implements SplitReader {
        private final BatchRange range;
        private final ReadContext context;
        private int batch;
        private int row;

        Reader(BatchRange range, ReadContext context) {
            this.range = range;
            this.context = context;
            this.batch = range.from;
        }

        @Override
        public @Nullable ColumnBatch next() {
            while (batch < range.to && row >= batches.get(batch).size()) {
                batch++;
                row = 0;
            }
            if (batch >= range.to) {
                return null;
            }
            ColumnBatch rows = batches.get(batch);
            int[] wanted = context.columns();
            ColumnVector[] columns = new ColumnVector[wanted.length];
            for (int i = 0; i < wanted.length; i++) {
                columns[i] = rows.column(wanted[i]);
            }
            ColumnBatch projected = new ColumnBatch(context.schema(), columns, rows.size());
            int count = Math.min(context.vectorSize(), rows.size() - row);
            int from = row;
            row += count;
            return count == rows.size() ? projected : part(projected, from, count);
        }

        private static ColumnBatch part(ColumnBatch batch, int from, int count) {
            int[] rows = new int[count];
            for (int i = 0; i < count; i++) {
                rows[i] = from + i;
            }
            return batch.take(rows, count);
        }

        @Override
        public void close() {}
    }
}
