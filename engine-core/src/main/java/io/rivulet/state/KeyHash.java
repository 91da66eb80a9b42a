package io.rivulet.state;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The pinned hash of keys: the same on every machine and in every version with the same {@link #ID}, which is in the
 * checkpoint. A key's hash is folded over the canonical words of its columns with the finaliser of SplitMix64 (Steele,
 * Lea, Flood 2014, variant 13 of Stafford); text and binary enter as their komihash 5.0. The high half chooses the
 * partition, the low half the slot in a table.
 */
public final class KeyHash {
    /** Names this function in checkpoints. */
    public static final int ID = 1;

    static final long SEED = 0x9E3779B97F4A7C15L;
    static final long NULL_WORD = 0x6A09E667F3BCC909L;
    private static final Hasher64 BYTES = Hashing.komihash5_0();

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
