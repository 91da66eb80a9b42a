package io.rivulet.vector;

import io.rivulet.type.DataType;
import java.util.Arrays;

/** BOOLEAN values. */
public final class BooleanVector extends ColumnVector {
    private final boolean[] values;

    /** @param values element r is row r; shared, not copied; may be longer than {@code size}. Elements of null rows are arbitrary */
    public BooleanVector(DataType type, boolean[] values, int size, Validity validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The array itself (a view; do not write). */
    public boolean[] values() {
        return values;
    }

    @Override
    public BooleanVector take(int[] rows, int count) {
        boolean[] taken = new boolean[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new BooleanVector(type(), taken, count, validity().take(rows, count));
    }

    @Override
    public BooleanVector detach() {
        return new BooleanVector(
                type(), Arrays.copyOf(values, size()), size(), validity().detach(size()));
    }

    @Override
    Object presentAt(int row) {
        return values[row];
    }

    @Override
    public long retainedBytes() {
        return 1L * values.length + validityBytes();
    }
}
