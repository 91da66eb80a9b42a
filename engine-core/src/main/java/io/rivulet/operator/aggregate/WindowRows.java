package io.rivulet.operator.aggregate;

import io.rivulet.time.WindowSpec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a column batch by overlapping windows: each open window that has any, with its rows in their order. Owned
 * by one task and loaded again for every batch.
 */
final class WindowRows {
    private final WindowSpec window;
    private final SliceRows slices;
    private int[] ascending = new int[8];
    private int[] rows = new int[0];
    private int count;
    private int sliceCount;
    /** The first slice, in ascending order, that the current window or a later one can hold. */
    private int at;

    private long start;
    private long following;

    /** @param slices the rows by slice, loaded before this is */
    WindowRows(WindowSpec window, SliceRows slices) {
        this.window = window;
        this.slices = slices;
    }

    /** Begins before the first window that has not ended at a time. */
    void load(long lateMicros) {
        sliceCount = slices.count();
        if (ascending.length < sliceCount) {
            ascending = new int[2 * sliceCount];
        }
        for (int s = 0; s < sliceCount; s++) {
            int to = s; // slices mostly come in order
            for (; to > 0 && slices.slice(ascending[to - 1]) > slices.slice(s); to--) {
                ascending[to] = ascending[to - 1];
            }
            ascending[to] = s;
        }
        at = 0;
        start = Long.MIN_VALUE;
        following = window.firstStart(lateMicros);
    }

    /** Goes on to the next window that has rows; false when there is none. */
    boolean next() {
        if (following == start && start == Long.MAX_VALUE) {
            return false;
        }
        while (at < sliceCount && slices.slice(ascending[at]) < following) {
            at++;
        }
        if (at == sliceCount) {
            return false;
        }
        start = Math.max(following, window.firstStart(slices.slice(ascending[at])));
        following = window.nextStart(start);
        collect(window.end(start));
        return true;
    }

    private void collect(long end) {
        count = 0;
        int last = at;
        for (; last < sliceCount && slices.slice(ascending[last]) < end; last++) {
            int own = slices.rows(ascending[last]);
            if (rows.length < count + own) {
                rows = Arrays.copyOf(rows, Math.max(1024, 2 * (count + own)));
            }
            if (!slices.whole()) {
                slices.copyRows(ascending[last], rows, count);
            }
            count += own;
        }
        if (last > at + 1) {
            Arrays.sort(rows, 0, count);
        }
    }

    /** The start of the window. */
    long start() {
        return start;
    }

    /** How many rows it has. */
    int count() {
        return count;
    }

    /** Its rows, or null when it has all rows of the batch. */
    int @Nullable [] rows() {
        return slices.whole() ? null : rows;
    }
}
