package io.rivulet.vector;

import io.rivulet.type.DataType;
import java.util.Arrays;

/** FLOAT values. */
public final class FloatVector extends ColumnVector {
    private final float[] values;

    /** @param values element r is row r; shared, not copied; may be longer than {@code size}. Elements of null rows are arbitrary */
    public FloatVector(DataType type, float[] values, int size, Validity validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The array itself (a view; do not write). */
    public float[] values() {
        return values;
    }

    @Override
    public FloatVector take(int[] rows, int count) {
        float[] taken = new float[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new FloatVector(type(), taken, count, validity().take(rows, count));
    }

    @Override
    public FloatVector detach() {
        return new FloatVector(
                type(), Arrays.copyOf(values, size()), size(), validity().detach(size()));
    }

    @Override
    Object presentAt(int row) {
        return values[row];
    }

    @Override
    public long retainedBytes() {
        return 4L * values.length + validityBytes();
    }
}
