package io.rivulet.state;

import io.rivulet.error.ErrorCode;
import io.rivulet.memory.MemoryPool;
import io.rivulet.type.PhysicalType;

/** The bytes of a bucket's variable-width values. A value's word in its row says where they begin and how many they are. */
final class ByteArena {
    private static final int FIRST_BYTES = 256;

    private final TableBucket rows;
    private final MemoryPool memory;
    private byte[] bytes = new byte[0];
    private int used;
    private long garbage;

    ByteArena(TableBucket rows, MemoryPool memory) {
        this.rows = rows;
        this.memory = memory;
    }

    /** The bytes themselves; another array after {@link #set}. */
    byte[] bytes() {
        return bytes;
    }

    int capacity() {
        return bytes.length;
    }

    /** Forgets all values, with the array it has. */
    void clear() {
        used = 0;
        garbage = 0;
    }

    /** Sets the value of a word of the rows. */
    void set(int wordIndex, byte[] source, int from, int length) {
        long[] words = rows.words();
        long old = words[wordIndex];
        int at;
        if (length <= TableBucket.bytesLength(old)) {
            at = TableBucket.bytesOffset(old);
            garbage += TableBucket.bytesLength(old) - length;
        } else {
            garbage += TableBucket.bytesLength(old);
            words[wordIndex] = 0;
            at = room(length);
            used = at + length;
        }
        System.arraycopy(source, from, bytes, at, length);
        words[wordIndex] = ((long) at << 32) | length;
    }

    /** Notes that the values of rows are given up. */
    void giveUp(RowLayout layout, int[] given, int count) {
        if (used == 0) {
            return;
        }
        for (int c = layout.spec.keys().size(); c < layout.offsets.length; c++) {
            if (layout.types[c] == PhysicalType.BYTES) {
                for (int i = 0; i < count; i++) {
                    garbage += TableBucket.bytesLength(
                            rows.words()[given[i] * rows.stride() + layout.offsets[c] * rows.wordStep()]);
                }
            }
        }
    }

    /** Makes room for a value behind all others, and leaves those behind that were given up if there is none. */
    private int room(int length) {
        if ((long) used + length <= bytes.length) {
            return used;
        }
        RowLayout layout = rows.layout();
        long live = used - garbage;
        long wanted = Math.min(Integer.MAX_VALUE - 8, Math.max(FIRST_BYTES, 2 * (live + length)));
        if (live + length > wanted) {
            throw ErrorCode.MEMORY_LIMIT.error(
                    "the text values of a bucket of '" + layout.spec.operator() + "' pass 2 GiB; use more partitions");
        }
        memory.reserve(wanted);
        byte[] fresh = new byte[(int) wanted];
        int copied = 0;
        int end = rows.extent();
        for (int c = 0; c < layout.offsets.length; c++) {
            if (layout.types[c] == PhysicalType.BYTES) {
                for (int row = 0; row < end; row++) {
                    int at = row * rows.stride() + layout.offsets[c] * rows.wordStep();
                    int own = TableBucket.bytesLength(rows.words()[at]);
                    System.arraycopy(bytes, TableBucket.bytesOffset(rows.words()[at]), fresh, copied, own);
                    rows.words()[at] = ((long) copied << 32) | own;
                    copied += own;
                }
            }
        }
        memory.release(bytes.length);
        bytes = fresh;
        used = copied;
        garbage = 0;
        return copied;
    }
}
