package io.rivulet.function;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A STRING (UTF-8) or BINARY value as a view of a byte array. Evaluators move one view over the rows of a column with
 * {@link #set}, so a function keeps no reference to its arguments; a result may be a new view of an argument's bytes.
 * Ordered by unsigned bytes, which for UTF-8 is the order of code points.
 */
public final class Utf8 implements Comparable<Utf8> {
    private byte[] data;
    private int offset;
    private int length;

    /** A view of {@code length} bytes; shares the array. */
    public Utf8(byte[] data, int offset, int length) {
        this.data = data;
        this.offset = offset;
        this.length = length;
    }

    /** A view of nothing yet. */
    public Utf8() {
        this(new byte[0], 0, 0);
    }

    /** A view of the whole array. */
    public static Utf8 of(byte[] data) {
        return new Utf8(data, 0, data.length);
    }

    /** The UTF-8 bytes of a text. */
    public static Utf8 of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether bytes are a text in UTF-8. */
    public static boolean isUtf8(byte[] bytes, int start, int end) {
        int i = start;
        while (true) {
            while (i < end && bytes[i] >= 0) {
                i++;
            }
            if (i == end) {
                return true;
            }
            int length = codePointLength(bytes, i, end);
            if (length == 0) {
                return false;
            }
            i += length;
        }
    }

    /** How many bytes the code point that is not ASCII takes; 0 when there is none. */
    private static int codePointLength(byte[] bytes, int at, int end) {
        int lead = bytes[at] & 0xFF;
        int length = lead < 0xC0 || lead >= 0xF8 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (length == 0 || at + length > end) {
            return 0;
        }
        int point = lead & (0x7F >> length);
        for (int i = at + 1; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
            point = point << 6 | (bytes[i] & 0x3F);
        }
        int least = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x10000; // a longer form than needed is none
        boolean exists = point >= least && point <= Character.MAX_CODE_POINT;
        return exists && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) ? length : 0;
    }

    /** Moves the view to the bytes from {@code start} up to {@code end}; gives this. */
    public Utf8 set(byte[] array, int start, int end) {
        data = array;
        offset = start;
        length = end - start;
        return this;
    }

    /** The array that holds the bytes (shared). */
    public byte[] data() {
        return data;
    }

    /** Where the bytes begin in {@link #data}. */
    public int offset() {
        return offset;
    }

    /** The number of bytes. */
    public int length() {
        return length;
    }

    /** The byte at an index from 0. */
    public byte byteAt(int index) {
        return data[offset + index];
    }

    /** A view of the bytes from {@code start} up to {@code end}, indices from 0. */
    public Utf8 slice(int start, int end) {
        return new Utf8(data, offset + start, end - start);
    }

    /** The bytes in an array of their own. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(data, offset, offset + length);
    }

    /** Whether no byte is above 127, so that bytes are characters. */
    public boolean isAscii() {
        for (int i = offset; i < offset + length; i++) {
            if (data[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The number of code points. */
    public int codePoints() {
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            if ((data[i] & 0xC0) != 0x80) {
                count++;
            }
        }
        return count;
    }

    /** The byte index of the code point with this index (from 0), or {@link #length} when there are not so many. */
    public int byteIndex(int codePoint) {
        int seen = -1;
        for (int i = 0; i < length; i++) {
            if ((data[offset + i] & 0xC0) != 0x80 && ++seen == codePoint) {
                return i;
            }
        }
        return length;
    }

    /** The byte index from {@code from} on where the other bytes occur first, or -1. */
    public int indexOf(Utf8 other, int from) {
        int last = length - other.length;
        for (int i = from; i <= last; i++) {
            if (matches(i, other)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the other bytes stand at a byte index, which must leave room for them or be out of range. */
    public boolean matches(int at, Utf8 other) {
        return at >= 0
                && at + other.length <= length
                && Arrays.equals(
                        data,
                        offset + at,
                        offset + at + other.length,
                        other.data,
                        other.offset,
                        other.offset + other.length);
    }

    @Override
    public int compareTo(Utf8 other) {
        return Arrays.compareUnsigned(
                data, offset, offset + length, other.data, other.offset, other.offset + other.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Utf8 that && length == that.length && matches(0, that);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + data[i];
        }
        return hash;
    }

    /** The bytes as text. */
    @Override
    public String toString() {
        return new String(data, offset, length, StandardCharsets.UTF_8);
    }
}
