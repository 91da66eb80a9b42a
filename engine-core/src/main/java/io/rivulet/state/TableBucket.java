package io.rivulet.state;

import io.rivulet.error.ErrorCode;
import io.rivulet.memory.MemoryPool;
import io.rivulet.vector.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A packed hash table: the key and values of a row lie side by side in one {@code long[]}, rows in the order they were
 * added, found by key through a {@link RowIndex}.
 *
 * <p>In a table that numbers its keys ({@link KeyNumbers}) a row has the number of its key in the place of the key. When
 * most of the table's keys are in the bucket it is <b>dense</b>: a row lies at its key's number and has values only,
 * nothing is looked up, and places without a row hold initial values. Its words lie column by column, because dense
 * buckets are put together run by run.
 *
 * <p>Kernels find the word of a column at {@code row * stride() + offset(column)} in {@link #words}, and the second word
 * of a wide value {@link #wordStep} behind it. All of them must be fetched again after {@link #locate}, which may have
 * grown the bucket. Row numbers stay until the bucket is dropped. Owned by one
 * task.
 */
public final class TableBucket {
    private static final long LARGE_BYTES = 1 << 18;
    private static final long ROOM_FACTOR = 16;
    private static final int FIRST_ROWS = 16;
    private static final int MOST_FIRST_WORDS = 1 << 13;

    private final RowLayout keyed;
    private final MemoryPool memory;
    private final @Nullable KeyNumbers numbers;
    private final RowIndex index;
    private final ByteArena arena;
    /** Lie as keyed rows, or as those of dense buckets. */
    private final RowWords words;
    /** Counted by the index. */
    int size;

    private boolean dense;
    /** In a dense bucket: row numbers are below this. */
    private int extent;
    /** In a dense bucket: where there is a row. */
    final RowMarks present = new RowMarks();

    private RowBits changed = new RowBits();
    private boolean isNew = true;

    /**
     * @param keyed rows with their key, or its number, in front
     * @param numbers the table's keys when they are numbered
     * @param densely whether rows are to lie at the numbers of their keys
     * @param alike a bucket of the same table that will probably hold as many rows, or null when there is none
     */
    TableBucket(
            RowLayout keyed,
            MemoryPool memory,
            @Nullable KeyNumbers numbers,
            boolean densely,
            @Nullable TableBucket alike) {
        this.keyed = keyed;
        this.memory = memory;
        this.numbers = numbers;
        dense = densely && numbers != null;
        RowLayout layout = dense && numbers != null ? numbers.denseRows() : keyed;
        int first = dense && numbers != null ? withRoom(numbers.size()) : alike == null ? FIRST_ROWS : firstRows(alike);
        memory.reserve(16L * FIRST_ROWS);
        words = new RowWords(layout, dense, first, memory);
        index = new RowIndex(this, keyed, memory, 2 * FIRST_ROWS);
        arena = new ByteArena(this, memory);
        if (dense) {
            ensureExtent();
        }
    }

    private static int withRoom(int rows) {
        return Math.max(FIRST_ROWS, rows + (rows >> 3));
    }

    /** Room for a few more rows than another bucket has, but not for very many, because it is a guess. */
    private static int firstRows(TableBucket alike) {
        int most = Math.max(FIRST_ROWS, MOST_FIRST_WORDS / alike.layout().stride);
        return Math.max(FIRST_ROWS, Math.min(alike.size + (alike.size >> 3), most));
    }

    /** Rows in the bucket. */
    public int size() {
        return size;
    }

    /** Row numbers are below this. Unless the bucket is dense, there is a row for each. */
    public int extent() {
        return dense ? extent : size;
    }

    /** Whether a row lies at its key's number, so that there may be row numbers without a row. */
    public boolean isDense() {
        return dense;
    }

    /** Whether it has rows for at least half of the table's keys. */
    boolean hasMostKeys() {
        return numbers != null && numbers.size() > 0 && 2L * size >= numbers.size();
    }

    /** Has places for all numbered keys. */
    private void ensureExtent() {
        int keys = numbers().size();
        if (keys > extent) {
            ensureRows(keys - extent);
            extent = keys;
        }
    }

    /** Words from one row to the next. */
    public int stride() {
        return words.stride();
    }

    /** Words from one word of a row to the next. */
    public int wordStep() {
        return words.wordStep();
    }

    /** Where the words of a column begin; columns count keys first, then values. */
    public int offset(int column) {
        return layout().offsets[placeOf(column)] * words.wordStep();
    }

    /** The layout's place of one of the table's columns; not one of the keys when they are numbered. */
    private int placeOf(int column) {
        return numbers == null
                ? column
                : column - numbers.columns() + layout().spec.keys().size();
    }

    /** The rows themselves; fetch again after {@link #locate}. */
    public long[] words() {
        return words.array();
    }

    /** The bytes of variable-width values. */
    public byte[] arena() {
        return arena.bytes();
    }

    /** Where a variable-width value begins in {@link #arena}. */
    public static int bytesOffset(long word) {
        return (int) (word >>> 32);
    }

    /** How many bytes a variable-width value has. */
    public static int bytesLength(long word) {
        return (int) word;
    }

    // ------------------------------------------------------------------ looking rows up

    /**
     * Finds the row of each key, adding rows with initial values for keys that are new.
     *
     * @param rows which keys of the batch to look up, or null for the first {@code count}
     * @param groups filled with the row of each looked-up key, in the order of {@code rows}
     */
    public void locate(KeyBatch keys, int @Nullable [] rows, int count, int[] groups) {
        if (numbers != null) {
            numbers.locate(keys, rows, count, groups);
            locate(groups, count, groups);
        } else if (keyed.keyWords == 0) {
            if (size == 0 && count > 0) {
                addRow();
            }
            Arrays.fill(groups, 0, count, 0);
        } else {
            index.locate(keys, rows, count, groups);
        }
    }

    /**
     * Finds the row of each numbered key, adding rows with initial values for those that are new.
     *
     * @param groups filled with the row of each; may be the array of the numbers
     */
    public void locate(int[] keyNumbers, int count, int[] groups) {
        if (!dense) {
            index.locate(numbers().asKeys(keyNumbers, count), null, count, groups);
            return;
        }
        ensureExtent();
        byte[] marks = present.bytes();
        if (count < extent / Long.BYTES) {
            for (int i = 0; i < count; i++) {
                size += 1 - marks[keyNumbers[i]];
                marks[keyNumbers[i]] = 1;
            }
        } else { // all are counted, eight at a time, rather than each looked at
            for (int i = 0; i < count; i++) {
                marks[keyNumbers[i]] = 1;
            }
            size = present.count(extent);
        }
        if (groups != keyNumbers) {
            System.arraycopy(keyNumbers, 0, groups, 0, count);
        }
    }

    private KeyNumbers numbers() {
        if (numbers == null) {
            throw ErrorCode.INTERNAL.error("the keys of '" + keyed.spec.operator() + "' have no numbers");
        }
        return numbers;
    }

    /**
     * Adds rows to a dense bucket for those of numbered keys that another dense bucket has a row for.
     *
     * @param rows where that row is in the other bucket, if it is there; below its {@link #extent}
     */
    public void addPresent(int[] keyNumbers, TableBucket other, int[] rows, int count) {
        ensureExtent();
        byte[] marks = present.bytes();
        byte[] others = other.present.bytes();
        for (int i = 0; i < count; i++) {
            marks[keyNumbers[i]] |= others[rows[i]];
        }
        size = present.count(extent);
    }

    /**
     * Finds the row of each numbered key, and adds none.
     *
     * @param keyNumbers as {@link #numbers(int[], int, int[])} gives them
     * @param rows filled with the row of each, or -1 where there is none
     */
    public void find(int[] keyNumbers, int count, int[] rows) {
        if (!dense) {
            index.find(numbers().asKeys(keyNumbers, count), count, rows);
            return;
        }
        for (int i = 0; i < count; i++) {
            int number = keyNumbers[i];
            rows[i] = number < extent && present.get(number) ? number : -1;
        }
    }

    /** The numbers of the keys of rows, in a table that numbers its keys. */
    public void numbers(int[] rows, int count, int[] keyNumbers) {
        if (dense) {
            System.arraycopy(rows, 0, keyNumbers, 0, count);
            return;
        }
        long[] packed = words.array();
        int stride = words.stride();
        for (int i = 0; i < count; i++) {
            keyNumbers[i] = (int) packed[rows[i] * stride];
        }
    }

    /**
     * The next rows from a row number on, ascending.
     *
     * @param into filled from its start, as far as it goes
     * @return how many were found; fewer than {@code into.length} means there are no more
     */
    public int rows(int from, int[] into) {
        if (dense) {
            return present.rows(from, extent, into);
        }
        int n = Math.max(0, Math.min(size - from, into.length));
        for (int i = 0; i < n; i++) {
            into[i] = from + i;
        }
        return n;
    }

    /** Whether a dense bucket has a row for a numbered key. */
    public boolean hasRowAt(int keyNumber) {
        return keyNumber < extent && present.get(keyNumber);
    }

    /**
     * Those of a run of numbered keys that a dense bucket has rows for; a row is the key's number.
     *
     * @param rows filled with the rows
     * @param places filled with where in {@code keyNumbers} each is
     * @return how many there are
     */
    public int present(int[] keyNumbers, int from, int end, int[] rows, int[] places) {
        byte[] marks = present.bytes();
        int n = 0;
        for (int i = from; i < end; i++) {
            int number = keyNumbers[i];
            rows[n] = number;
            places[n] = i;
            n += number < extent ? marks[number] : 0;
        }
        return n;
    }

    /**
     * Adds places to a dense bucket, which no lookup finds: a bucket is either looked up or appended to.
     *
     * @return the first of them
     */
    int append(int count) {
        int first = extent;
        ensureRows(count);
        extent += count;
        size += count;
        return first;
    }

    /** Sets the values of rows, but not their keys, to the initial ones. */
    void resetValues(int[] rows, int count) {
        arena.giveUp(layout(), rows, count);
        words.clearValues(rows, count);
    }

    /** Sets the values of all rows to the initial ones. */
    void resetAll() {
        words.clear(0, extent());
        arena.clear();
    }

    // ------------------------------------------------------------------ room

    /** Takes the next row, which has initial values and no key yet; there must be room. */
    int addRow() {
        return size++;
    }

    /** Makes room for one more row. */
    void ensureRows() {
        ensureRows(1);
    }

    private void ensureRows(int more) {
        words.ensureRoom(extent() + (long) more);
        if (dense) {
            memory.reserve(Math.max(0, words.room() - present.capacityBytes()));
            present.ensureRoom(words.room());
        }
    }

    /** Empties the bucket for use by another slice, with the arrays it has. */
    void reset(boolean densely) {
        if (densely == dense) {
            words.clear(0, extent());
        } else {
            dense = densely;
            words.reset(densely ? numbers().denseRows() : keyed, densely);
        }
        size = 0;
        extent = 0;
        index.clear();
        arena.clear();
        present.clearAll();
        changed = new RowBits();
        isNew = true;
        if (dense) {
            ensureExtent();
        }
    }

    RowLayout layout() {
        return words.layout();
    }

    /** The rows' words and how they lie. */
    RowWords rowWords() {
        return words;
    }

    // ------------------------------------------------------------------ columns

    /** Whether a key column of a row is null. */
    public boolean isNull(int row, int column) {
        if (numbers != null) {
            return column < numbers.columns()
                    && numbers.isNull(dense ? row : (int) words()[row * keyed.stride], column);
        }
        return keyed.nullWord
                && column < keyed.spec.keys().size()
                && (words()[row * keyed.stride] & (1L << column)) != 0;
    }

    /** The values of a column for the given rows (a copy). */
    public ColumnVector column(int column, int[] rows, int count) {
        if (numbers != null && column < numbers.columns()) {
            int[] keyNumbers = new int[count];
            numbers(rows, count, keyNumbers);
            return numbers.column(column, keyNumbers, count);
        }
        return PackedColumns.read(this, layout(), placeOf(column), rows, count);
    }

    /** Sets a value column of the given rows to the first {@code count} values of a vector without nulls. */
    public void setColumn(int column, int[] rows, ColumnVector values, int count) {
        PackedColumns.write(this, layout(), placeOf(column), rows, values.flatten(), count);
    }

    /** Sets a variable-width value. {@code words} stays the same array, {@link #arena} may not. */
    public void setBytes(int wordIndex, byte[] source, int from, int length) {
        arena.set(wordIndex, source, from, length);
    }

    // ------------------------------------------------------------------ changes

    /** Whether the bucket came into being after the last {@code clearChanges}: then all its rows count as changed. */
    public boolean isNew() {
        return isNew;
    }

    /** Notes that these rows have changed. */
    public void markChanged(int[] rows, int count) {
        if (isNew) {
            return;
        }
        if (changed.room() < extent()) {
            changed.ensureRoom(extent() + (extent() >> 3));
        }
        for (int i = 0; i < count; i++) {
            changed.set(rows[i]);
        }
    }

    /**
     * The next changed rows from a row on, ascending.
     *
     * @param into filled from its start, as far as it goes
     * @return how many were found; fewer than {@code into.length} means there are no more
     */
    public int changedRows(int from, int[] into) {
        if (isNew) {
            return rows(from, into);
        }
        return changed.rows(from, Math.min(changed.room(), extent()), into);
    }

    /** How many rows have changed. */
    public int changedCount() {
        if (isNew) {
            return size;
        }
        return changed.count();
    }

    void clearChanges() {
        if (!isNew) {
            changed.clearAll();
        }
        isNew = false;
    }

    /** Marks the numbers of its rows. */
    void markNumbers(boolean[] used) {
        int end = extent();
        for (int row = 0; row < end; row++) {
            if (!dense) {
                used[(int) words()[row * keyed.stride]] = true;
            } else if (present.get(row)) {
                used[row] = true;
            }
        }
    }

    /**
     * Gives rows the new numbers of their keys; there must be no changes.
     *
     * @param renumbered by old number: the new one, which is not greater and keeps the order
     */
    void renumber(int[] renumbered) {
        if (!dense) {
            long[] packed = words.array();
            for (int row = 0; row < size; row++) {
                packed[row * keyed.stride] = renumbered[(int) packed[row * keyed.stride]];
            }
            index.rebuild();
            return;
        }
        for (int row = 0; row < extent; row++) {
            if (present.get(row) && renumbered[row] != row) {
                int number = renumbered[row];
                words.copy(number, words, row, 1);
                words.clear(row, row + 1);
                present.clear(row);
                present.set(number);
            }
        }
        extent = Math.min(extent, numbers().size());
    }

    /** Whether it is large, and was made for many times the rows it has. */
    boolean isMostlyRoom() {
        return capacityBytes() > LARGE_BYTES && 8L * size * layout().stride * ROOM_FACTOR < words.bytes();
    }

    long capacityBytes() {
        return words.bytes() + index.capacityBytes() + arena.capacity() + present.capacityBytes();
    }

    void release() {
        memory.release(capacityBytes());
    }
}
