package io.rivulet.state.local.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Bytes being written: numbers, text and frames, into one array that grows. The layout is that of {@link FileFormat}.
 * Used by one thread at a time.
 */
public final class FrameBuffer {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final CRC32C crc = new CRC32C();
    private byte[] bytes;
    private int size;
    private int frameStart;

    /** @param capacity bytes to make room for at first */
    public FrameBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** The array itself (a view; fetch again after anything was put). */
    public byte[] array() {
        return bytes;
    }

    /** What was written, for reading (a view). */
    public ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /** Forgets what was written and keeps the array. */
    public void clear() {
        size = 0;
    }

    /** Forgets what was written behind a size. */
    public void cutTo(int newSize) {
        size = newSize;
    }

    /** Bytes the array has room for. */
    public int capacity() {
        return bytes.length;
    }

    /** Makes room for more bytes and gives the array. */
    public byte[] ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, (int)
                    Math.min(Integer.MAX_VALUE - 8, Math.max(2L * bytes.length, (long) size + more)));
        }
        return bytes;
    }

    /** Counts bytes that were written into the array directly. */
    public void advance(int count) {
        size += count;
    }

    /** One byte. */
    public void putByte(int value) {
        ensure(1)[size++] = (byte) value;
    }

    /** Four bytes. */
    public void putInt(int value) {
        INTS.set(ensure(Integer.BYTES), size, value);
        size += Integer.BYTES;
    }

    /** Eight bytes. */
    public void putLong(long value) {
        LONGS.set(ensure(Long.BYTES), size, value);
        size += Long.BYTES;
    }

    /** The first {@code count} values, eight bytes each. */
    public void putLongs(long[] values, int count) {
        byte[] target = ensure(Math.multiplyExact(count, Long.BYTES));
        int at = size;
        for (int i = 0; i < count; i++) {
            LONGS.set(target, at, values[i]);
            at += Long.BYTES;
        }
        size = at;
    }

    /** An unsigned number in 1 to 10 bytes. */
    public void putVarint(long value) {
        byte[] target = ensure(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            target[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        target[size++] = (byte) rest;
    }

    /** A signed number in 1 to 10 bytes. */
    public void putZigzag(long value) {
        putVarint((value << 1) ^ (value >> 63));
    }

    /** Bytes as they are. */
    public void putBytes(byte[] source, int offset, int length) {
        System.arraycopy(source, offset, ensure(length), size, length);
        size += length;
    }

    /** Text with its length. */
    public void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        putVarint(utf8.length);
        putBytes(utf8, 0, utf8.length);
    }

    /** Begins a frame; its payload is what is put until {@link #endFrame}. */
    public void beginFrame(FrameType type) {
        frameStart = size;
        putInt(FileFormat.MARKER);
        putInt(0);
        putByte(type.code());
    }

    /** Ends the frame begun last. */
    public void endFrame() {
        int payload = size - frameStart - FileFormat.PAYLOAD_OFFSET;
        INTS.set(bytes, frameStart + Integer.BYTES, payload);
        crc.reset();
        crc.update(bytes, frameStart + Integer.BYTES, size - frameStart - Integer.BYTES);
        putInt((int) crc.getValue());
    }
}
