package io.rivulet.state;

import io.rivulet.error.ErrorCode;
import io.rivulet.memory.MemoryPool;
import io.rivulet.type.PhysicalType;
import io.rivulet.vector.BytesVector;
import io.rivulet.vector.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A packed hash table: the key and values of a row lie side by side in one {@code long[]}, {@link #stride} words a row,
 * rows in the order they were added. An index of one long a slot (the low half of the key's hash, and the row) at most
 * half full finds a row with one look at the index and one at the row; a key that is a small enough integer is its own
 * place in an array of rows, and is not in the index.
 *
 * <p>Kernels update columns through {@link #words}, {@link #stride} and {@link #offset}; both arrays must be fetched
 * again after {@link #locate}, which may have grown them. Row numbers stay until the bucket is dropped. Owned by one
 * task.
 */
public final class TableBucket {
    private static final int FIRST_ROWS = 16;
    private static final int MAX_ROWS = 1 << 29;
    /** A key this small is addressed directly whatever there is. */
    private static final int DIRECT_FREE = 1 << 10;
    /** A key is addressed directly when this many ints a row are enough for it: as much as an index costs. */
    private static final int DIRECT_PER_ROW = 4;

    private final RowLayout layout;
    private final MemoryPool memory;
    private long[] words;
    private long[] index;
    private int indexed;
    /** Row plus one of the keys from 0 on, when there is one fixed-width key and it is small; else empty. */
    private int[] direct = new int[0];

    private int size;
    private byte[] arena = new byte[0];
    private int arenaUsed;
    private long arenaGarbage;
    private long[] changed = new long[0];
    private boolean isNew = true;

    TableBucket(RowLayout layout, MemoryPool memory) {
        this.layout = layout;
        this.memory = memory;
        memory.reserve(8L * FIRST_ROWS * layout.stride + 16L * FIRST_ROWS);
        words = new long[FIRST_ROWS * layout.stride];
        index = new long[2 * FIRST_ROWS];
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
        } else if (rows == null && layout.oneWordKey() && !keys.anyNull()) {
            locateWord(keys, count, groups);
        } else {
            locateAny(keys, rows, count, groups);
        }
    }

    private void locateWord(KeyBatch keys, int count, int[] groups) {
        long[] words = keys.words[0];
        int i = 0;
        while (i < count) {
            i = locateDirect(words, i, count, groups);
            if (i == count) {
                return;
            }
            int reached = addressesDirectly(words[i]) ? i : locateHashed(words, keys.hashes(), i, count, groups);
            if (reached == i) {
                groups[i] = locateOne(words[i]); // it is new, and something must grow for it
                reached++;
            }
            i = reached;
        }
    }

    private boolean addressesDirectly(long key) {
        return key >= 0 && key < direct.length;
    }

    /** Finds or adds rows of other keys; stops at a small key, or when something must grow. */
    private int locateHashed(long[] keys, long[] hashes, int from, int count, int[] groups) {
        long[] slots = index;
        long[] packed = words;
        long[] template = layout.template;
        int mask = slots.length - 1;
        int stride = layout.stride;
        int room = packed.length / stride;
        int limit = direct.length;
        int held = size;
        int entries = indexed;
        int i = from;
        for (; i < count; i++) {
            long key = keys[i];
            if (key >= 0 && key < limit) {
                break;
            }
            int tag = (int) hashes[i];
            int slot = tag & mask;
            int row = -1;
            long entry;
            while ((entry = slots[slot]) != 0) {
                if ((int) (entry >>> 32) == tag && packed[((int) entry - 1) * stride] == key) {
                    row = (int) entry - 1;
                    break;
                }
                slot = (slot + 1) & mask;
            }
            if (row < 0) {
                boolean small = key >= 0 && key < DIRECT_PER_ROW * (long) held + DIRECT_FREE;
                if (small || held == room || 2 * (entries + 1) > slots.length) {
                    break;
                }
                row = held++;
                entries++;
                slots[slot] = ((long) tag << 32) | held;
                int base = row * stride;
                packed[base] = key;
                for (int w = 1; w < stride; w++) {
                    packed[base + w] = template[w];
                }
            }
            groups[i] = row;
        }
        size = held;
        indexed = entries;
        return i;
    }

    /** Finds or adds rows of small keys, without hashing; stops at another key, or when rows must grow. */
    private int locateDirect(long[] keys, int from, int count, int[] groups) {
        int[] rows = direct;
        long[] packed = words;
        int stride = layout.stride;
        long[] template = layout.template;
        int limit = rows.length;
        int room = packed.length / stride;
        int held = size;
        int i = from;
        for (; i < count; i++) {
            long key = keys[i];
            if (key < 0 || key >= limit) {
                break;
            }
            int row = rows[(int) key] - 1;
            if (row < 0) {
                if (held == room) {
                    break;
                }
                row = held++;
                rows[(int) key] = held;
                int base = row * stride;
                packed[base] = key;
                for (int w = 1; w < stride; w++) {
                    packed[base + w] = template[w];
                }
            }
            groups[i] = row;
        }
        size = held;
        return i;
    }

    /** Finds or adds the row of a key. */
    private int locateOne(long key) {
        if (addressesDirectly(key)) {
            return addDirect(key);
        }
        int tag = (int) KeyHash.fold(KeyHash.SEED, key);
        int mask = index.length - 1;
        int slot = tag & mask;
        long entry;
        while ((entry = index[slot]) != 0) {
            if ((int) (entry >>> 32) == tag && words[((int) entry - 1) * layout.stride] == key) {
                return (int) entry - 1;
            }
            slot = (slot + 1) & mask;
        }
        if (key >= 0 && key < DIRECT_PER_ROW * (long) size + DIRECT_FREE) {
            growDirect(key);
            return addDirect(key);
        }
        ensureRows();
        ensureIndex();
        int row = addRow();
        words[row * layout.stride] = key;
        index(tag, row);
        return row;
    }

    private int addDirect(long key) {
        ensureRows();
        int row = addRow();
        words[row * layout.stride] = key;
        direct[(int) key] = row + 1;
        return row;
    }

    /** Covers a key, and every smaller one, by direct addressing; rows that are there already are entered. */
    private void growDirect(long key) {
        int wanted = Math.max(Integer.highestOneBit((int) key) << 1, DIRECT_FREE);
        memory.reserve(4L * wanted);
        memory.release(4L * direct.length);
        direct = new int[wanted];
        for (int row = 0; row < size; row++) {
            long known = words[row * layout.stride];
            if (known >= 0 && known < wanted) {
                direct[(int) known] = row + 1;
            }
        }
    }

    private void locateAny(KeyBatch keys, int @Nullable [] rows, int count, int[] groups) {
        if (layout.oneWordKey() && !keys.anyNull()) {
            long[] words = keys.words[0];
            for (int i = 0; i < count; i++) {
                long key = words[rows == null ? i : rows[i]];
                int row = key >= 0 && key < direct.length ? direct[(int) key] - 1 : -1;
                groups[i] = row >= 0 ? row : locateOne(key);
            }
            return;
        }
        long[] hashes = keys.hashes();
        for (int i = 0; i < count; i++) {
            int at = rows == null ? i : rows[i];
            int tag = (int) hashes[at];
            int mask = index.length - 1;
            int slot = tag & mask;
            int row = -1;
            long entry;
            while ((entry = index[slot]) != 0) {
                if ((int) (entry >>> 32) == tag && sameKey((int) entry - 1, keys, at)) {
                    row = (int) entry - 1;
                    break;
                }
                slot = (slot + 1) & mask;
            }
            if (row < 0) {
                row = insert(keys, at, tag);
            }
            groups[i] = row;
        }
    }

    private boolean sameKey(int row, KeyBatch keys, int at) {
        int base = row * layout.stride;
        if (layout.nullWord && words[base] != (keys.anyNull() ? keys.nulls[at] : 0)) {
            return false;
        }
        int keyColumns = layout.spec.keys().size();
        for (int c = 0; c < keyColumns; c++) {
            long word = words[base + layout.offsets[c]];
            BytesVector bytes = keys.bytes[c];
            if (bytes != null && layout.types[c] == PhysicalType.BYTES) {
                boolean isNull = keys.anyNull() && (keys.nulls[at] & (1L << c)) != 0;
                if (!isNull && !sameBytes(word, bytes, at)) {
                    return false;
                }
            } else if (word != keys.words[c][at]) {
                return false;
            } else {
                long[] low = keys.lowWords[c];
                if (low != null && words[base + layout.offsets[c] + 1] != low[at]) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean sameBytes(long word, BytesVector bytes, int at) {
        int offset = bytesOffset(word);
        int from = bytes.offsets()[at];
        return Arrays.equals(arena, offset, offset + bytesLength(word), bytes.data(), from, bytes.offsets()[at + 1]);
    }

    private int insert(KeyBatch keys, int at, int tag) {
        ensureRows();
        ensureIndex();
        int row = addRow();
        int base = row * layout.stride;
        if (layout.nullWord) {
            words[base] = keys.anyNull() ? keys.nulls[at] : 0;
        } else if (keys.anyNull() && keys.nulls[at] != 0) {
            throw ErrorCode.INTERNAL.error("a null key in '" + layout.spec.operator()
                    + "', whose key columns are declared NOT NULL; the source's schema is wrong");
        }
        int keyColumns = layout.spec.keys().size();
        for (int c = 0; c < keyColumns; c++) {
            int word = base + layout.offsets[c];
            BytesVector bytes = keys.bytes[c];
            if (bytes != null) {
                words[word] = 0;
                if (!keys.anyNull() || (keys.nulls[at] & (1L << c)) == 0) {
                    setBytes(word, bytes.data(), bytes.offsets()[at], bytes.length(at));
                }
            } else {
                words[word] = keys.words[c][at];
                long[] low = keys.lowWords[c];
                if (low != null) {
                    words[word + 1] = low[at];
                }
            }
        }
        index(tag, row);
        return row;
    }

    private void index(int tag, int row) {
        int mask = index.length - 1;
        int slot = tag & mask;
        while (index[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        index[slot] = ((long) tag << 32) | (row + 1);
        indexed++;
    }

    private int addRow() {
        int row = size++;
        System.arraycopy(layout.template, 0, words, row * layout.stride, layout.stride);
        return row;
    }

    /** Makes room for one more row. */
    private void ensureRows() {
        if ((size + 1L) * layout.stride <= words.length) {
            return;
        }
        long wanted = 2L * words.length;
        if (size >= MAX_ROWS || wanted > Integer.MAX_VALUE - 8) {
            throw ErrorCode.MEMORY_LIMIT.error("a bucket of '" + layout.spec.operator() + "' cannot hold more than "
                    + size + " keys; use more partitions or smaller windows");
        }
        memory.reserve(8L * wanted);
        long before = 8L * words.length;
        words = Arrays.copyOf(words, (int) wanted);
        memory.release(before);
    }

    /** Makes room for one more entry of the index. */
    private void ensureIndex() {
        if (2L * (indexed + 1) <= index.length) {
            return;
        }
        memory.reserve(16L * index.length);
        long[] grown = new long[2 * index.length];
        int mask = grown.length - 1;
        for (long entry : index) {
            if (entry != 0) {
                int slot = (int) (entry >>> 32) & mask;
                while (grown[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                grown[slot] = entry;
            }
        }
        memory.release(8L * index.length);
        index = grown;
    }

    /** Empties the bucket for use by another slice, with the arrays it has. */
    void reset() {
        size = 0;
        indexed = 0;
        Arrays.fill(index, 0);
        Arrays.fill(direct, 0);
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

    long capacityBytes() {
        return 8L * words.length + 8L * index.length + 4L * direct.length + arena.length;
    }

    void release() {
        memory.release(capacityBytes());
    }
}
