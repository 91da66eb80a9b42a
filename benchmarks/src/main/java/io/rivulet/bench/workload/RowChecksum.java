package io.rivulet.bench.workload;

import java.util.Arrays;

/**
 * A checksum of result rows that does not depend on their order: {@code mix64} is chained over the fields of a row,
 * {@code h = mix64(h ^ field)} from {@code h = 0}, and the rows' values are added up (wrapping). Doubles enter as their
 * bits.
 *
 * <p>The fields of W1 are window start in microseconds, key, count, sum, avg, max; the field of W3 is the projected
 * double.
 *
 * <p>Column-wise use, for up to {@code capacity} rows at a time: {@link #begin}, then one {@code field} call per field,
 * then {@link #end}. Not thread-safe; totals of several checksums are combined by adding counts and sums.
 */
public final class RowChecksum {
    private final long[] chain;
    /** The chain of all rows as long as they have had the same fields. */
    private long common;

    private boolean isCommon;
    private int size;
    private long rows;
    private long sum;

    /** @param capacity the most rows of one {@link #begin} */
    public RowChecksum(int capacity) {
        chain = new long[capacity];
    }

    /** One step of the chain. */
    public static long chain(long chained, long field) {
        return EventFill.mix64(chained ^ field);
    }

    /** Starts the next {@code count} rows. */
    public void begin(int count) {
        common = 0;
        isCommon = true;
        size = count;
    }

    /** The chains so far, row by row. */
    private long[] chains() {
        if (isCommon) {
            Arrays.fill(chain, 0, size, common);
            isCommon = false;
        }
        return chain;
    }

    /** The next field of the rows begun: {@code values[0 … count - 1]}. */
    public void field(long[] values) {
        long[] chained = chains();
        for (int row = 0, n = size; row < n; row++) {
            chained[row] = chain(chained[row], values[row]);
        }
    }

    /** The next field, where all rows have the same value. */
    public void field(long value) {
        if (isCommon) {
            common = chain(common, value);
            return;
        }
        long[] chained = chain;
        for (int row = 0, n = size; row < n; row++) {
            chained[row] = chain(chained[row], value);
        }
    }

    /** The next field of the rows begun, as the bits of {@code values[0 … count - 1]}. */
    public void field(double[] values) {
        long[] chained = chains();
        for (int row = 0, n = size; row < n; row++) {
            chained[row] = chain(chained[row], Double.doubleToRawLongBits(values[row]));
        }
    }

    /** The next field of the rows begun: {@code values[rows[0]], values[rows[1]] …}. */
    public void field(long[] values, int[] rowNumbers) {
        long[] chained = chains();
        for (int row = 0, n = size; row < n; row++) {
            chained[row] = chain(chained[row], values[rowNumbers[row]]);
        }
    }

    /** The next field of the rows begun, as the bits of {@code values[rows[0]], values[rows[1]] …}. */
    public void field(double[] values, int[] rowNumbers) {
        long[] chained = chains();
        for (int row = 0, n = size; row < n; row++) {
            chained[row] = chain(chained[row], Double.doubleToRawLongBits(values[rowNumbers[row]]));
        }
    }

    /** Counts the rows begun and adds their values to the sum. */
    public void end() {
        long total = 0;
        long[] chained = chains();
        for (int row = 0, n = size; row < n; row++) {
            total += chained[row];
        }
        sum += total;
        rows += size;
        size = 0;
    }

    /** The most rows of one {@link #begin}. */
    public int capacity() {
        return chain.length;
    }

    /** Adds the rows of another checksum. */
    public void add(Answer answer) {
        rows += answer.rows();
        sum += answer.checksum();
    }

    /** Rows and sum so far. */
    public Answer answer() {
        return new Answer(rows, sum);
    }

    /** Forgets all rows. */
    public void reset() {
        rows = 0;
        sum = 0;
    }
}
