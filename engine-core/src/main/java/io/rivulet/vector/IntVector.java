package io.rivulet.vector;

import io.rivulet.type.DataType;
import java.util.Arrays;

/** INT, DATE (days since the epoch) and INTERVAL YEAR TO MONTH (months) values. */
public final class IntVector extends ColumnVector {
    private final int[] values;

    /** @param values element r is row r; shared, not copied; may be longer than {@code size}. Elements of null rows are arbitrary */
    public IntVector(DataType type, int[] values, int size, Validity validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The array itself (a view; do not write). */
    public int[] values() {
        return values;
    }

    @Override
    public IntVector take(int[] rows, int count) {
        int[] taken = new int[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new IntVector(type(), taken, count, validity().take(rows, count));
    }

    @Override
    public IntVector detach() {
        return new IntVector(
                type(), Arrays.copyOf(values, size()), size(), validity().detach(size()));
    }

    @Override
    Object presentAt(int row) {
        return JavaValues.ofInt(type(), values[row]);
    }

    @Override
    public long retainedBytes() {
        return 4L * values.length + validityBytes();
    }
}
