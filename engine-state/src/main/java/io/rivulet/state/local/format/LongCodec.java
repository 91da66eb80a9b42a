package io.rivulet.state.local.format;

import io.rivulet.state.local.format.ByteReader.MalformedBytesException;
import java.util.Arrays;

/**
 * Columns of longs in the smallest of four forms, found in one pass over the values.
 *
 * <pre>
 * longs    := 0 value (long)                                   all the same
 *           | 1 shift (byte) base (long) width (byte) packed   value = base + (packed &lt;&lt; shift)
 *           | 2 first (long) base (long) width (byte) packed   value = value before + base + packed
 *           | 3 value (long)*                                  as they are
 * packed   := the numbers, {@code width} bits each, lowest bits first, in whole longs
 * </pre>
 *
 * The shift is the number of low bits in which all values agree to have no difference: it makes doubles with short
 * mantissas and round timestamps small.
 */
final class LongCodec {
    private static final int SAME = 0;
    private static final int OFFSET = 1;
    private static final int DELTA = 2;
    private static final int RAW = 3;
    private static final int WORTH_PACKING = 56;

    private LongCodec() {}

    static void write(long[] values, int count, FrameBuffer out) {
        if (count == 0) {
            out.putByte(RAW);
            return;
        }
        long first = values[0];
        long min = first;
        long max = first;
        long differing = 0;
        for (int i = 1; i < count; i++) {
            long v = values[i];
            min = Math.min(min, v);
            max = Math.max(max, v);
            differing |= v ^ first;
        }
        if (differing == 0) {
            out.putByte(SAME);
            out.putLong(first);
            return;
        }
        int shift = Long.numberOfTrailingZeros(differing);
        // equal low bits make min and all differences to it multiples of 1 << shift, overflow included
        int width = bits((max - min) >>> shift);
        long minDelta = Long.MAX_VALUE;
        long maxDelta = Long.MIN_VALUE;
        for (int i = 1; i < count; i++) {
            long delta = values[i] - values[i - 1];
            minDelta = Math.min(minDelta, delta);
            maxDelta = Math.max(maxDelta, delta);
        }
        int deltaWidth = bits(maxDelta - minDelta);
        if (Math.min(width, deltaWidth) > WORTH_PACKING) {
            out.putByte(RAW);
            out.putLongs(values, count);
        } else if (width <= deltaWidth + 1) {
            out.putByte(OFFSET);
            out.putByte(shift);
            out.putLong(min);
            out.putByte(width);
            packOffsets(values, count, min, shift, width, out);
        } else {
            out.putByte(DELTA);
            out.putLong(first);
            out.putLong(minDelta);
            out.putByte(deltaWidth);
            packDeltas(values, count, minDelta, deltaWidth, out);
        }
    }

    /** Bits of an unsigned number. */
    private static int bits(long unsigned) {
        return Long.SIZE - Long.numberOfLeadingZeros(unsigned);
    }

    private static int words(int count, int width) {
        return (int) (((long) count * width + Long.SIZE - 1) / Long.SIZE);
    }

    private static void packOffsets(long[] values, int count, long base, int shift, int width, FrameBuffer out) {
        out.ensure(words(count, width) * Long.BYTES);
        long word = 0;
        int used = 0;
        for (int i = 0; i < count; i++) {
            long v = (values[i] - base) >>> shift;
            word |= v << used;
            used += width;
            if (used >= Long.SIZE) {
                out.putLong(word);
                used -= Long.SIZE;
                word = used == 0 ? 0 : v >>> (width - used);
            }
        }
        if (used > 0) {
            out.putLong(word);
        }
    }

    private static void packDeltas(long[] values, int count, long base, int width, FrameBuffer out) {
        out.ensure(words(count - 1, width) * Long.BYTES);
        long word = 0;
        int used = 0;
        for (int i = 1; i < count; i++) {
            long v = values[i] - values[i - 1] - base;
            word |= v << used;
            used += width;
            if (used >= Long.SIZE) {
                out.putLong(word);
                used -= Long.SIZE;
                word = used == 0 ? 0 : v >>> (width - used);
            }
        }
        if (used > 0) {
            out.putLong(word);
        }
    }

    static long[] read(ByteReader in, int count) {
        long[] values = new long[count];
        int form = in.getByte();
        switch (form) {
            case SAME -> Arrays.fill(values, in.getLong());
            case OFFSET -> {
                int shift = in.getByte();
                long base = in.getLong();
                int width = in.getByte();
                unpack(in, values, 0, count, width);
                for (int i = 0; i < count; i++) {
                    values[i] = base + (values[i] << shift);
                }
            }
            case DELTA -> {
                long first = in.getLong();
                long base = in.getLong();
                int width = in.getByte();
                unpack(in, values, 1, count, width);
                values[0] = first;
                for (int i = 1; i < count; i++) {
                    values[i] += values[i - 1] + base;
                }
            }
            case RAW -> {
                int from = in.skip(Math.multiplyExact(count, Long.BYTES));
                for (int i = 0; i < count; i++) {
                    values[i] = ByteReader.longAt(in.array(), from + i * Long.BYTES);
                }
            }
            default -> throw new MalformedBytesException("no form of a column has number " + form);
        }
        return values;
    }

    private static void unpack(ByteReader in, long[] into, int first, int count, int width) {
        if (width > Long.SIZE || count == 0) {
            throw new MalformedBytesException("packed numbers of " + width + " bits");
        }
        int words = words(count - first, width);
        int at = in.skip(words * Long.BYTES);
        if (width == 0) {
            return;
        }
        byte[] bytes = in.array();
        long mask = -1L >>> (Long.SIZE - width);
        long word = 0;
        int left = 0;
        for (int i = first; i < count; i++) {
            if (left >= width) {
                into[i] = word & mask;
                word = width == Long.SIZE ? 0 : word >>> width;
                left -= width;
            } else {
                long next = ByteReader.longAt(bytes, at);
                at += Long.BYTES;
                into[i] = (word | (left == 0 ? next : next << left)) & mask;
                int taken = width - left;
                word = taken == Long.SIZE ? 0 : next >>> taken;
                left = Long.SIZE - taken;
            }
        }
    }
}
