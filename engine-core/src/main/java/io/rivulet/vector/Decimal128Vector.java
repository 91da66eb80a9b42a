package io.rivulet.vector;

import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import java.util.Arrays;

/** DECIMAL values of 19 to 38 digits: the unscaled 128-bit integer as a signed high and an unsigned low long. */
public final class Decimal128Vector extends ColumnVector {
    private final long[] high;
    private final long[] low;

    /** Arrays are shared, not copied, and may be longer than {@code size}. */
    public Decimal128Vector(DataType type, long[] high, long[] low, int size, Validity validity) {
        super(type, size, validity);
        this.high = high;
        this.low = low;
    }

    /** The signed high halves (a view; do not write). */
    public long[] high() {
        return high;
    }

    /** The unsigned low halves (a view; do not write). */
    public long[] low() {
        return low;
    }

    @Override
    public Decimal128Vector take(int[] rows, int count) {
        long[] takenHigh = new long[count];
        long[] takenLow = new long[count];
        for (int i = 0; i < count; i++) {
            takenHigh[i] = high[rows[i]];
            takenLow[i] = low[rows[i]];
        }
        return new Decimal128Vector(
                type(), takenHigh, takenLow, count, validity().take(rows, count));
    }

    @Override
    public Decimal128Vector detach() {
        return new Decimal128Vector(
                type(),
                Arrays.copyOf(high, size()),
                Arrays.copyOf(low, size()),
                size(),
                validity().detach(size()));
    }

    @Override
    Object presentAt(int row) {
        return JavaValues.ofDecimal128((DecimalType) type(), high[row], low[row]);
    }

    @Override
    public long retainedBytes() {
        return 16L * high.length + validityBytes();
    }
}
