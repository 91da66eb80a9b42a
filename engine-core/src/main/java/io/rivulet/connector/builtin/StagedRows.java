package io.rivulet.connector.builtin;

import io.rivulet.record.RecordCodec;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBuilder;
import java.util.Arrays;

/**
 * Records that one thread has taken apart and not yet put into an ingest: their accessors run, and their text is
 * encoded, while nobody else waits. Used by one thread at a time, and again and again.
 */
final class StagedRows {
    private static final int FIRST_ROOM = 4;
    private static final int KEPT_ROWS = 256;
    private static final long KEPT_BYTES = 32 << 10;

    private final ColumnBuilder[] columns;
    /** What the rows up to and with each count. */
    private long[] ends = new long[FIRST_ROOM];

    private int count;

    StagedRows(Schema schema) {
        columns = ColumnBuilder.forSchema(schema, FIRST_ROOM);
    }

    /** Takes a record apart; what it throws leaves rows that only {@link #clear} may follow. */
    <T extends Record> void add(RecordCodec<T> codec, T instance) {
        codec.append(instance, columns);
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, 2 * count);
        }
        long used = 0;
        for (ColumnBuilder column : columns) {
            used += column.usedBytes();
        }
        count++;
        ends[count - 1] = used + (long) Long.BYTES * count; // a row's position counts, too
    }

    /** Rows. */
    int count() {
        return count;
    }

    /** What all rows count towards the limit: about what their columns and positions take. */
    long bytes() {
        return count == 0 ? 0 : ends[count - 1];
    }

    /** What one row counts. */
    long bytes(int row) {
        return row == 0 ? ends[0] : ends[row] - ends[row - 1];
    }

    /** Appends rows to builders of the same columns. */
    void copyTo(ColumnBuilder[] builders, int from, int to) {
        for (int i = 0; i < builders.length; i++) {
            builders[i].appendAll(columns[i], from, to);
        }
    }

    /** Whether it has grown beyond what is worth keeping. */
    boolean large() {
        return ends.length > KEPT_ROWS || bytes() > KEPT_BYTES;
    }

    /** Forgets the rows. */
    void clear() {
        for (ColumnBuilder column : columns) {
            column.clear();
        }
        count = 0;
    }
}
