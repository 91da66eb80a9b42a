package io.rivulet.connector.builtin;

import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;

/** Rows of an ingest that no longer change. */
final class IngestChunk {
    private final long start;
    private final ColumnBatch rows;
    private final long before;
    private final long[] positions;
    private final long bytes;

    /**
     * Rows of an ingest.
     *
     * @param start the number of the first
     * @param before the host's position that was reached before the first
     * @param positions what the host gave with each, {@link IngestOffset#NO_POSITION} where it gave none; shared
     * @param bytes what they were counted as
     */
    IngestChunk(long start, ColumnBatch rows, long before, long[] positions, long bytes) {
        this.start = start;
        this.rows = rows;
        this.before = before;
        this.positions = positions;
        this.bytes = bytes;
    }

    long start() {
        return start;
    }

    long end() {
        return start + rows.size();
    }

    ColumnBatch rows() {
        return rows;
    }

    /** The rows whose numbers lie in a range (a copy, unless it is all of them). */
    ColumnBatch part(long from, long to) {
        return part(rows, from, to);
    }

    /** As {@link #part(long, long)}, but only some of the columns, so that no other is copied. */
    ColumnBatch part(Schema schema, int[] wanted, long from, long to) {
        ColumnVector[] columns = new ColumnVector[wanted.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows.column(wanted[i]);
        }
        return part(new ColumnBatch(schema, columns, rows.size()), from, to);
    }

    private ColumnBatch part(ColumnBatch all, long from, long to) {
        int first = (int) Math.max(0, from - start);
        int count = (int) (Math.min(end(), to) - start) - first;
        if (count == all.size()) {
            return all;
        }
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = first + i;
        }
        return all.take(numbers, count);
    }

    long bytes() {
        return bytes;
    }

    /** The position that the host gave with a row, counted from the first of the chunk. */
    long position(int row) {
        return positions[row];
    }

    /** The position that is reached with the rows before a number. */
    long reachedBefore(long number) {
        for (int i = (int) (number - start) - 1; i >= 0; i--) {
            if (positions[i] != IngestOffset.NO_POSITION) {
                return positions[i];
            }
        }
        return before;
    }
}
