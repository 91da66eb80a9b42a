package io.rivulet.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of text being written; grows. One thread. */
final class TextBuffer {
    private byte[] bytes = new byte[1 << 16];
    private int length;

    int length() {
        return length;
    }

    /** The bytes themselves, from 0 to {@link #length} (until the next put; do not write). */
    byte[] bytes() {
        return bytes;
    }

    byte at(int index) {
        return bytes[index];
    }

    /** Forgets everything from an index on. */
    void truncate(int to) {
        length = to;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(length, more), (int) Math.min(1L << 30, bytes.length * 2L)));
        }
    }

    void put(int b) {
        reserve(1);
        bytes[length++] = (byte) b;
    }

    void put(byte[] source, int from, int count) {
        reserve(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Puts text that is nothing but ASCII. */
    void ascii(String text) {
        int count = text.length();
        reserve(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        put(utf8, 0, utf8.length);
    }

    void number(long value) {
        if (value == Long.MIN_VALUE) {
            ascii("-9223372036854775808");
            return;
        }
        long rest = value;
        if (rest < 0) {
            put('-');
            rest = -rest;
        }
        int digits = 1;
        for (long power = 10; digits < 19 && rest >= power; power *= 10) {
            digits++;
        }
        padded(rest, digits);
    }

    /** Puts a non-negative number with leading zeros. */
    void padded(long value, int digits) {
        reserve(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    /** Encloses everything from an index on in a quote, doubling those inside. */
    void enclose(int from, byte quote) {
        int doubled = 0;
        for (int i = from; i < length; i++) {
            if (bytes[i] == quote) {
                doubled++;
            }
        }
        reserve(doubled + 2);
        int end = length + doubled + 2;
        int to = end;
        bytes[--to] = quote;
        for (int i = length - 1; i >= from; i--) {
            byte b = bytes[i];
            bytes[--to] = b;
            if (b == quote) {
                bytes[--to] = quote;
            }
        }
        bytes[--to] = quote;
        length = end;
    }

    /** The bytes so far (a view, until the next put). */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
