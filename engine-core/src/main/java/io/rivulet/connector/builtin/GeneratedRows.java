package io.rivulet.connector.builtin;

import io.rivulet.connector.ReadContext;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Validity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbered rows with a time, {@code timestamp TIMESTAMP, value BIGINT}, made while they are read. */
final class GeneratedRows implements SplitReader {
    /** What the rate sources give. */
    static final Schema SCHEMA =
            Schema.of(Field.of("timestamp", SimpleType.TIMESTAMP), Field.of("value", SimpleType.BIGINT));

    private static final int TIMESTAMP = 0;

    /** The time of each number. */
    interface Times {
        /** Sets the times, in microseconds, of consecutive numbers. */
        void fill(long first, int count, long[] micros);
    }

    /**
     * Consecutive numbers.
     *
     * @param origin what times are counted from, microseconds
     */
    record Range(long origin, long from, long to) implements Split {
        @Override
        public long estimatedRows() {
            return to - from;
        }

        /** Numbers in about equal parts, none of them empty. */
        static List<Range> cut(long origin, long from, long to, long parts) {
            List<Range> ranges = new ArrayList<>();
            long count = Math.min(parts, to - from);
            long at = from;
            for (long i = 0; i < count; i++) {
                long next = at + (to - at) / (count - i);
                ranges.add(new Range(origin, at, next));
                at = next;
            }
            return ranges;
        }
    }

    private final Range range;
    private final ReadContext context;
    private final int[] columns;
    private final Times times;
    private long at;

    GeneratedRows(Range range, ReadContext context, Times times) {
        this.range = range;
        this.context = context;
        this.columns = context.columns();
        this.times = times;
        this.at = range.from();
    }

    @Override
    public @Nullable ColumnBatch next() {
        int count = (int) Math.min(context.vectorSize(), range.to() - at);
        if (count <= 0) {
            return null;
        }
        ColumnVector[] vectors = new ColumnVector[columns.length];
        for (int c = 0; c < columns.length; c++) {
            long[] values = new long[count];
            if (columns[c] == TIMESTAMP) {
                times.fill(at, count, values);
            } else {
                for (int i = 0; i < count; i++) {
                    values[i] = at + i;
                }
            }
            vectors[c] = new LongVector(SCHEMA.type(columns[c]), values, count, Validity.ALL_PRESENT);
        }
        at += count;
        return new ColumnBatch(context.schema(), vectors, count);
    }

    @Override
    public void close() {
        // holds nothing
    }
}
