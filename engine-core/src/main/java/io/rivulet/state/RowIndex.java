package io.rivulet.state;

import io.rivulet.error.ErrorCode;
import io.rivulet.memory.MemoryPool;
import io.rivulet.type.PhysicalType;
import io.rivulet.vector.BytesVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a {@link TableBucket} by their keys. An index of one long a slot (the low half of the key's hash,
 * and the row plus one) at most half full finds a row with one look at the index and one at the row; a key that is a
 * small enough integer is its own place in an array of rows, and is not in the index.
 */
final class RowIndex {
    /** A key this small is addressed directly whatever there is. */
    private static final int DIRECT_FREE = 1 << 10;
    /** A key is addressed directly when this many ints a row are enough for it: as much as an index costs. */
    private static final int DIRECT_PER_ROW = 4;

    private final TableBucket rows;
    private final RowLayout layout;
    private final MemoryPool memory;
    private long[] index;
    private int indexed;
    /** Row plus one of the keys from 0 on, when there is one fixed-width key and it is small; else empty. */
    private int[] direct = new int[0];
    /** Where the key of one column lies in its row. */
    private final int keyAt;
    /** The row of a key of one column that is null, which is not in the index; or -1. */
    private int nullRow = -1;

    private int[] present = new int[0];
    private int[] presentGroups = new int[0];

    /** @param slots already reserved in the pool, 8 bytes each */
    RowIndex(TableBucket rows, RowLayout layout, MemoryPool memory, int slots) {
        this.rows = rows;
        this.layout = layout;
        this.memory = memory;
        this.keyAt = layout.nullWord ? 1 : 0;
        this.index = new long[slots];
    }

    /** Finds the row of each key, or adds one. The layout has keys. */
    void locate(KeyBatch keys, int @Nullable [] chosen, int count, int[] groups) {
        if (layout.oneWordKey()) {
            if (keys.anyNull()) {
                locateWordOrNull(keys, chosen, count, groups);
            } else {
                locateWord(keys, chosen, count, groups);
            }
        } else if (layout.oneTextKey()) {
            locateText(keys, chosen, count, groups);
        } else {
            locateAny(keys, chosen, count, groups);
        }
    }

    /** Rows of words, and the one row of null. */
    private void locateWordOrNull(KeyBatch keys, int @Nullable [] chosen, int count, int[] groups) {
        if (present.length < count) {
            present = new int[count];
            presentGroups = new int[count];
        }
        int n = 0;
        for (int i = 0; i < count; i++) {
            int at = chosen == null ? i : chosen[i];
            present[n] = at;
            n += keys.nulls[at] == 0 ? 1 : 0;
        }
        locateWord(keys, present, n, presentGroups);
        int next = 0;
        for (int i = 0; i < count; i++) {
            int at = chosen == null ? i : chosen[i];
            groups[i] = keys.nulls[at] == 0 ? presentGroups[next++] : locateNull(keys, at);
        }
    }

    /** The row of a key of one column that is null. */
    private int locateNull(KeyBatch keys, int at) {
        if (nullRow < 0) {
            nullRow = add(keys, at);
        }
        return nullRow;
    }

    private void locateText(KeyBatch keys, int @Nullable [] chosen, int count, int[] groups) {
        BytesVector texts = keys.bytes[0];
        if (texts == null) {
            locateAny(keys, chosen, count, groups);
            return;
        }
        long[] tags = keys.tags();
        byte[] data = texts.data();
        int[] offsets = texts.offsets();
        long[] nulls = keys.nulls;
        boolean anyNull = keys.anyNull();
        for (int i = 0; i < count; i++) {
            int at = chosen == null ? i : chosen[i];
            if (anyNull && nulls[at] != 0) {
                groups[i] = locateNull(keys, at);
                continue;
            }
            int row = findText((int) tags[at], data, offsets[at], offsets[at + 1] - offsets[at]);
            groups[i] = row >= 0 ? row : insert(keys, at, (int) tags[at]);
        }
    }

    private int findText(int tag, byte[] data, int from, int length) {
        long[] slots = index;
        int mask = slots.length - 1;
        int slot = tag & mask;
        long entry;
        while ((entry = slots[slot]) != 0) {
            if ((int) (entry >>> 32) == tag) {
                int row = (int) entry - 1;
                long word = rows.words()[row * layout.stride + keyAt];
                if (TableBucket.bytesLength(word) == length
                        && KeyHash.same(rows.arena(), TableBucket.bytesOffset(word), data, from, length)) {
                    return row;
                }
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    /** Finds the row of each key, or gives -1. Keys are one word and never null. */
    void find(KeyBatch keys, int count, int[] groups) {
        long[] words = keys.words[0];
        long[] packed = rows.words();
        long[] slots = index;
        int[] places = direct;
        int mask = slots.length - 1;
        int stride = layout.stride;
        for (int i = 0; i < count; i++) {
            long key = words[i];
            int row = -1;
            if (key >= 0 && key < places.length) {
                row = places[(int) key] - 1;
            } else if (indexed > 0) {
                int tag = (int) KeyHash.fold(KeyHash.SEED, key);
                int slot = tag & mask;
                long entry;
                while ((entry = slots[slot]) != 0) {
                    if ((int) (entry >>> 32) == tag && packed[((int) entry - 1) * stride + keyAt] == key) {
                        row = (int) entry - 1;
                        break;
                    }
                    slot = (slot + 1) & mask;
                }
            }
            groups[i] = row;
        }
    }

    /** Where a key's row is, through the index; -1 when it is not there. */
    private int probe(KeyBatch keys, int at, int tag) {
        long[] slots = index;
        int mask = slots.length - 1;
        int slot = tag & mask;
        long entry;
        while ((entry = slots[slot]) != 0) {
            if ((int) (entry >>> 32) == tag && sameKey((int) entry - 1, keys, at)) {
                return (int) entry - 1;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    private void locateWord(KeyBatch keys, int @Nullable [] chosen, int count, int[] groups) {
        long[] words = chosen == null ? keys.words[0] : keys.chosenWords(chosen, count);
        int i = 0;
        while (i < count) {
            i = locateDirect(words, i, count, groups);
            if (i == count) {
                return;
            }
            int reached = i;
            if (!addressesDirectly(words[i])) {
                long[] hashes = chosen == null ? keys.tags() : keys.chosenHashes(chosen, count);
                reached = locateHashed(words, hashes, i, count, groups);
            }
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
        long[] packed = rows.words();
        int mask = slots.length - 1;
        int stride = layout.stride;
        int room = packed.length / stride;
        int limit = direct.length;
        int held = rows.size;
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
                if ((int) (entry >>> 32) == tag && packed[((int) entry - 1) * stride + keyAt] == key) {
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
                packed[row * stride + keyAt] = key;
            }
            groups[i] = row;
        }
        rows.size = held;
        indexed = entries;
        return i;
    }

    /** Finds or adds rows of small keys, without hashing; stops at another key, or when rows must grow. */
    private int locateDirect(long[] keys, int from, int count, int[] groups) {
        int[] places = direct;
        long[] packed = rows.words();
        int stride = layout.stride;
        int limit = places.length;
        int room = packed.length / stride;
        int held = rows.size;
        int i = from;
        for (; i < count; i++) {
            long key = keys[i];
            if (key < 0 || key >= limit) {
                break;
            }
            int row = places[(int) key] - 1;
            if (row < 0) {
                if (held == room) {
                    break;
                }
                row = held++;
                places[(int) key] = held;
                packed[row * stride + keyAt] = key;
            }
            groups[i] = row;
        }
        rows.size = held;
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
            if ((int) (entry >>> 32) == tag && rows.words()[((int) entry - 1) * layout.stride + keyAt] == key) {
                return (int) entry - 1;
            }
            slot = (slot + 1) & mask;
        }
        if (key >= 0 && key < DIRECT_PER_ROW * (long) rows.size + DIRECT_FREE) {
            growDirect(key);
            return addDirect(key);
        }
        rows.ensureRows();
        ensureIndex();
        int row = rows.addRow();
        rows.words()[row * layout.stride + keyAt] = key;
        index(tag, row);
        return row;
    }

    private int addDirect(long key) {
        rows.ensureRows();
        int row = rows.addRow();
        rows.words()[row * layout.stride + keyAt] = key;
        direct[(int) key] = row + 1;
        return row;
    }

    /** Covers a key, and every smaller one, by direct addressing; rows that are there already are entered. */
    private void growDirect(long key) {
        int wanted = Math.max(Integer.highestOneBit((int) key) << 1, DIRECT_FREE);
        memory.reserve(4L * wanted);
        memory.release(4L * direct.length);
        direct = new int[wanted];
        for (int row = 0; row < rows.size; row++) {
            long known = rows.words()[row * layout.stride + keyAt];
            if (known >= 0 && known < wanted) {
                direct[(int) known] = row + 1;
            }
        }
    }

    private void locateAny(KeyBatch keys, int @Nullable [] chosen, int count, int[] groups) {
        long[] tags = keys.tags();
        for (int i = 0; i < count; i++) {
            int at = chosen == null ? i : chosen[i];
            int tag = (int) tags[at];
            int row = probe(keys, at, tag);
            groups[i] = row >= 0 ? row : insert(keys, at, tag);
        }
    }

    private boolean sameKey(int row, KeyBatch keys, int at) {
        int base = row * layout.stride;
        if (layout.nullWord && rows.words()[base] != (keys.anyNull() ? keys.nulls[at] : 0)) {
            return false;
        }
        int keyColumns = layout.spec.keys().size();
        for (int c = 0; c < keyColumns; c++) {
            long word = rows.words()[base + layout.offsets[c]];
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
                if (low != null && rows.words()[base + layout.offsets[c] + 1] != low[at]) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean sameBytes(long word, BytesVector bytes, int at) {
        int length = bytes.length(at);
        return TableBucket.bytesLength(word) == length
                && KeyHash.same(rows.arena(), TableBucket.bytesOffset(word), bytes.data(), bytes.offsets()[at], length);
    }

    private int insert(KeyBatch keys, int at, int tag) {
        ensureIndex(); // first: it may be refused
        int row = add(keys, at);
        index(tag, row);
        return row;
    }

    /** Adds a row with a key, which is not entered in the index. */
    private int add(KeyBatch keys, int at) {
        rows.ensureRows();
        int row = rows.addRow();
        int base = row * layout.stride;
        if (layout.nullWord) {
            rows.words()[base] = keys.anyNull() ? keys.nulls[at] : 0;
        } else if (keys.anyNull() && keys.nulls[at] != 0) {
            throw ErrorCode.INTERNAL.error("a null key in '" + layout.spec.operator()
                    + "', whose key columns are declared NOT NULL; the source's schema is wrong");
        }
        int keyColumns = layout.spec.keys().size();
        for (int c = 0; c < keyColumns; c++) {
            int word = base + layout.offsets[c];
            BytesVector bytes = keys.bytes[c];
            if (bytes != null) {
                rows.words()[word] = 0;
                if (!keys.anyNull() || (keys.nulls[at] & (1L << c)) == 0) {
                    rows.setBytes(word, bytes.data(), bytes.offsets()[at], bytes.length(at));
                }
            } else {
                rows.words()[word] = keys.words[c][at];
                long[] low = keys.lowWords[c];
                if (low != null) {
                    rows.words()[word + 1] = low[at];
                }
            }
        }
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

    /** Enters all rows anew, whose keys have become other ones; the keys are one word, and none has grown. */
    void rebuild() {
        clear();
        for (int row = 0; row < rows.size; row++) {
            long key = rows.words()[row * layout.stride];
            if (addressesDirectly(key)) {
                direct[(int) key] = row + 1;
            } else {
                ensureIndex();
                index((int) KeyHash.fold(KeyHash.SEED, key), row);
            }
        }
    }

    /** Forgets all rows, with the arrays it has. */
    void clear() {
        indexed = 0;
        nullRow = -1;
        Arrays.fill(index, 0);
        Arrays.fill(direct, 0);
    }

    long capacityBytes() {
        return 8L * index.length + 4L * direct.length;
    }
}
