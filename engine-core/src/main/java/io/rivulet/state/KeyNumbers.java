package io.rivulet.state;

import io.rivulet.memory.MemoryPool;
import io.rivulet.vector.ColumnVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the keys of a table from 0 on, in the order they come, so that its buckets hold numbers in place of keys: a
 * key is looked up once however many buckets have it, and lies there once. Numbers of keys that no bucket has any more
 * are given back all at once, which changes the numbers of others. Owned by one task.
 */
final class KeyNumbers {
    private final RowLayout layout;
    private final RowLayout denseRows;
    private final MemoryPool memory;
    /** The keys; the number of a key is its row. */
    private TableBucket keys;
    /** Numbers as the keys of a bucket. */
    private final KeyBatch asKeys = new KeyBatch(1);

    KeyNumbers(TableSpec spec, MemoryPool memory) {
        this.layout = new RowLayout(new TableSpec(spec.operator(), spec.keys(), List.of()));
        this.denseRows = RowLayout.dense(spec);
        this.memory = memory;
        this.keys = new TableBucket(layout, memory, null, false, null);
    }

    /** How rows lie in dense buckets of the table. */
    RowLayout denseRows() {
        return denseRows;
    }

    /** Key columns. */
    int columns() {
        return layout.spec.keys().size();
    }

    /** Keys that have a number; every number is below this. */
    int size() {
        return keys.size();
    }

    /** Finds the number of each key, or gives it one; as {@link TableBucket#locate} has it. */
    void locate(KeyBatch batch, int @Nullable [] rows, int count, int[] numbers) {
        keys.locate(batch, rows, count, numbers);
    }

    /** A key column for the given numbers (a copy). */
    ColumnVector column(int column, int[] numbers, int count) {
        return keys.column(column, numbers, count);
    }

    boolean isNull(int number, int column) {
        return keys.isNull(number, column);
    }

    /** The numbers as keys of a bucket; valid until the next call. */
    KeyBatch asKeys(int[] numbers, int count) {
        asKeys.load(numbers, count);
        return asKeys;
    }

    /** Forgets all keys. */
    void clear() {
        TableBucket empty = new TableBucket(layout, memory, null, false, null);
        keys.release();
        keys = empty;
    }

    /**
     * Forgets the keys that are not used any more and numbers the others anew, in the same order.
     *
     * @param used per number, whether it stays
     * @return the new number of each that stays
     */
    int[] retain(boolean[] used) {
        int[] kept = new int[keys.size()];
        int count = 0;
        for (int number = 0; number < used.length; number++) {
            if (used[number]) {
                kept[count++] = number;
            }
        }
        TableBucket fewer = new TableBucket(layout, memory, null, false, null);
        ColumnVector[] columns = new ColumnVector[columns()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = keys.column(c, kept, count);
        }
        KeyBatch batch = new KeyBatch(columns.length);
        batch.load(columns, count);
        int[] fresh = new int[count];
        fewer.locate(batch, null, count, fresh);
        int[] numbers = new int[keys.size()];
        Arrays.fill(numbers, -1);
        for (int i = 0; i < count; i++) {
            numbers[kept[i]] = fresh[i];
        }
        keys.release();
        keys = fewer;
        return numbers;
    }
}
