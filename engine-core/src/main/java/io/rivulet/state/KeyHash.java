package io.rivulet.state;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The pinned hash of keys: the same on every machine and in every version with the same {@link #ID}, which is in the
 * checkpoint. A key's hash is folded over the canonical words of its columns with the finaliser of SplitMix64 (Steele,
 * Lea, Flood 2014, variant 13 of Stafford); text and binary enter as their komihash 5.0. The high half chooses the
 * partition, the low half the slot in a table. Tables with text in their keys take a hash that is cheaper and not pinned.
 */
public final class KeyHash {
    /** Names this function in checkpoints. */
    public static final int ID = 1;

    static final long SEED = 0x9E3779B97F4A7C15L;
    static final long NULL_WORD = 0x6A09E667F3BCC909L;
    private static final Hasher64 BYTES = Hashing.komihash5_0();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private KeyHash() {}

    /** Folds one more word into a hash. */
    static long fold(long hash, long word) {
        long z = hash + word;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    static long bytes(byte[] data, int offset, int length) {
        return BYTES.hashBytesToLong(data, offset, length);
    }

    /**
     * A word that tells texts apart in a table in memory, at a fraction of the cost of {@link #bytes}. It is not pinned:
     * nothing that is stored or sent may depend on it.
     */
    static long lookupWord(byte[] data, int offset, int length) {
        long word = length * SEED;
        int end = offset + length;
        int at = offset;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            word = stirred(word ^ (long) LONGS.get(data, at));
        }
        if (at == end) {
            return word;
        }
        if (length >= Long.BYTES) {
            return stirred(word ^ (long) LONGS.get(data, end - Long.BYTES));
        }
        long last = 0;
        for (; at < end; at++) {
            last = last << Byte.SIZE | (data[at] & 0xFF);
        }
        return stirred(word ^ last);
    }

    private static long stirred(long word) {
        long product = word * 0xD6E8FEB86659FD93L; // any odd number with its bits well spread
        return product ^ (product >>> 32);
    }

    /** Whether two runs of bytes are the same. */
    static boolean same(byte[] a, int from, byte[] b, int otherFrom, int length) {
        int done = 0;
        for (; done <= length - Long.BYTES; done += Long.BYTES) {
            if ((long) LONGS.get(a, from + done) != (long) LONGS.get(b, otherFrom + done)) {
                return false;
            }
        }
        if (done < length && length >= Long.BYTES) {
            return (long) LONGS.get(a, from + length - Long.BYTES)
                    == (long) LONGS.get(b, otherFrom + length - Long.BYTES);
        }
        for (; done < length; done++) {
            if (a[from + done] != b[otherFrom + done]) {
                return false;
            }
        }
        return true;
    }

    /** The canonical bits of a double: one NaN, one zero. */
    static long canonical(double value) {
        return Double.doubleToLongBits(value + 0.0);
    }

    /** The canonical bits of a float: one NaN, one zero. */
    static long canonical(float value) {
        return Float.floatToIntBits(value + 0.0f);
    }

    /** Which of {@code partitions} a key belongs to. */
    public static int partition(long hash, int partitions) {
        return (int) (((hash >>> 32) * partitions) >>> 32);
    }
}
