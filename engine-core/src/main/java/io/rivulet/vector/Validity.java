package io.rivulet.vector;

import java.util.Arrays;

/**
 * Which rows of a column hold a value: a bit per row, set when present. {@link #ALL_PRESENT} is the one instance for
 * columns without nulls; kernels ask {@link #allPresent} once per column and take a loop without null checks.
 *
 * <p>Immutable once handed over; the array given to {@link #of} is shared, not copied.
 */
public final class Validity {
    /** No row is null, however many there are. */
    public static final Validity ALL_PRESENT = new Validity(new long[0]);

    private final long[] bits;

    private Validity(long[] bits) {
        this.bits = bits;
    }

    /**
     * The validity of {@code size} rows with the given bits, or {@link #ALL_PRESENT} when none of them is null.
     *
     * @param bits row r is bit {@code r & 63} of word {@code r >>> 6}; shared, not copied
     */
    public static Validity of(long[] bits, int size) {
        return present(bits, size) == size ? ALL_PRESENT : new Validity(bits);
    }

    private static int present(long[] bits, int size) {
        int count = 0;
        for (int w = 0; w < size >>> 6; w++) {
            count += Long.bitCount(bits[w]);
        }
        if ((size & 63) != 0) {
            count += Long.bitCount(bits[size >>> 6] & ((1L << (size & 63)) - 1));
        }
        return count;
    }

    /** Words needed for {@code size} rows. */
    public static int words(int size) {
        return (size + 63) >>> 6;
    }

    /** Whether no row is null. */
    public boolean allPresent() {
        return this == ALL_PRESENT;
    }

    /** Whether the row holds a value. */
    public boolean isPresent(int row) {
        return this == ALL_PRESENT || (bits[row >>> 6] & (1L << (row & 63))) != 0;
    }

    /** The bits themselves (a view; do not write), empty for {@link #ALL_PRESENT}. */
    public long[] bits() {
        return bits;
    }

    /** How many of the first {@code size} rows hold a value. */
    public int presentCount(int size) {
        return allPresent() ? size : present(bits, size);
    }

    /** The validity of the first {@code size} rows with bits of its own (a copy). */
    public Validity detach(int size) {
        return allPresent() ? this : of(Arrays.copyOf(bits, words(size)), size);
    }

    /** The validity of the given rows, in that order (a copy). */
    public Validity take(int[] rows, int count) {
        if (allPresent()) {
            return this;
        }
        long[] taken = new long[words(count)];
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            taken[i >>> 6] |= ((bits[row >>> 6] >>> (row & 63)) & 1L) << (i & 63);
        }
        return of(taken, count);
    }
}
