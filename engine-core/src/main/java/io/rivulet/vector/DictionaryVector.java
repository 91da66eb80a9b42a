package io.rivulet.vector;

import java.util.Arrays;

/** Row r is row {@code indices[r]} of another vector, the dictionary, which may hold a null. */
public final class DictionaryVector extends ColumnVector {
    private final ColumnVector dictionary;
    private final int[] indices;

    /** @param indices one per row; shared, not copied */
    public DictionaryVector(ColumnVector dictionary, int[] indices, int size) {
        super(dictionary.type(), size, Validity.ALL_PRESENT);
        this.dictionary = dictionary;
        this.indices = indices;
    }

    /** The distinct values (a view). */
    public ColumnVector dictionary() {
        return dictionary;
    }

    /** Which value each row has (a view; do not write). */
    public int[] indices() {
        return indices;
    }

    @Override
    public boolean allPresent() {
        return dictionary.allPresent();
    }

    @Override
    public boolean isNull(int row) {
        return dictionary.isNull(indices[row]);
    }

    @Override
    public ColumnVector flatten() {
        return dictionary.take(indices, size());
    }

    @Override
    public ColumnVector take(int[] rows, int count) {
        int[] taken = new int[count];
        for (int i = 0; i < count; i++) {
            taken[i] = indices[rows[i]];
        }
        return new DictionaryVector(dictionary.detach(), taken, count);
    }

    @Override
    public ColumnVector detach() {
        return new DictionaryVector(dictionary.detach(), Arrays.copyOf(indices, size()), size());
    }

    @Override
    Object presentAt(int row) {
        return dictionary.presentAt(indices[row]);
    }

    @Override
    public long retainedBytes() {
        return dictionary.retainedBytes() + 4L * indices.length;
    }
}
