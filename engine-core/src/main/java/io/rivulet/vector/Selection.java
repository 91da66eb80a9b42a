package io.rivulet.vector;

/**
 * The rows of a batch that are still in it after a filter: ascending row numbers. The array is shared and may be longer
 * than {@link #count}.
 */
public final class Selection {
    private final int[] rows;
    private final int count;

    /** The first {@code count} of the row numbers; shared, not copied. */
    public Selection(int[] rows, int count) {
        this.rows = rows;
        this.count = count;
    }

    /** The row numbers (a view; do not write); only the first {@link #count} mean something. */
    public int[] rows() {
        return rows;
    }

    /** How many rows are selected. */
    public int count() {
        return count;
    }
}
