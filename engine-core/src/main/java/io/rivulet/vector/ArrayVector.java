package io.rivulet.vector;

import io.rivulet.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ARRAY values: row r is the elements from {@code offsets[r]} to {@code offsets[r + 1]} of one child vector. */
public final class ArrayVector extends ColumnVector {
    private final int[] offsets;
    private final ColumnVector elements;

    /** @param offsets at least {@code size + 1}, ascending; shared, not copied */
    public ArrayVector(DataType type, int[] offsets, ColumnVector elements, int size, Validity validity) {
        super(type, size, validity);
        this.offsets = offsets;
        this.elements = elements;
    }

    /** Where rows begin and end in {@link #elements} (a view; do not write). */
    public int[] offsets() {
        return offsets;
    }

    /** The elements of all rows (a view). */
    public ColumnVector elements() {
        return elements;
    }

    @Override
    public ArrayVector take(int[] rows, int count) {
        Ranges taken = Ranges.take(offsets, rows, count);
        return new ArrayVector(
                type(),
                taken.offsets(),
                elements.take(taken.elements(), taken.elements().length),
                count,
                validity().take(rows, count));
    }

    @Override
    public ArrayVector detach() {
        int[] rows = Ranges.all(size());
        return take(rows, size());
    }

    @Override
    Object presentAt(int row) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            values.add(elements.objectAt(i));
        }
        return Collections.unmodifiableList(values);
    }

    @Override
    public long retainedBytes() {
        return 4L * offsets.length + elements.retainedBytes() + validityBytes();
    }
}
