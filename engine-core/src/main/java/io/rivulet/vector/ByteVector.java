package io.rivulet.vector;

import io.rivulet.type.DataType;
import java.util.Arrays;

/** TINYINT values. */
public final class ByteVector extends ColumnVector {
    private final byte[] values;

    /** @param values element r is row r; shared, not copied; may be longer than {@code size}. Elements of null rows are arbitrary */
    public ByteVector(DataType type, byte[] values, int size, Validity validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The array itself (a view; do not write). */
    public byte[] values() {
        return values;
    }

    @Override
    public ByteVector take(int[] rows, int count) {
        byte[] taken = new byte[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new ByteVector(type(), taken, count, validity().take(rows, count));
    }

    @Override
    public ByteVector detach() {
        return new ByteVector(
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
