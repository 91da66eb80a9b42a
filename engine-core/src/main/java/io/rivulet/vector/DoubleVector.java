package io.rivulet.vector;

import io.rivulet.type.DataType;
import java.util.Arrays;

/** DOUBLE values. */
public final class DoubleVector extends ColumnVector {
    private final double[] values;

    /** @param values element r is row r; shared, not copied; may be longer than {@code size}. Elements of null rows are arbitrary */
    public DoubleVector(DataType type, double[] values, int size, Validity validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The array itself (a view; do not write). */
    public double[] values() {
        return values;
    }

    @Override
    public DoubleVector take(int[] rows, int count) {
        double[] taken = new double[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new DoubleVector(type(), taken, count, validity().take(rows, count));
    }

    @Override
    public DoubleVector detach() {
        return new DoubleVector(
                type(), Arrays.copyOf(values, size()), size(), validity().detach(size()));
    }

    @Override
    Object presentAt(int row) {
        return values[row];
    }

    @Override
    public long retainedBytes() {
        return 8L * values.length + validityBytes();
    }
}
