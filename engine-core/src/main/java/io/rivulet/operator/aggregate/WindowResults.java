package io.rivulet.operator.aggregate;

import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.DenseRows;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/** Puts the results of a {@link RunningWindow} together, a vector of keys at a time: front, then back. Owned by one task. */
final class WindowResults implements AutoCloseable {
    private static final int NO_KEYS = -1;

    private final StateTable slices;
    private final GroupedAggregation aggregation;
    private final int keyColumns;
    private final DenseRows states;

    private final int[] ascending;
    /** The rows of {@link #states} that have been filled last. */
    private final int[] filled;

    private final boolean joinsRuns;
    /** The results, if they are of a run. */
    private ColumnVector @Nullable [] joined;

    private final int[] older;
    private final int[] into;
    private final int[] from;

    /** The key columns of the first keys, as they were given out last. */
    private ColumnVector[] keys = new ColumnVector[0];

    private int keysCount = NO_KEYS;
    private long keysNumbering;

    /** @param vectorSize the most keys at a time */
    WindowResults(
            StateTable slices, GroupedAggregation aggregation, int keyColumns, MemoryPool memory, int vectorSize) {
        this.slices = slices;
        this.aggregation = aggregation;
        this.keyColumns = keyColumns;
        this.joinsRuns = slices.hasFixedWidth() && aggregation.joinsResults();
        this.states = new DenseRows(slices, memory);
        states.append(vectorSize);
        ascending = new int[vectorSize];
        for (int i = 0; i < vectorSize; i++) {
            ascending[i] = i;
        }
        filled = new int[vectorSize];
        older = new int[vectorSize];
        into = new int[vectorSize];
        from = new int[vectorSize];
    }

    /** Whether {@link #ofRun} can be asked for. */
    boolean joinsRuns() {
        return joinsRuns;
    }

    /**
     * For keys one upon the other, whose states lie in the order of their numbers.
     *
     * @param front a dense one with places for all the keys, or null when they have no older slices
     * @param back a row per key
     * @param n the keys from {@code first} on
     * @param selected filled with those that have groups
     * @return how many they are
     */
    int ofRun(@Nullable DenseFront front, long start, DenseRows back, int first, int n, int[] selected) {
        int row = front == null ? -1 : front.firstRow(start);
        TableBucket newer = back.bucket();
        TableBucket older = front == null || row < 0 ? null : front.states.bucket();
        if (older == null) {
            states.joinPresent(0, newer, first, newer, first, n);
        } else {
            states.joinPresent(0, older, row + first, newer, first, n);
        }
        int count = states.present(n, filled);
        for (int i = 0; i < count; i++) {
            selected[i] = first + filled[i];
        }
        joined = aggregation.joinedResults(older, row + first, newer, first, n);
        for (int c = 0; count < n && c < joined.length; c++) {
            joined[c] = joined[c].take(filled, count);
        }
        return count;
    }

    /**
     * For any keys.
     *
     * @param front null when the window has no older slices
     * @param selected the keys; keeps those that have groups
     * @return how many they are
     */
    int of(@Nullable Front front, long start, DenseRows back, int n, int[] selected) {
        if (front != null) {
            front.find(start, selected, n, older);
        }
        int count = 0;
        for (int i = 0; i < n; i++) {
            int key = selected[i];
            int row = front == null ? -1 : older[i];
            selected[count] = key;
            older[count] = row;
            filled[count] = count;
            count += row >= 0 || back.isPresent(key) ? 1 : 0;
        }
        joined = null;
        states.reset(ascending, count);
        if (front != null) {
            mergeFront(front, count);
        }
        aggregation.merge(states.bucket(), ascending, back.bucket(), selected, count);
        return count;
    }

    private void mergeFront(Front front, int count) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            if (older[i] >= 0) {
                into[n] = i;
                from[n++] = older[i];
            }
        }
        aggregation.merge(states.bucket(), into, front.states.bucket(), from, n);
    }

    /**
     * The key columns of the keys selected last; read once for windows that have the same ones.
     *
     * @param ascend whether the keys ascend
     */
    ColumnVector[] keys(int[] selected, int count, boolean ascend) {
        boolean first = ascend && selected[count - 1] == count - 1;
        if (!first || keysNumbering != slices.numbering() || keysCount != count) {
            keys = new ColumnVector[keyColumns];
            for (int k = 0; k < keyColumns; k++) {
                keys[k] = slices.keyColumn(k, selected, count);
            }
            keysNumbering = slices.numbering();
            keysCount = first ? count : NO_KEYS;
        }
        return keys;
    }

    /** The results of the keys selected last, one column per aggregate (copies). */
    ColumnVector[] results(int count) {
        return joined != null ? joined : aggregation.results(states.bucket(), filled, count);
    }

    @Override
    public void close() {
        states.close();
    }
}
