package io.rivulet.operator.project;

import io.rivulet.operator.ForwardingOperator;
import io.rivulet.operator.Operator;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.StructVector;
import io.rivulet.vector.Validity;
import java.util.Arrays;

/** Passes on each row once for each window that its time falls in, with the window as one more column. */
public final class ExpandWindowsOperator extends ForwardingOperator {
    private final int timeColumn;
    private final WindowSpec window;
    private final Schema schema;
    private final int[] rows;
    private final long[] starts;
    private int count;

    /**
     * @param timeColumn a TIMESTAMP or TIMESTAMP_NTZ column; rows without a time drop out
     * @param schema the columns that come in, then the window
     * @param vectorSize the most rows of a batch given out
     */
    public ExpandWindowsOperator(int timeColumn, WindowSpec window, Schema schema, int vectorSize, Operator next) {
        super(next);
        this.timeColumn = timeColumn;
        this.window = window;
        this.schema = schema;
        this.rows = new int[vectorSize];
        this.starts = new long[vectorSize];
    }

    @Override
    public void process(ColumnBatch batch) {
        ColumnBatch compact = batch.compact();
        if (!(compact.column(timeColumn).flatten() instanceof LongVector times)) {
            return; // a column of nulls only
        }
        long[] micros = times.values();
        boolean allPresent = times.allPresent();
        count = 0;
        for (int i = 0; i < compact.size(); i++) {
            if (!allPresent && times.isNull(i)) {
                continue;
            }
            long last = window.lastStart(micros[i]);
            for (long start = window.firstStart(micros[i]); start <= last; start = window.nextStart(start)) {
                if (count == rows.length) {
                    flush(compact);
                }
                rows[count] = i;
                starts[count++] = start;
            }
        }
        flush(compact);
    }

    private void flush(ColumnBatch batch) {
        if (count == 0) {
            return;
        }
        ColumnVector[] taken = batch.take(rows, count).columns();
        ColumnVector[] columns = Arrays.copyOf(taken, taken.length + 1);
        columns[taken.length] = windows();
        next.process(new ColumnBatch(schema, columns, count));
        count = 0;
    }

    private StructVector windows() {
        StructType type = (StructType) schema.type(schema.size() - 1);
        long[] from = Arrays.copyOf(starts, count);
        long[] to = new long[count];
        for (int i = 0; i < count; i++) {
            to[i] = window.end(from[i]);
        }
        ColumnVector[] bounds = {
            new LongVector(type.schema().type(0), from, count, Validity.ALL_PRESENT),
            new LongVector(type.schema().type(1), to, count, Validity.ALL_PRESENT)
        };
        return new StructVector(type, bounds, count, Validity.ALL_PRESENT);
    }
}
