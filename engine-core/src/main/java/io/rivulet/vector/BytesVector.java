package io.rivulet.vector;

import io.rivulet.type.DataType;
import io.rivulet.type.SimpleType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * STRING (UTF-8) and BINARY values: row r is the bytes from {@code offsets[r]} to {@code offsets[r + 1]} of one array.
 * A null row has arbitrary, but ascending, offsets.
 */
public final class BytesVector extends ColumnVector {
    private final byte[] data;
    private final int[] offsets;

    /** @param offsets at least {@code size + 1}, ascending; arrays are shared, not copied */
    public BytesVector(DataType type, byte[] data, int[] offsets, int size, Validity validity) {
        super(type, size, validity);
        this.data = data;
        this.offsets = offsets;
    }

    /** The bytes of all rows (a view; do not write). */
    public byte[] data() {
        return data;
    }

    /** Where rows begin and end in {@link #data} (a view; do not write). */
    public int[] offsets() {
        return offsets;
    }

    /** The number of bytes of a row. */
    public int length(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** The row as text; the row must not be null. */
    public String string(int row) {
        return new String(data, offsets[row], length(row), StandardCharsets.UTF_8);
    }

    @Override
    public BytesVector take(int[] rows, int count) {
        int[] takenOffsets = new int[count + 1];
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += length(rows[i]);
            takenOffsets[i + 1] = Math.toIntExact(total);
        }
        byte[] taken = new byte[(int) total];
        for (int i = 0; i < count; i++) {
            System.arraycopy(data, offsets[rows[i]], taken, takenOffsets[i], takenOffsets[i + 1] - takenOffsets[i]);
        }
        return new BytesVector(type(), taken, takenOffsets, count, validity().take(rows, count));
    }

    @Override
    public BytesVector detach() {
        int first = offsets[0];
        int[] ownOffsets = new int[size() + 1];
        for (int i = 0; i <= size(); i++) {
            ownOffsets[i] = offsets[i] - first;
        }
        return new BytesVector(
                type(),
                Arrays.copyOfRange(data, first, offsets[size()]),
                ownOffsets,
                size(),
                validity().detach(size()));
    }

    @Override
    Object presentAt(int row) {
        return type() == SimpleType.STRING ? string(row) : Arrays.copyOfRange(data, offsets[row], offsets[row + 1]);
    }

    @Override
    public long retainedBytes() {
        return data.length + 4L * offsets.length + validityBytes();
    }
}
