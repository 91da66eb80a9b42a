package io.rivulet.vector;

import io.rivulet.type.DataType;
import java.util.Arrays;

/** SMALLINT values. */
public final class ShortVector extends ColumnVector {
    private final short[] values;

    /** @param values element r is row r; shared, not copied; may be longer than {@code size}. Elements of null rows are arbitrary */
    public ShortVector(DataType type, short[] values, int size, Validity validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The array itself (a view; do not write). */
    public short[] values() {
        return values;
    }

    @Override
    public ShortVector take(int[] rows, int count) {
        short[] taken = new short[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new ShortVector(type(), taken, count, validity().take(rows, count));
    }

    @Override
    public ShortVector detach() {
        return new ShortVector(
                type(), Arrays.copyOf(values, size()), size(), validity().detach(size()));
    }

    @Override
    Object presentAt(int row) {
        return values[row];
    }

    @Override
    public long retainedBytes() {
        return 2L * values.length + validityBytes();
    }
}
