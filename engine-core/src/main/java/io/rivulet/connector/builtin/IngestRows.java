package io.rivulet.connector.builtin;

import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of an ingest, numbered in the order they came: chunks of columns that are complete and immutable, and one
 * that still grows. Guarded by its owner's lock; a chunk that was given out may be read without it.
 */
final class IngestRows {
    private static final int CHUNK_ROWS = 1024;
    private static final int LEAST_ROOM = 16;

    private final Schema schema;
    private final ArrayDeque<IngestChunk> chunks = new ArrayDeque<>();
    private ColumnBuilder[] open;
    private long[] openPositions = new long[0];
    private long openBefore = IngestOffset.NO_POSITION;
    private int openRows;
    private int expectedRows = LEAST_ROOM;
    private long openBytes;
    private long first;
    private long next;
    private long bytes;
    private long reached = IngestOffset.NO_POSITION;

    IngestRows(Schema schema) {
        this.schema = schema;
        this.open = ColumnBuilder.forSchema(schema, LEAST_ROOM);
    }

    Schema schema() {
        return schema;
    }

    /** The number of the oldest row that is still needed. */
    long first() {
        return first;
    }

    /** The number that the next row will have. */
    long next() {
        return next;
    }

    /** Rows that are still needed. */
    long count() {
        return next - first;
    }

    /** What the chunks are counted as. */
    long bytes() {
        return bytes;
    }

    /** The newest position of the host. */
    long reached() {
        return reached;
    }

    /** Says that the host had come to a position before. */
    void reached(long position) {
        reached = Math.max(reached, position);
    }

    /**
     * Appends rows, all or none.
     *
     * @param staged rows, of which those from {@code from} to {@code to} come
     * @param position reached with the last of them, or {@link IngestOffset#NO_POSITION}
     */
    void append(StagedRows staged, int from, int to, long position, long size) {
        if (openRows > 0 && openRows + to - from > CHUNK_ROWS) {
            seal();
        }
        if (openRows == 0) {
            openPositions = new long[Math.max(expectedRows, to - from)];
            openBefore = reached;
        }
        int before = openRows;
        try {
            staged.copyTo(open, from, to);
        } catch (RuntimeException | Error e) {
            for (ColumnBuilder column : open) {
                column.truncate(before);
            }
            throw e;
        }
        openRows += to - from;
        if (openPositions.length < openRows) {
            openPositions = Arrays.copyOf(openPositions, Math.max(openRows, 2 * openPositions.length));
        }
        Arrays.fill(openPositions, before, openRows, IngestOffset.NO_POSITION);
        if (position != IngestOffset.NO_POSITION) {
            openPositions[openRows - 1] = position;
            reached = position;
        }
        next += to - from;
        openBytes += size;
        bytes += size;
    }

    /** Makes what has come so far readable. */
    void seal() {
        if (openRows == 0) {
            return;
        }
        expectedRows = Math.min(CHUNK_ROWS, Math.max(LEAST_ROOM, openRows)); // about as many as before
        ColumnVector[] columns = new ColumnVector[open.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = open[i].build(expectedRows);
        }
        ColumnBatch rows = new ColumnBatch(schema, columns, openRows);
        chunks.add(new IngestChunk(next - openRows, rows, openBefore, openPositions, openBytes));
        openPositions = new long[0];
        openRows = 0;
        openBytes = 0;
    }

    /** Where a batch ends that begins at a row and takes at most so many rows and bytes, but at least one row. */
    long bounded(long from, long end, long maxBytes) {
        long left = maxBytes;
        for (IngestChunk chunk : chunks) {
            if (chunk.end() <= from) {
                continue;
            }
            if (chunk.start() >= end) {
                break;
            }
            long rowBytes = Math.max(1, chunk.bytes() / chunk.rows().size());
            long begin = Math.max(from, chunk.start());
            long rows = Math.min(end, chunk.end()) - begin;
            if (rows * rowBytes > left) {
                return Math.max(from + 1, begin + left / rowBytes);
            }
            left -= rows * rowBytes;
        }
        return end;
    }

    /** The position of the host that is reached with the rows before a number; sealed rows only. */
    long reachedBefore(long end) {
        IngestChunk last = chunks.peekLast();
        if (last != null && last.end() == end) {
            return last.reachedBefore(end);
        }
        for (IngestChunk chunk : chunks) {
            if (chunk.start() < end && end <= chunk.end()) {
                return chunk.reachedBefore(end);
            }
        }
        return IngestOffset.NO_POSITION;
    }

    /** The first position that the host gave with a row from a number on. */
    long firstPosition(long from) {
        seal();
        for (IngestChunk chunk : chunks) {
            for (int i = (int) Math.max(0, from - chunk.start());
                    i < chunk.rows().size();
                    i++) {
                if (chunk.position(i) != IngestOffset.NO_POSITION) {
                    return chunk.position(i);
                }
            }
        }
        return IngestOffset.NO_POSITION;
    }

    /** The chunks that hold rows of a range, in order. */
    List<IngestChunk> between(long from, long to) {
        List<IngestChunk> found = new ArrayList<>();
        for (IngestChunk chunk : chunks) {
            if (chunk.end() > from && chunk.start() < to) {
                found.add(chunk);
            }
        }
        return found;
    }

    /** Puts rows before the oldest one. */
    void putBefore(List<ColumnBatch> batches, long position) {
        long start = first;
        for (int i = batches.size() - 1; i >= 0; i--) {
            ColumnBatch batch = batches.get(i);
            long[] positions = new long[batch.size()];
            Arrays.fill(positions, IngestOffset.NO_POSITION);
            start -= batch.size();
            long size = batch.retainedBytes();
            bytes += size;
            chunks.addFirst(new IngestChunk(start, batch, position, positions, size));
        }
        first = start;
    }

    /** Forgets the rows before a number. */
    void freeThrough(long end) {
        if (end == next) {
            chunks.clear();
            if (openRows > 0) {
                open = ColumnBuilder.forSchema(schema, LEAST_ROOM);
            }
            openPositions = new long[0];
            openRows = 0;
            openBytes = 0;
            bytes = 0;
        } else {
            if (end > next - openRows) {
                seal();
            }
            IngestChunk oldest = chunks.peekFirst();
            while (oldest != null && oldest.end() <= end) {
                bytes -= oldest.bytes();
                chunks.removeFirst();
                oldest = chunks.peekFirst();
            }
        }
        first = end;
    }
}
