package io.rivulet.operator.aggregate;

import io.rivulet.time.WindowSpec;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.ConstantVector;
import io.rivulet.vector.LongVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the rows of a column batch by the slice of event time they fall in. Rows mostly share a slice, and then nothing
 * is sorted at all. Rows keep their order within a slice; slices come in the order of their first row. Owned by one
 * task and loaded again for every batch.
 */
final class SliceRows {
    private final @Nullable WindowSpec window;
    private long[] slices = new long[8];
    private int[] ends = new int[8];
    private int sliceCount;
    private int[] sliceOf = new int[0];
    private int[] sorted = new int[0];
    private boolean whole;
    /** Whether the rows come slice after slice already, so that none is sorted. */
    private boolean ascending;

    private int nullTimes;
    private long[] seen = new long[16];
    private int[] seenAt = new int[16];

    /** @param window the windows, or null when every distinct time is a slice of its own */
    SliceRows(@Nullable WindowSpec window) {
        this.window = window;
    }

    /** How many slices the batch has rows in. */
    int count() {
        return sliceCount;
    }

    /** The i-th slice: its start, or its time. */
    long slice(int i) {
        return slices[i];
    }

    /** Whether the batch has one slice with all its rows; then there is no list of rows. */
    boolean whole() {
        return whole;
    }

    /** Rows without a time: they are in no slice. */
    int nullTimes() {
        return nullTimes;
    }

    /** How many rows the i-th slice has. */
    int rows(int i) {
        return whole ? ends[0] : ends[i] - start(i);
    }

    private int start(int i) {
        return i == 0 ? 0 : ends[i - 1];
    }

    /** Copies what belongs to the rows of the i-th of several slices to the start of another array. */
    void copyOf(int i, int[] byRow, int[] into) {
        int first = start(i);
        int count = rows(i);
        if (ascending) {
            System.arraycopy(byRow, first, into, 0, count);
            return;
        }
        for (int r = 0; r < count; r++) {
            into[r] = byRow[sorted[first + r]];
        }
    }

    /** Copies the rows of the i-th slice into an array, from a place on. */
    void copyRows(int i, int[] into, int at) {
        if (!ascending) {
            System.arraycopy(sorted, start(i), into, at, rows(i));
            return;
        }
        int first = start(i);
        int count = rows(i);
        for (int row = 0; row < count; row++) {
            into[at + row] = first + row;
        }
    }

    /** @param batch has no selection */
    void load(ColumnBatch batch, int timeColumn) {
        int count = batch.size();
        sliceCount = 0;
        nullTimes = 0;
        whole = false;
        ascending = false;
        ColumnVector column = batch.column(timeColumn);
        if (count > 0 && column instanceof ConstantVector constant && constant.value() instanceof LongVector one) {
            if (one.isNull(0)) {
                nullTimes = count;
            } else {
                take(one.values()[0], count);
            }
            return;
        }
        ColumnVector times = column.flatten();
        if (count == 0 || !(times instanceof LongVector longs)) {
            return;
        }
        long[] micros = longs.values();
        if (longs.allPresent() && oneSlice(micros, count)) {
            take(micros[0], count);
            return;
        }
        if (longs.allPresent() && oneAfterTheOther(micros, count)) {
            ascending = true;
            return;
        }
        sliceCount = 0;
        sort(longs, micros, count);
    }

    /** All rows are in the slice of one time. */
    private void take(long micros, int count) {
        whole = true;
        slices[0] = slice(micros);
        ends[0] = count;
        sliceCount = 1;
    }

    private long slice(long micros) {
        return window == null ? micros : window.sliceStart(micros);
    }

    private boolean oneSlice(long[] micros, int count) {
        long from = slice(micros[0]);
        long to = window == null ? from + 1 : window.sliceEnd(from);
        if (micros[count - 1] < from || micros[count - 1] >= to) {
            return false; // mostly it is the last row that is in another slice
        }
        long least = micros[0];
        long greatest = micros[0];
        for (int i = 1; i < count; i++) {
            least = Math.min(least, micros[i]);
            greatest = Math.max(greatest, micros[i]);
        }
        return least >= from && greatest < to;
    }

    /** Takes rows that come slice after slice; gives up at the first that does not. */
    private boolean oneAfterTheOther(long[] micros, int count) {
        int row = 0;
        while (row < count) {
            long from = slice(micros[row]);
            if (sliceCount > 0 && from <= slices[sliceCount - 1]) {
                return false;
            }
            long length = (window == null ? from + 1 : window.sliceEnd(from)) - from;
            row++;
            while (row < count && Long.compareUnsigned(micros[row] - from, length) < 0) {
                row++;
            }
            ensureSlices();
            slices[sliceCount] = from;
            ends[sliceCount++] = row;
        }
        return true;
    }

    private void ensureSlices() {
        if (sliceCount == slices.length) {
            slices = Arrays.copyOf(slices, 2 * sliceCount);
            ends = Arrays.copyOf(ends, 2 * sliceCount);
        }
    }

    private void sort(LongVector longs, long[] micros, int count) {
        if (sliceOf.length < count) {
            sliceOf = new int[count];
            sorted = new int[count];
        }
        Arrays.fill(seenAt, 0);
        Arrays.fill(ends, 0);
        long from = 0;
        long to = 0;
        int current = -1;
        for (int i = 0; i < count; i++) {
            if (longs.isNull(i)) {
                sliceOf[i] = -1;
                nullTimes++;
                continue;
            }
            long time = micros[i];
            if (current < 0 || time < from || time >= to) {
                from = slice(time);
                to = window == null ? from + 1 : window.sliceEnd(from);
                current = find(from);
            }
            sliceOf[i] = current;
            ends[current]++;
        }
        for (int s = 1; s < sliceCount; s++) {
            ends[s] += ends[s - 1];
        }
        for (int i = count - 1; i >= 0; i--) {
            if (sliceOf[i] >= 0) {
                sorted[--ends[sliceOf[i]]] = i;
            }
        }
        // every end is now the start of its slice: shift them back
        int present = count - nullTimes;
        for (int s = 0; s < sliceCount; s++) {
            ends[s] = s + 1 < sliceCount ? ends[s + 1] : present;
        }
    }

    /** The number of a slice in this batch, through a small hash table from slices to numbers plus one. */
    private int find(long slice) {
        int mask = seen.length - 1;
        int slot = (int) ((slice * 0x9E3779B97F4A7C15L) >>> 40) & mask;
        while (seenAt[slot] != 0) {
            if (seen[slot] == slice) {
                return seenAt[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        if (2 * (sliceCount + 1) > seen.length) {
            grow();
            return find(slice);
        }
        ensureSlices();
        slices[sliceCount] = slice;
        seen[slot] = slice;
        seenAt[slot] = ++sliceCount;
        return sliceCount - 1;
    }

    private void grow() {
        int known = sliceCount;
        seen = new long[2 * seen.length];
        seenAt = new int[seen.length];
        int mask = seen.length - 1;
        for (int s = 0; s < known; s++) {
            int slot = (int) ((slices[s] * 0x9E3779B97F4A7C15L) >>> 40) & mask;
            while (seenAt[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            seen[slot] = slices[s];
            seenAt[slot] = s + 1;
        }
    }
}
