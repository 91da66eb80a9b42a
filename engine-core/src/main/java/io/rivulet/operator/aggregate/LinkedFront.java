package io.rivulet.operator.aggregate;

import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import java.util.Arrays;

/**
 * A front for slices that have few of the keys each: a row per group of a slice, which knows the row of the same key in
 * the next slice that has it.
 */
final class LinkedFront extends Front {
    private static final int BYTES_PER_KEY = 4;
    private static final int BYTES_PER_ROW = 4 + 8;
    private static final int FIRST_ROWS = 1024;

    /** Per key: its first row in the window, or -1. Lags behind the window until the key is looked at. */
    private int[] head = new int[0];
    /** Per row: the row of the same key in the next slice that has it, or -1. */
    private int[] nextRow = new int[0];
    /** Per row: its slice. */
    private long[] sliceOfRow = new long[0];

    private long slice;
    private int[] into = new int[0];
    private int[] from = new int[0];

    LinkedFront(StateTable slices, GroupedAggregation aggregation, MemoryPool memory) {
        super(slices, aggregation, memory);
    }

    @Override
    void clear(int keys, int[] only, int count) {
        states.clear();
        ensureKeys(keys);
        if (count < 0) {
            Arrays.fill(head, -1);
        } else {
            forget(only, count);
        }
    }

    private void ensureKeys(int keys) {
        if (keys > head.length) {
            int length = Math.max(keys, Math.max(FIRST_ROWS, 2 * head.length));
            int known = head.length;
            memory.reserve((long) BYTES_PER_KEY * (length - known));
            head = Arrays.copyOf(head, length);
            Arrays.fill(head, known, length, -1);
        }
    }

    @Override
    void forget(int[] keys, int count) {
        for (int i = 0; i < count; i++) {
            ensureKeys(keys[i] + 1);
            head[keys[i]] = -1;
        }
    }

    @Override
    void open(long nextSlice, int[] only, int count) {
        slice = nextSlice;
    }

    @Override
    void take(TableBucket bucket, int[] rows, int[] keys, int count) {
        int first = states.append(count);
        ensureRows(first + count);
        ensureScratch(count);
        for (int i = 0; i < count; i++) {
            into[i] = first + i;
        }
        aggregation.merge(states.bucket(), into, bucket, rows, count);
        int later = 0;
        for (int i = 0; i < count; i++) {
            int next = head[keys[i]];
            head[keys[i]] = first + i;
            nextRow[first + i] = next;
            sliceOfRow[first + i] = slice;
            if (next >= 0) {
                into[later] = first + i;
                from[later++] = next;
            }
        }
        aggregation.merge(states.bucket(), into, states.bucket(), from, later);
    }

    @Override
    void find(long windowStart, int[] keys, int count, int[] rows) {
        int known = head.length;
        for (int i = 0; i < count; i++) {
            int row = keys[i] < known ? head[keys[i]] : -1;
            if (row >= 0 && sliceOfRow[row] < windowStart) {
                do {
                    row = nextRow[row];
                } while (row >= 0 && sliceOfRow[row] < windowStart);
                head[keys[i]] = row;
            }
            rows[i] = row;
        }
    }

    private void ensureRows(int needed) {
        if (needed > nextRow.length) {
            int length = Math.max(needed, Math.max(FIRST_ROWS, 2 * nextRow.length));
            memory.reserve((long) BYTES_PER_ROW * (length - nextRow.length));
            nextRow = Arrays.copyOf(nextRow, length);
            sliceOfRow = Arrays.copyOf(sliceOfRow, length);
        }
    }

    private void ensureScratch(int needed) {
        if (needed > into.length) {
            into = new int[needed];
            from = new int[needed];
        }
    }
}
