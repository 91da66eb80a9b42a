package io.rivulet.state;

import io.rivulet.error.ErrorCode;
import io.rivulet.memory.MemoryPool;
import java.util.Arrays;

/**
 * The words of a bucket's rows in one array: row by row, the words of a row side by side, or column by column. Places
 * without a row hold what a new row starts with. Owned by one task.
 */
final class RowWords {
    private static final int MAX_ROWS = 1 << 29;

    private final MemoryPool memory;
    private RowLayout layout;
    private boolean byColumn;
    /** The word {@code w} of a row is at {@code row * stride + w * wordStep}. */
    private long[] words;

    private int stride;
    private int wordStep;

    /** Room for so many rows. */
    RowWords(RowLayout layout, boolean byColumn, int rows, MemoryPool memory) {
        this.memory = memory;
        this.layout = layout;
        this.byColumn = byColumn;
        memory.reserve(8L * rows * layout.stride);
        words = new long[rows * layout.stride];
        layOut();
        clearNew(0);
    }

    private void layOut() {
        stride = byColumn ? 1 : layout.stride;
        wordStep = byColumn ? room() : 1;
    }

    /** What a row consists of. */
    RowLayout layout() {
        return layout;
    }

    /** The words themselves; another array once there is more room. */
    long[] array() {
        return words;
    }

    /** From one row to the next. */
    int stride() {
        return stride;
    }

    /** From one word of a row to the next. */
    int wordStep() {
        return wordStep;
    }

    /** How many rows there is room for. */
    int room() {
        return words.length / layout.stride;
    }

    long bytes() {
        return 8L * words.length;
    }

    /** Gives rows what a new row starts with. */
    void clear(int from, int to) {
        if (!byColumn) {
            layout.clear(words, from, to);
            return;
        }
        for (int w = 0; w < layout.stride; w++) {
            Arrays.fill(words, w * wordStep + from, w * wordStep + to, layout.template[w]);
        }
    }

    /** Rows that are not there yet hold what they start with, so that adding one writes its key and nothing else. */
    private void clearNew(int from) {
        if (!layout.startsWithZeros) {
            clear(from, room());
        }
    }

    /** Gives the values of rows, but not their keys, what a new row starts with. */
    void clearValues(int[] rows, int count) {
        long[] own = words;
        for (int w = layout.keyWords; w < layout.stride; w++) {
            long initial = layout.template[w];
            int offset = w * wordStep;
            for (int i = 0; i < count; i++) {
                own[rows[i] * stride + offset] = initial;
            }
        }
    }

    /** Makes a run of rows what a run of others, or of these, is; both lie by column. */
    void copy(int to, RowWords from, int first, int count) {
        for (int w = 0; w < layout.stride; w++) {
            System.arraycopy(from.words, w * from.wordStep + first, words, w * wordStep + to, count);
        }
    }

    /** Has room for so many rows; if there is more to be made, at least for twice as many as before. */
    void ensureRoom(long rows) {
        int before = room();
        if (rows <= before) {
            return;
        }
        long wanted = Math.max(2L * before, rows) * layout.stride;
        if (rows > MAX_ROWS || wanted > Integer.MAX_VALUE - 8) {
            throw ErrorCode.MEMORY_LIMIT.error("a bucket of '" + layout.spec.operator() + "' cannot hold " + rows
                    + " keys; use more partitions or smaller windows");
        }
        memory.reserve(8L * wanted);
        long[] old = words;
        words = byColumn ? new long[(int) wanted] : Arrays.copyOf(old, (int) wanted);
        layOut();
        for (int w = 0; byColumn && w < layout.stride; w++) {
            System.arraycopy(old, w * before, words, w * wordStep, before);
        }
        clearNew(before);
        memory.release(8L * old.length);
    }

    /** Lies otherwise from now on, without rows, in the array it has. */
    void reset(RowLayout other, boolean columns) {
        layout = other;
        byColumn = columns;
        layOut();
        clear(0, room());
        // where a row begins that there is no room for yet
        Arrays.fill(words, room() * layout.stride, words.length, 0);
    }
}
