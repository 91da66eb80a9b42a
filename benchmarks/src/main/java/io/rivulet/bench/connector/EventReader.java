package io.rivulet.bench.connector;

import io.rivulet.bench.workload.EvenPace;
import io.rivulet.bench.workload.EventFill;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.SplitReader;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.IntVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Validity;
import org.jspecify.annotations.Nullable;

/** Fills the wanted columns of a range of events into the same arrays again and again. */
final class EventReader implements SplitReader {
    private static final int TS = 0;
    private static final int KEY = 1;
    private static final int VALUE = 2;
    private static final int KIND = 3;

    private final EventFill events;
    private final @Nullable EvenPace pace;
    private final Schema schema;
    private final int[] columns;
    private final int arrayRows;
    private final long end;
    private final long @Nullable [] ts;
    private final long @Nullable [] key;
    private final double @Nullable [] value;
    private final int @Nullable [] kind;
    private long next;

    /** With the events' own times. */
    EventReader(EventFill events, EventSource.Range range, ReadContext context) {
        this(events, null, range, context);
    }

    /** With the times at which the events are due. */
    EventReader(EvenPace pace, EventSource.Range range, ReadContext context) {
        this(pace.events(), pace, range, context);
    }

    private EventReader(EventFill events, @Nullable EvenPace pace, EventSource.Range range, ReadContext context) {
        this.events = events;
        this.pace = pace;
        schema = context.schema();
        columns = context.columns();
        arrayRows = (int) Math.min(range.to() - range.from(), Math.min(context.vectorSize(), EventFill.ARRAY_ROWS));
        next = range.from();
        end = range.to();
        ts = wants(TS) ? new long[arrayRows] : null;
        key = wants(KEY) ? new long[arrayRows] : null;
        value = wants(VALUE) ? new double[arrayRows] : null;
        kind = wants(KIND) ? new int[arrayRows] : null;
    }

    private boolean wants(int column) {
        for (int wanted : columns) {
            if (wanted == column) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable ColumnBatch next() {
        if (next >= end) {
            return null;
        }
        int rows = (int) Math.min(arrayRows, end - next);
        events.fill(next, rows, pace == null ? ts : null, key, value, kind);
        if (pace != null && ts != null) {
            for (int row = 0; row < rows; row++) {
                ts[row] = pace.ts(next + row);
            }
        }
        next += rows;
        ColumnVector[] vectors = new ColumnVector[columns.length];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = vector(columns[i], rows);
        }
        return new ColumnBatch(schema, vectors, rows);
    }

    private ColumnVector vector(int column, int rows) {
        if (column == TS && ts != null) {
            return new LongVector(SimpleType.TIMESTAMP, ts, rows, Validity.ALL_PRESENT);
        }
        if (column == KEY && key != null) {
            return new LongVector(SimpleType.BIGINT, key, rows, Validity.ALL_PRESENT);
        }
        if (column == VALUE && value != null) {
            return new DoubleVector(SimpleType.DOUBLE, value, rows, Validity.ALL_PRESENT);
        }
        if (column == KIND && kind != null) {
            return new IntVector(SimpleType.INT, kind, rows, Validity.ALL_PRESENT);
        }
        throw new IllegalArgumentException("events have no column " + column);
    }

    @Override
    public void close() {
        // the arrays go with the reader
    }
}
