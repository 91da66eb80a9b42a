package io.rivulet.vector;

import io.rivulet.type.DataType;
import io.rivulet.type.StructType;
import org.jspecify.annotations.Nullable;

/** STRUCT values: one child vector per field, row r of the struct being row r of every child. */
public final class StructVector extends ColumnVector {
    private final ColumnVector[] children;

    /** @param children one per field, each with at least {@code size} rows; shared, not copied */
    public StructVector(DataType type, ColumnVector[] children, int size, Validity validity) {
        super(type, size, validity);
        this.children = children;
    }

    /** The values of a field; a row where the struct is null is arbitrary there. */
    public ColumnVector child(int field) {
        return children[field];
    }

    /** The number of fields. */
    public int childCount() {
        return children.length;
    }

    @Override
    public StructVector take(int[] rows, int count) {
        ColumnVector[] taken = new ColumnVector[children.length];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = children[i].take(rows, count);
        }
        return new StructVector(type(), taken, count, validity().take(rows, count));
    }

    @Override
    public StructVector detach() {
        ColumnVector[] own = new ColumnVector[children.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = children[i].detach();
        }
        return new StructVector(type(), own, size(), validity().detach(size()));
    }

    @Override
    Object presentAt(int row) {
        @Nullable Object[] values = new @Nullable Object[children.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = children[i].objectAt(row);
        }
        return new Row(((StructType) type()).schema(), values);
    }

    @Override
    public long retainedBytes() {
        long bytes = validityBytes();
        for (ColumnVector child : children) {
            bytes += child.retainedBytes();
        }
        return bytes;
    }
}
