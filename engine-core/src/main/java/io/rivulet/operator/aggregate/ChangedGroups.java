package io.rivulet.operator.aggregate;

import java.util.Arrays;

/** Which keys have changed in which slices, slices ascending. Owned by one task and filled again for every batch. */
final class ChangedGroups {
    private long[] slices = new long[8];
    private int[] ends = new int[8];
    private int count;
    private int[] keys = new int[64];
    private int reached;

    void clear() {
        count = 0;
        reached = 0;
    }

    /** How many slices have changed. */
    int count() {
        return count;
    }

    /** The i-th slice that has changed. */
    long slice(int i) {
        return slices[i];
    }

    private int start(int i) {
        return i == 0 ? 0 : ends[i - 1];
    }

    /** Begins a slice. */
    void slice(long slice) {
        if (count == slices.length) {
            slices = Arrays.copyOf(slices, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        slices[count] = slice;
        ends[count] = start(count);
        count++;
    }

    /** Notes changed keys of the slice begun last. */
    void add(int[] changed, int n) {
        int end = ends[count - 1];
        if (end + n > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(2 * keys.length, end + n));
        }
        System.arraycopy(changed, 0, keys, end, n);
        ends[count - 1] = end + n;
    }

    /** Bytes of the arrays. */
    long bytes() {
        return 12L * slices.length + 4L * keys.length;
    }

    /**
     * Writes down, for every key, the last slice it has changed in before a time; times ascend from call to call.
     *
     * @param changedAt per key
     */
    void mark(long before, long[] changedAt) {
        while (reached < count && slices[reached] < before) {
            for (int i = start(reached); i < ends[reached]; i++) {
                changedAt[keys[i]] = slices[reached];
            }
            reached++;
        }
    }
}
