package io.rivulet.vector;

import io.rivulet.type.SimpleType;

/** Rows that are all null, of type VOID. A null of another type is a {@link ConstantVector} over a null of that type. */
public final class NullVector extends ColumnVector {
    /** {@code size} nulls. */
    public NullVector(int size) {
        super(SimpleType.NULL, size, Validity.of(new long[Validity.words(size)], size));
    }

    @Override
    public boolean isNull(int row) {
        return true;
    }

    @Override
    public NullVector take(int[] rows, int count) {
        return new NullVector(count);
    }

    @Override
    public NullVector detach() {
        return this;
    }

    @Override
    Object presentAt(int row) {
        throw new IndexOutOfBoundsException("row " + row + " of a vector of nulls has no value");
    }

    @Override
    public long retainedBytes() {
        return validityBytes();
    }
}
