package io.rivulet.state;

import java.util.Arrays;

/** A bit for each row of a bucket: whether it has changed. Whoever uses a bit has made room for it. */
final class RowBits {
    private long[] bits = new long[0];

    void ensureRoom(int rows) {
        int needed = (rows + Long.SIZE - 1) >>> 6;
        if (needed > bits.length) {
            bits = Arrays.copyOf(bits, needed);
        }
    }

    /** There are bits for rows below this. */
    int room() {
        return bits.length << 6;
    }

    /** How many bits are set. */
    int count() {
        int count = 0;
        for (long word : bits) {
            count += Long.bitCount(word);
        }
        return count;
    }

    void set(int row) {
        bits[row >>> 6] |= 1L << row;
    }

    void clearAll() {
        Arrays.fill(bits, 0);
    }

    /** The bits of up to 64 rows from a row on, the first lowest; those of more rows than {@code count} are zero. */
    private long run(int first, int count) {
        int w = first >>> 6;
        int shift = first & 63;
        long low = bits[w] >>> shift;
        long high = shift == 0 || shift + count <= Long.SIZE ? 0 : bits[w + 1] << (Long.SIZE - shift);
        return (low | high) & mask(count);
    }

    private static long mask(int count) {
        return count == Long.SIZE ? -1L : (1L << count) - 1;
    }

    /** The rows whose bits are set, from one on and before another; returns how many have been put into the array. */
    int rows(int from, int end, int[] into) {
        int n = 0;
        int base = from;
        while (base < end && n < into.length) {
            int count = Math.min(Long.SIZE, end - base);
            long run = run(base, count);
            if (run == -1L && n + Long.SIZE <= into.length) {
                for (int i = 0; i < Long.SIZE; i++) {
                    into[n + i] = base + i;
                }
                n += Long.SIZE;
            } else {
                while (run != 0 && n < into.length) {
                    into[n++] = base + Long.numberOfTrailingZeros(run);
                    run &= run - 1;
                }
            }
            base += count;
        }
        return n;
    }
}
