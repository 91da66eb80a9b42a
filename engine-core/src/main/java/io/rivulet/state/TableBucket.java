package io.rivulet.state;

import io.rivulet.error.ErrorCode;
import io.rivulet.memory.MemoryPool;
import io.rivulet.type.PhysicalType;
import io.rivulet.vector.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A packed hash table: the key and values of a row lie side by side in one {@code long[]}, {@link #stride} words a row,
 * rows in the order they were added, found by key through a {@link RowIndex}.
 *
 * <p>Kernels update columns through {@link #words}, {@link #stride} and {@link #offset}; both arrays must be fetched
 * again after {@link #locate}, which may have grown them. Row numbers stay until the bucket is dropped. Owned by one
 * task.
 */
public final class TableBucket {
    private static final long LARGE_BYTES = 1 << 18;
    private static final long ROOM_FACTOR = 16;
    private static final int FIRST_ROWS = 16;
    private static final int MOST_FIRST_WORDS = 1 << 13;
    private static final int MAX_ROWS = 1 << 29;

    private final RowLayout layout;
    private final MemoryPool memory;
    private final RowIndex index;
    /** Read and grown by the index. */
    long[] words;
    /** Counted by the index. */
    int size;

    private byte[] arena = new byte[0];
    private int arenaUsed;
    private long arenaGarbage;
    private long[] changed = new long[0];
    private boolean isNew = true;

    /** @param alike a bucket of the same table that will probably hold as many rows, or null when there is none */
    TableBucket(RowLayout layout, MemoryPool memory, @Nullable TableBucket alike) {
        this.layout = layout;
        this.memory = memory;
        int first = alike == null ? FIRST_ROWS : firstRows(alike);
        memory.reserve(8L * first * layout.stride + 16L * FIRST_ROWS);
        words = new long[first * layout.stride];
        clearNewRows(0);
        index = new RowIndex(this, layout, memory, 2 * FIRST_ROWS);
    }

    /** Room for a few more rows than another bucket has, but not for very many, because it is a guess. */
    private static int firstRows(TableBucket alike) {
        int most = Math.max(FIRST_ROWS, MOST_FIRST_WORDS / alike.layout.stride);
        return Math.max(FIRST_ROWS, Math.min(alike.size + (alike.size >> 3), most));
    }

    /** Rows in the bucket; their numbers are 0 to this, exclusive. */
    public int size() {
        return size;
    }

    /** Words from one row to the next. */
    public int stride() {
        return layout.stride;
    }

    /** The word of a column within a row; columns count keys first, then values. */
    public int offset(int column) {
        return layout.offsets[column];
    }

    /** Whether a key column is never null and lies in its rows as a {@link KeyBatch} has it. */
    boolean keepsCanonicalWords(int keyColumn) {
        PhysicalType type = layout.types[keyColumn];
        return !layout.nullWord && type != PhysicalType.BYTES && type != PhysicalType.DECIMAL128;
    }

    /** The rows themselves; fetch again after {@link #locate}. */
    public long[] words() {
        return words;
    }

    /** The bytes of variable-width values. */
    public byte[] arena() {
        return arena;
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
        if (layout.keyWords == 0) {
            if (size == 0 && count > 0) {
                addRow();
            }
            Arrays.fill(groups, 0, count, 0);
        } else {
            index.locate(keys, rows, count, groups);
        }
    }

    /**
     * Finds the row of each key, and adds none.
     *
     * @param rows which keys of the batch to look up, or null for the first {@code count}
     * @param groups filled with the row of each looked-up key, or -1 where there is none
     */
    public void find(KeyBatch keys, int @Nullable [] rows, int count, int[] groups) {
        if (layout.keyWords == 0) {
            Arrays.fill(groups, 0, count, size == 0 ? -1 : 0);
        } else {
            index.find(keys, rows, count, groups);
        }
    }

    /**
     * Adds rows with initial values and without keys, which no lookup finds: a bucket is either looked up or appended
     * to.
     *
     * @return the first of them
     */
    public int append(int count) {
        int first = size;
        ensureRows(count);
        size += count;
        return first;
    }

    /** Sets the values of rows, but not their keys, to the initial ones. */
    public void resetValues(int[] rows, int count) {
        int stride = layout.stride;
        int keyWords = layout.keyWords;
        long[] template = layout.template;
        long[] packed = words;
        if (arenaUsed > 0) {
            countGarbage(rows, count);
        }
        for (int w = keyWords; w < stride; w++) {
            long initial = template[w];
            for (int i = 0; i < count; i++) {
                packed[rows[i] * stride + w] = initial;
            }
        }
    }

    private void countGarbage(int[] rows, int count) {
        for (int c = layout.spec.keys().size(); c < layout.offsets.length; c++) {
            if (layout.types[c] == PhysicalType.BYTES) {
                for (int i = 0; i < count; i++) {
                    arenaGarbage += bytesLength(words[rows[i] * layout.stride + layout.offsets[c]]);
                }
            }
        }
    }

    /** Takes the next row, which has initial values and no key yet; there must be room. */
    int addRow() {
        return size++;
    }

    /** Makes room for one more row. */
    void ensureRows() {
        ensureRows(1);
    }

    private void ensureRows(int more) {
        long needed = (size + (long) more) * layout.stride;
        if (needed <= words.length) {
            return;
        }
        long wanted = Math.max(2L * words.length, needed);
        if (size + (long) more > MAX_ROWS || wanted > Integer.MAX_VALUE - 8) {
            throw ErrorCode.MEMORY_LIMIT.error("a bucket of '" + layout.spec.operator() + "' cannot hold more than "
                    + size + " keys; use more partitions or smaller windows");
        }
        memory.reserve(8L * wanted);
        long before = 8L * words.length;
        int room = words.length / layout.stride;
        words = Arrays.copyOf(words, (int) wanted);
        clearNewRows(room);
        memory.release(before);
    }

    /** Rows that are not there yet hold what they start with, so that adding one writes its key and nothing else. */
    private void clearNewRows(int from) {
        if (!layout.startsWithZeros) {
            layout.clear(words, from, words.length / layout.stride);
        }
    }

    /** Empties the bucket for use by another slice, with the arrays it has. */
    void reset() {
        layout.clear(words, 0, size);
        size = 0;
        index.clear();
        arenaUsed = 0;
        arenaGarbage = 0;
        changed = new long[0];
        isNew = true;
    }

    // ------------------------------------------------------------------ columns

    /** Whether a key column of a row is null. */
    public boolean isNull(int row, int column) {
        return layout.nullWord
                && column < layout.spec.keys().size()
                && (words[row * layout.stride] & (1L << column)) != 0;
    }

    /** The values of a column for the given rows (a copy). */
    public ColumnVector column(int column, int[] rows, int count) {
        return PackedColumns.read(this, layout, column, rows, count);
    }

    /** Sets a column of the given rows to the first {@code count} values of a vector without nulls. */
    public void setColumn(int column, int[] rows, ColumnVector values, int count) {
        PackedColumns.write(this, layout, column, rows, values.flatten(), count);
    }

    /** Sets a variable-width value. {@code words} stays the same array, {@link #arena} may not. */
    public void setBytes(int wordIndex, byte[] source, int from, int length) {
        long old = words[wordIndex];
        int at;
        if (length <= bytesLength(old)) {
            at = bytesOffset(old);
            arenaGarbage += bytesLength(old) - length;
        } else {
            arenaGarbage += bytesLength(old);
            words[wordIndex] = 0;
            at = arenaRoom(length);
            arenaUsed = at + length;
        }
        System.arraycopy(source, from, arena, at, length);
        words[wordIndex] = ((long) at << 32) | length;
    }

    private int arenaRoom(int length) {
        if ((long) arenaUsed + length <= arena.length) {
            return arenaUsed;
        }
        long live = arenaUsed - arenaGarbage;
        long wanted = Math.min(Integer.MAX_VALUE - 8, Math.max(256, 2 * (live + length)));
        if (live + length > wanted) {
            throw ErrorCode.MEMORY_LIMIT.error(
                    "the text values of a bucket of '" + layout.spec.operator() + "' pass 2 GiB; use more partitions");
        }
        memory.reserve(wanted);
        byte[] fresh = new byte[(int) wanted];
        int used = 0;
        for (int c = 0; c < layout.offsets.length; c++) {
            if (layout.types[c] == PhysicalType.BYTES) {
                for (int row = 0; row < size; row++) {
                    int at = row * layout.stride + layout.offsets[c];
                    int bytes = bytesLength(words[at]);
                    System.arraycopy(arena, bytesOffset(words[at]), fresh, used, bytes);
                    words[at] = ((long) used << 32) | bytes;
                    used += bytes;
                }
            }
        }
        memory.release(arena.length);
        arena = fresh;
        arenaUsed = used;
        arenaGarbage = 0;
        return used;
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
        int needed = (size + 63) >>> 6;
        if (changed.length < needed) {
            changed = Arrays.copyOf(changed, Math.max(needed, 2 * changed.length));
        }
        long[] bits = changed;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            bits[row >>> 6] |= 1L << row;
        }
    }

    /**
     * The next changed rows from a row on, ascending.
     *
     * @param into filled from its start, as far as it goes
     * @return how many were found; fewer than {@code into.length} means there are no more
     */
    public int changedRows(int from, int[] into) {
        int n = 0;
        if (isNew) {
            for (int row = from; row < size && n < into.length; row++) {
                into[n++] = row;
            }
            return n;
        }
        for (int w = from >>> 6; w < changed.length && n < into.length; w++) {
            long bits = changed[w];
            if (w == from >>> 6) {
                bits &= -1L << from;
            }
            while (bits != 0 && n < into.length) {
                into[n++] = (w << 6) + Long.numberOfTrailingZeros(bits);
                bits &= bits - 1;
            }
        }
        return n;
    }

    /** How many rows have changed. */
    public int changedCount() {
        if (isNew) {
            return size;
        }
        int count = 0;
        for (long bits : changed) {
            count += Long.bitCount(bits);
        }
        return count;
    }

    void clearChanges() {
        if (!isNew) {
            Arrays.fill(changed, 0);
        }
        isNew = false;
    }

    /** Whether it is large, and was made for many times the rows it has. */
    boolean isMostlyRoom() {
        return capacityBytes() > LARGE_BYTES && (long) size * layout.stride * ROOM_FACTOR < words.length;
    }

    long capacityBytes() {
        return 8L * words.length + index.capacityBytes() + arena.length;
    }

    void release() {
        memory.release(capacityBytes());
    }
}
