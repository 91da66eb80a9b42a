package io.rivulet.operator.aggregate;

import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import java.util.Arrays;

/**
 * A front for slices that have most of the keys each: a run of rows per slice, with a row for every key at its number. Not
 * all of them are there. Values must be of fixed width, because runs are copied as a whole.
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
            states.clear();
        }
        extent = (keys + Long.SIZE - 1) & -Long.SIZE;
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
        int first = open * extent;
        for (int i = 0; i < count; i++) {
            int row = first + only[i];
            if (open == 0) {
                states.forgetRun(row, 1);
            } else {
                states.copyRun(row, states, row - extent, 1);
            }
        }
    }

    private void openNew(long slice) {
        addRun(slice);
        if (open == 0) {
            states.forgetRun(0, extent);
        } else {
            states.copyRun(open * extent, states, (open - 1) * extent, extent);
        }
    }

    private void addRun(long slice) {
        if (runs == slices.length) {
            slices = Arrays.copyOf(slices, 2 * runs);
        }
        open = runs;
        slices[runs++] = slice;
        long missing = (long) runs * extent - size();
        if (missing > 0) {
            states.append((int) Math.min(missing, Integer.MAX_VALUE));
        }
    }

    /** Begins the next older slice and takes all its groups; it is dense, and no key has got a number since {@link #clear}. */
    void open(long slice, TableBucket bucket) {
        addRun(slice);
        int count = bucket.extent();
        int first = open * extent;
        int held = first - extent;
        if (open == 0) {
            states.forgetRun(0, extent);
            held = 0;
        } else {
            states.copyRun(first + count, states, held + count, extent - count);
        }
        TableBucket all = states.bucket();
        states.joinPresent(first, all, held, bucket, 0, count);
        aggregation.joinRuns(all, first, all, held, bucket, 0, count);
    }

    @Override
    void take(TableBucket bucket, int[] rows, int[] keys, int count) {
        if (into.length < count) {
            into = new int[count];
        }
        int first = open * extent;
        for (int i = 0; i < count; i++) {
            into[i] = first + keys[i];
        }
        states.setPresent(into, count);
        aggregation.merge(states.bucket(), into, bucket, rows, count);
    }

    /** Rows of a run: the number of a key with a state is below this. */
    int extent() {
        return extent;
    }

    /** The first row of the run for the window's part of the block, or -1; windows ascend from call to call. */
    int firstRow(long windowStart) {
        int run = Math.min(reached, runs - 1);
        while (run >= 0 && slices[run] < windowStart) {
            run--;
        }
        reached = run;
        return run < 0 ? -1 : run * extent;
    }

    @Override
    void find(long windowStart, int[] keys, int count, int[] rows) {
        int first = firstRow(windowStart);
        for (int i = 0; i < count; i++) {
            rows[i] = first >= 0 && keys[i] < extent && states.isPresent(first + keys[i]) ? first + keys[i] : -1;
        }
    }
}
