package io.rivulet.vector;

import java.util.Arrays;

/** One value for every row. */
public final class ConstantVector extends ColumnVector {
    private final ColumnVector value;

    /** @param value a vector whose row 0 is the value of every row */
    public ConstantVector(ColumnVector value, int size) {
        super(value.type(), size, Validity.ALL_PRESENT);
        this.value = value;
    }

    /** A vector whose row 0 is the value. */
    public ColumnVector value() {
        return value;
    }

    @Override
    public boolean allPresent() {
        return !value.isNull(0);
    }

    @Override
    public boolean isNull(int row) {
        return value.isNull(0);
    }

    @Override
    public ColumnVector flatten() {
        if (value instanceof LongVector longs && !longs.isNull(0)) {
            long[] values = new long[size()];
            Arrays.fill(values, longs.values()[0]);
            return new LongVector(type(), values, size(), Validity.ALL_PRESENT);
        }
        return value.take(new int[size()], size());
    }

    @Override
    public ColumnVector take(int[] rows, int count) {
        return new ConstantVector(value.detach(), count);
    }

    @Override
    public ColumnVector detach() {
        return new ConstantVector(value.detach(), size());
    }

    @Override
    Object presentAt(int row) {
        return value.presentAt(0);
    }

    @Override
    public long retainedBytes() {
        return value.retainedBytes();
    }
}
