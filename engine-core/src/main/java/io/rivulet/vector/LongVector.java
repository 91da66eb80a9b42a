package io.rivulet.vector;

import io.rivulet.type.DataType;
import java.util.Arrays;

/**
 * BIGINT, TIMESTAMP and TIMESTAMP_NTZ (microseconds since the epoch), INTERVAL DAY TO SECOND (microseconds) and
 * DECIMAL of up to 18 digits (unscaled) values.
 */
public final class LongVector extends ColumnVector {
    private final long[] values;

    /** @param values element r is row r; shared, not copied; may be longer than {@code size}. Elements of null rows are arbitrary */
    public LongVector(DataType type, long[] values, int size, Validity validity) {
        super(type, size, validity);
        this.values = values;
    }

    /** The array itself (a view; do not write). */
    public long[] values() {
        return values;
    }

    @Override
    public LongVector take(int[] rows, int count) {
        long[] taken = new long[count];
        for (int i = 0; i < count; i++) {
            taken[i] = values[rows[i]];
        }
        return new LongVector(type(), taken, count, validity().take(rows, count));
    }

    @Override
    public LongVector detach() {
        return new LongVector(
                type(), Arrays.copyOf(values, size()), size(), validity().detach(size()));
    }

    @Override
    Object presentAt(int row) {
        return JavaValues.ofLong(type(), values[row]);
    }

    @Override
    public long retainedBytes() {
        return 8L * values.length + validityBytes();
    }
}
