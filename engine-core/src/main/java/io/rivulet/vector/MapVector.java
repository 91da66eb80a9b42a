package io.rivulet.vector;

import io.rivulet.type.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** MAP values: row r is the entries from {@code offsets[r]} to {@code offsets[r + 1]} of a key and a value vector. */
public final class MapVector extends ColumnVector {
    private final int[] offsets;
    private final ColumnVector keys;
    private final ColumnVector values;

    /** @param offsets at least {@code size + 1}, ascending; shared, not copied */
    public MapVector(
            DataType type, int[] offsets, ColumnVector keys, ColumnVector values, int size, Validity validity) {
        super(type, size, validity);
        this.offsets = offsets;
        this.keys = keys;
        this.values = values;
    }

    /** Where rows begin and end in {@link #keys} and {@link #values} (a view; do not write). */
    public int[] offsets() {
        return offsets;
    }

    /** The keys of all rows (a view). */
    public ColumnVector keys() {
        return keys;
    }

    /** The values of all rows (a view). */
    public ColumnVector values() {
        return values;
    }

    @Override
    public MapVector take(int[] rows, int count) {
        Ranges taken = Ranges.take(offsets, rows, count);
        return new MapVector(
                type(),
                taken.offsets(),
                keys.take(taken.elements(), taken.elements().length),
                values.take(taken.elements(), taken.elements().length),
                count,
                validity().take(rows, count));
    }

    @Override
    public MapVector detach() {
        return take(Ranges.all(size()), size());
    }

    @Override
    Object presentAt(int row) {
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        for (int i = offsets[row]; i < offsets[row + 1]; i++) {
            entries.put(keys.presentAt(i), values.objectAt(i));
        }
        return Collections.unmodifiableMap(entries);
    }

    @Override
    public long retainedBytes() {
        return 4L * offsets.length + keys.retainedBytes() + values.retainedBytes() + validityBytes();
    }
}
