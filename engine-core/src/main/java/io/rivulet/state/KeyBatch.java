package io.rivulet.state;

import io.rivulet.error.ErrorCode;
import io.rivulet.vector.BooleanVector;
import io.rivulet.vector.ByteVector;
import io.rivulet.vector.BytesVector;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Decimal128Vector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.FloatVector;
import io.rivulet.vector.IntVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.ShortVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a column batch in canonical form, with their hashes: what tables and exchanges look rows up and
 * distribute them by. Owned by one task and loaded again for every batch; arrays may be longer than {@link #size}.
 */
public final class KeyBatch {
    private final int columns;
    /**
     * Canonical words per column; a shared array of the column where its values are canonical as they are. Those of text
     * tell texts apart in memory, but are not what {@link #hashes} is made of.
     */
    final long[][] words;

    /** Second words of wide decimals. */
    final long[] @Nullable [] lowWords;

    final @Nullable BytesVector[] bytes;
    private final long[] @Nullable [] own;
    private boolean anyNull;
    long[] nulls = new long[0];
    private long[] hashes = new long[0];
    private boolean hashed;
    private long[] tags = new long[0];
    private boolean tagged;
    private long[] pinned = new long[0];
    private long[] chosenWords = new long[0];
    private long[] chosenHashes = new long[0];
    private boolean chosenHashed;
    private int size;

    /** @param columns the number of key columns; may be 0 */
    public KeyBatch(int columns) {
        this.columns = columns;
        this.words = new long[columns][];
        this.lowWords = new long[columns][];
        this.bytes = new BytesVector[columns];
        this.own = new long[columns][];
        Arrays.fill(words, nulls);
    }

    /** The number of rows loaded. */
    public int size() {
        return size;
    }

    /** The pinned hash of every row (a view, valid until the next load); computed when first asked for. */
    public long[] hashes() {
        if (!hashed) {
            hashed = true;
            if (hashes.length < size) {
                hashes = new long[size];
            }
            hash(hashes, size, true);
        }
        return hashes;
    }

    /** The hash of every row that tables in memory look it up by; a view as {@link #hashes}. */
    long[] tags() {
        if (!hasText()) {
            return hashes();
        }
        if (!tagged) {
            tagged = true;
            if (tags.length < size) {
                tags = new long[size];
            }
            hash(tags, size, false);
        }
        return tags;
    }

    private boolean hasText() {
        for (BytesVector column : bytes) {
            if (column != null) {
                return true;
            }
        }
        return false;
    }

    boolean anyNull() {
        return anyNull;
    }

    /**
     * Loads the keys of a batch.
     *
     * @param keys the key columns, in the order of the table's keys
     * @param rows how many rows to load, from the first
     */
    public void load(ColumnVector[] keys, int rows) {
        size = rows;
        anyNull = false;
        hashed = false;
        tagged = false;
        for (int c = 0; c < columns; c++) {
            loadColumn(c, keys[c].flatten(), rows);
        }
    }

    /** Loads numbers as the one column of keys. */
    void load(int[] numbers, int count) {
        size = count;
        anyNull = false;
        hashed = false;
        tagged = false;
        long[] w = room(0, count);
        for (int i = 0; i < count; i++) {
            w[i] = numbers[i];
        }
    }

    private void loadColumn(int c, ColumnVector key, int rows) {
        bytes[c] = null;
        lowWords[c] = null;
        if (key instanceof LongVector v) {
            words[c] = v.values();
        } else if (key instanceof BytesVector v) {
            bytes[c] = v;
            long[] w = room(c, rows);
            byte[] data = v.data();
            int[] offsets = v.offsets();
            for (int i = 0; i < rows; i++) {
                w[i] = KeyHash.lookupWord(data, offsets[i], offsets[i + 1] - offsets[i]);
            }
        } else if (key instanceof Decimal128Vector v) {
            words[c] = v.high();
            lowWords[c] = v.low();
        } else {
            widen(key, room(c, rows), rows);
        }
        if (!key.allPresent()) {
            markNulls(c, key, rows);
        }
    }

    private long[] room(int c, int rows) {
        long[] w = own[c];
        if (w == null || w.length < rows) {
            w = new long[rows];
            own[c] = w;
        }
        words[c] = w;
        return w;
    }

    private static void widen(ColumnVector key, long[] w, int rows) {
        if (key instanceof IntVector v) {
            int[] values = v.values();
            for (int i = 0; i < rows; i++) {
                w[i] = values[i];
            }
        } else if (key instanceof DoubleVector v) {
            double[] values = v.values();
            for (int i = 0; i < rows; i++) {
                w[i] = KeyHash.canonical(values[i]);
            }
        } else if (key instanceof FloatVector v) {
            float[] values = v.values();
            for (int i = 0; i < rows; i++) {
                w[i] = KeyHash.canonical(values[i]);
            }
        } else if (key instanceof ShortVector v) {
            for (int i = 0; i < rows; i++) {
                w[i] = v.values()[i];
            }
        } else if (key instanceof ByteVector v) {
            for (int i = 0; i < rows; i++) {
                w[i] = v.values()[i];
            }
        } else if (key instanceof BooleanVector v) {
            for (int i = 0; i < rows; i++) {
                w[i] = v.values()[i] ? 1 : 0;
            }
        } else {
            throw ErrorCode.UNSUPPORTED_OPERATION.error(
                    "a key cannot be of type " + key.type().sql());
        }
    }

    private void markNulls(int c, ColumnVector key, int rows) {
        if (!anyNull) {
            anyNull = true;
            if (nulls.length < rows) {
                nulls = new long[rows];
            } else {
                Arrays.fill(nulls, 0, rows, 0);
            }
        }
        long[] low = lowWords[c];
        if (low != null) {
            low = Arrays.copyOf(
                    low, rows); // the vector's array is not ours to write, and null rows are arbitrary in it
            lowWords[c] = low;
        }
        long[] w = words[c];
        boolean shared = w != own[c];
        long[] target = shared ? room(c, rows) : w;
        for (int i = 0; i < rows; i++) {
            boolean isNull = key.isNull(i);
            nulls[i] |= isNull ? 1L << c : 0;
            target[i] = isNull ? KeyHash.NULL_WORD : w[i];
            if (isNull && low != null) {
                low[i] = 0;
            }
        }
    }

    /** The words of the first column of chosen rows, side by side; a view, valid until the next call. */
    long[] chosenWords(int[] chosen, int count) {
        if (chosenWords.length < count) {
            chosenWords = new long[count];
            chosenHashes = new long[count];
        }
        chosenHashed = false;
        long[] all = words[0];
        long[] own = chosenWords;
        for (int i = 0; i < count; i++) {
            own[i] = all[chosen[i]];
        }
        return own;
    }

    /** The hashes of the rows that {@link #chosenWords} was called with last. */
    long[] chosenHashes(int[] chosen, int count) {
        if (!chosenHashed) {
            chosenHashed = true;
            long[] all = tags();
            long[] own = chosenHashes;
            for (int i = 0; i < count; i++) {
                own[i] = all[chosen[i]];
            }
        }
        return chosenHashes;
    }

    private void hash(long[] h, int rows, boolean isPinned) {
        if (columns == 0) {
            Arrays.fill(h, 0, rows, KeyHash.SEED);
            return;
        }
        long[] first = isPinned ? pinnedWords(0, rows) : words[0];
        for (int i = 0; i < rows; i++) {
            h[i] = KeyHash.fold(KeyHash.SEED, first[i]);
        }
        for (int c = 0; c < columns; c++) {
            if (c > 0) {
                fold(h, isPinned ? pinnedWords(c, rows) : words[c], rows);
            }
            long[] low = lowWords[c];
            if (low != null) {
                fold(h, low, rows);
            }
        }
    }

    /** The words of a column that its pinned hash is made of; valid until the next call. */
    private long[] pinnedWords(int c, int rows) {
        BytesVector text = bytes[c];
        if (text == null) {
            return words[c];
        }
        if (pinned.length < rows) {
            pinned = new long[rows];
        }
        byte[] data = text.data();
        int[] offsets = text.offsets();
        for (int i = 0; i < rows; i++) {
            pinned[i] = anyNull && (nulls[i] & (1L << c)) != 0
                    ? KeyHash.NULL_WORD
                    : KeyHash.bytes(data, offsets[i], offsets[i + 1] - offsets[i]);
        }
        return pinned;
    }

    private static void fold(long[] h, long[] w, int rows) {
        for (int i = 0; i < rows; i++) {
            h[i] = KeyHash.fold(h[i], w[i]);
        }
    }
}
