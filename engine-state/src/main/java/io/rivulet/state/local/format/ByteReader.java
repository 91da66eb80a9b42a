package io.rivulet.state.local.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link FrameBuffer} writes. Reading past the end, or a length that cannot be, is a
 * {@link MalformedBytesException}. One thread.
 */
public final class ByteReader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Bytes that hold no record of the expected form. */
    public static final class MalformedBytesException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        /** @param message what was found where something else is due */
        public MalformedBytesException(String message) {
            super(message);
        }
    }

    private final byte[] bytes;
    private final int end;
    private int at;

    /** A reader of {@code length} bytes from {@code offset} on (shared, not copied). */
    public ByteReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    static int intAt(byte[] bytes, int at) {
        return (int) INTS.get(bytes, at);
    }

    static long longAt(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Bytes that are left. */
    public int remaining() {
        return end - at;
    }

    byte[] array() {
        return bytes;
    }

    /** Steps over bytes and gives where they began in {@link #array}. */
    int skip(int count) {
        if (count < 0 || count > end - at) {
            throw new MalformedBytesException(count + " bytes expected, " + (end - at) + " left");
        }
        int from = at;
        at += count;
        return from;
    }

    /** One byte, 0 to 255. */
    public int getByte() {
        return bytes[skip(1)] & 0xFF;
    }

    /** Four bytes. */
    public int getInt() {
        return intAt(bytes, skip(Integer.BYTES));
    }

    /** Eight bytes. */
    public long getLong() {
        return longAt(bytes, skip(Long.BYTES));
    }

    /** An unsigned number. */
    public long getVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = bytes[skip(1)];
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedBytesException("a number of more than ten bytes");
    }

    /** An unsigned number that fits an int and is at most {@code most}. */
    public int getCount(int most) {
        long value = getVarint();
        if (value < 0 || value > most) {
            throw new MalformedBytesException("a count of " + value + ", at most " + most + " is possible");
        }
        return (int) value;
    }

    /** A count of things of at least one byte each. */
    public int getCount() {
        return getCount(remaining());
    }

    /** A signed number. */
    public long getZigzag() {
        long value = getVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Bytes with their length (a copy). */
    public byte[] getBlob() {
        int length = getCount();
        int from = skip(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** All bytes that are left (a copy). */
    public byte[] getRest() {
        int from = skip(remaining());
        return Arrays.copyOfRange(bytes, from, end);
    }

    /** Text with its length. */
    public String getText() {
        int length = getCount();
        return new String(bytes, skip(length), length, StandardCharsets.UTF_8);
    }
}
