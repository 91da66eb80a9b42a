package io.rivulet.operator.aggregate;

import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import java.util.Arrays;

/**
 * A front for slices that have most of the keys each: a run of rows per slice, with a row for every key at its number. A
 * row whose first word is negative is none. Values must be of fixed width, because runs are copied as a whole.
 */
final class DenseFront extends Front {
    /** Rows that are not needed are kept as long as they are not so many times those needed. */
    private static final int WASTE = 4;

    /** Rows of a run. */
    private int extent;
    /** The slice of each run, descending. */
    private long[] slices = new long[64];

    private int runs;
    /** The run that {@link #take} takes into. */
    private int open;
    /** The run of the window that was looked at last. */
    private int reached;

    private int[] into = new int[0];

    DenseFront(StateTable slices, GroupedAggregation aggregation, MemoryPool memory) {
        super(slices, aggregation, memory);
    }

    @Override
    void clear(int keys, int[] only, int count) {
        if (size() > WASTE * (long) runs * extent) {
            dropRows();
        }
        extent = keys;
        runs = 0;
        reached = Integer.MAX_VALUE;
    }

    /** Whether it has runs for just these buckets, oldest first, and rows for all keys. */
    boolean covers(StateTable table, int first, int end) {
        if (table.keyCount() > extent || end - first > runs) {
            return false;
        }
        for (int b = first; b < end; b++) {
            if (slices[end - 1 - b] != table.bucketId(b)) {
                return false;
            }
        }
        return true;
    }

    @Override
    void forget(int[] keys, int count) {
        open = -1;
    }

    @Override
    void open(long slice, int[] only, int count) {
        if (count < 0) {
            openNew(slice);
            return;
        }
        open++;
        long[] words = states.words();
        int stride = states.stride();
        int first = open * extent;
        for (int i = 0; i < count; i++) {
            int row = first + only[i];
            if (open == 0) {
                states.clearRun(row, 1);
            } else {
                System.arraycopy(words, (row - extent) * stride, words, row * stride, stride);
            }
        }
    }

    private void openNew(long slice) {
        if (runs == slices.length) {
            slices = Arrays.copyOf(slices, 2 * runs);
        }
        open = runs;
        slices[runs++] = slice;
        long missing = (long) runs * extent - size();
        if (missing > 0) {
            states.append((int) Math.min(missing, Integer.MAX_VALUE));
        }
        if (open == 0) {
            states.clearRun(0, extent);
        } else {
            states.copyRun((open - 1) * extent, open * extent, extent);
        }
    }

    @Override
    void take(TableBucket bucket, int[] rows, int[] keys, int count) {
        if (into.length < count) {
            into = new int[count];
        }
        int first = open * extent;
        long[] words = states.words();
        int stride = states.stride();
        for (int i = 0; i < count; i++) {
            int row = first + keys[i];
            into[i] = row;
            words[row * stride] = keys[i];
        }
        aggregation.merge(states, into, bucket, rows, count);
    }

    @Override
    void find(long windowStart, int[] keys, int count, int[] rows) {
        int run = Math.min(reached, runs - 1);
        while (run >= 0 && slices[run] < windowStart) {
            run--;
        }
        reached = run;
        if (run < 0) {
            Arrays.fill(rows, 0, count, -1);
            return;
        }
        long[] words = states.words();
        int stride = states.stride();
        int first = run * extent;
        for (int i = 0; i < count; i++) {
            int row = first + keys[i];
            rows[i] = keys[i] < extent && words[row * stride] >= 0 ? row : -1;
        }
    }
}
