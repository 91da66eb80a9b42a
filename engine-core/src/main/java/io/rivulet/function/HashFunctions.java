package io.rivulet.function;

import com.dynatrace.hash4j.hashing.Hashing;
import io.rivulet.type.SimpleType;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * Hashes of values: {@code hash} and {@code xxhash64} chain {@code hash_next} over their arguments (their values are this
 * engine's own, not Spark's), and digests as hexadecimal text.
 */
public final class HashFunctions {
    private HashFunctions() {}

    private static long mixed(long seed, long value) {
        long h = (seed ^ value) * 0x9E3779B97F4A7C15L;
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
        return (h ^ (h >>> 32)) + seed;
    }

    /** The hash so far continued by a value. */
    @ScalarFunction(name = "hash_next")
    public static long next(long seed, boolean value) {
        return mixed(seed, value ? 1 : 0);
    }

    /** The hash so far continued by a value. */
    @ScalarFunction(name = "hash_next")
    public static long next(long seed, long value) {
        return mixed(seed, value);
    }

    /** The hash so far continued by a value; −0.0 counts as 0.0 and every NaN as one. */
    @ScalarFunction(name = "hash_next")
    public static long next(long seed, double value) {
        return mixed(seed, Double.doubleToLongBits(value == 0 ? 0.0 : value));
    }

    /** The hash so far continued by a value. */
    @ScalarFunction(name = "hash_next")
    public static long next(long seed, Utf8 value) {
        return mixed(seed, Hashing.xxh3_64().hashBytesToLong(value.data(), value.offset(), value.length()));
    }

    /** The hash so far continued by a value. */
    @ScalarFunction(name = "hash_next")
    public static long nextBinary(long seed, @As(SimpleType.BINARY) Utf8 value) {
        return next(seed, value);
    }

    /** The hash so far continued by a value; equal numbers of different scale count as one. */
    @ScalarFunction(name = "hash_next")
    public static long next(long seed, BigDecimal value) {
        return mixed(seed, value.stripTrailingZeros().hashCode());
    }

    /** The hash so far continued by a value. */
    @ScalarFunction(name = "hash_next")
    public static long nextDate(long seed, @As(SimpleType.DATE) int value) {
        return mixed(seed, value);
    }

    /** The hash so far continued by a value. */
    @ScalarFunction(name = "hash_next")
    public static long nextTimestamp(long seed, @As(SimpleType.TIMESTAMP) long value) {
        return mixed(seed, value);
    }

    /** The hash so far continued by a value. */
    @ScalarFunction(name = "hash_next")
    public static long nextLocal(long seed, @As(SimpleType.TIMESTAMP_NTZ) long value) {
        return mixed(seed, value);
    }

    /** A hash folded to an INT. */
    @ScalarFunction(name = "hash_int")
    public static int toInt(long hash) {
        return (int) (hash ^ (hash >>> 32));
    }

    private static String digest(String algorithm, Utf8 bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            digest.update(bytes.data(), bytes.offset(), bytes.length());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** The MD5 digest. */
    @ScalarFunction(name = "md5")
    public static String md5(@As(SimpleType.BINARY) Utf8 bytes) {
        return digest("MD5", bytes);
    }

    /** The SHA-1 digest. */
    @ScalarFunction(name = {"sha", "sha1"})
    public static String sha1(@As(SimpleType.BINARY) Utf8 bytes) {
        return digest("SHA-1", bytes);
    }

    /** The SHA-2 digest of 224, 256 (also 0), 384 or 512 bits. */
    @ScalarFunction(name = "sha2")
    public static String sha2(@As(SimpleType.BINARY) Utf8 bytes, int bits) {
        return switch (bits) {
            case 0, 256 -> digest("SHA-256", bytes);
            case 224, 384, 512 -> digest("SHA-" + bits, bytes);
            default ->
                throw io.rivulet.error.ErrorCode.BAD_ARGUMENT.error(
                        "sha2 gives 224, 256, 384 or 512 bits, not " + bits);
        };
    }

    /** The CRC-32 checksum. */
    @ScalarFunction(name = "crc32")
    public static long crc32(@As(SimpleType.BINARY) Utf8 bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.data(), bytes.offset(), bytes.length());
        return crc.getValue();
    }
}
