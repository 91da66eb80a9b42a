package io.rivulet.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A mark for each place of a dense bucket: whether there is a row. A byte per mark, because a byte is set without reading
 * what lies beside it; runs go eight at a time. Whoever uses a mark has made room for it.
 */
final class RowMarks {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ALL = 0x0101010101010101L;

    /** 0 or 1 each. */
    private byte[] marks = new byte[0];

    long capacityBytes() {
        return marks.length;
    }

    void ensureRoom(int rows) {
        if (rows > marks.length) {
            marks = Arrays.copyOf(marks, rows);
        }
    }

    /** The marks themselves, 0 or 1 each; a view until there is more room. */
    byte[] bytes() {
        return marks;
    }

    boolean get(int row) {
        return marks[row] != 0;
    }

    void set(int row) {
        marks[row] = 1;
    }

    void clear(int row) {
        marks[row] = 0;
    }

    void clear(int first, int count) {
        Arrays.fill(marks, first, first + count, (byte) 0);
    }

    void clearAll() {
        Arrays.fill(marks, (byte) 0);
    }

    /** How many rows there are below one. */
    int count(int end) {
        byte[] own = marks;
        int count = 0;
        int row = 0;
        for (; row <= end - Long.BYTES; row += Long.BYTES) {
            count += Long.bitCount((long) WORDS.get(own, row));
        }
        for (; row < end; row++) {
            count += own[row];
        }
        return count;
    }

    /** Makes a run what a run of others, or of these, is. */
    void copy(int first, RowMarks from, int fromFirst, int count) {
        System.arraycopy(from.marks, fromFirst, marks, first, count);
    }

    /** Marks in a run what is marked in either of two; one of them may be the run itself. */
    void join(int first, RowMarks a, int aFirst, RowMarks b, int bFirst, int count) {
        byte[] own = marks;
        byte[] some = a.marks;
        byte[] others = b.marks;
        int i = 0;
        for (; i <= count - Long.BYTES; i += Long.BYTES) {
            WORDS.set(own, first + i, (long) WORDS.get(some, aFirst + i) | (long) WORDS.get(others, bFirst + i));
        }
        for (; i < count; i++) {
            own[first + i] = (byte) (some[aFirst + i] | others[bFirst + i]);
        }
    }

    /** The rows from one on and before another; returns how many have been put into the array. */
    int rows(int from, int end, int[] into) {
        byte[] own = marks;
        int n = 0;
        int row = from;
        while (row < end && n < into.length) {
            boolean eight = row <= end - Long.BYTES && n <= into.length - Long.BYTES;
            if (eight && (long) WORDS.get(own, row) == ALL) {
                for (int i = 0; i < Long.BYTES; i++) {
                    into[n + i] = row + i;
                }
                n += Long.BYTES;
                row += Long.BYTES;
            } else {
                into[n] = row;
                n += own[row++];
            }
        }
        return n;
    }
}
