package io.rivulet.bench.workload;

/**
 * The groups of one window: an open-addressing table at most half full. A group is four longs side by side (key, count,
 * sum, max; doubles as bits), so it costs one cache miss; a group with count 0 is free. Belongs to one thread.
 */
final class WindowTable {
    private static final int STRIDE = 4;
    private static final int KEY = 0;
    private static final int COUNT = 1;
    private static final int SUM = 2;
    private static final int MAX = 3;
    private static final int STRIDE_SHIFT = 2;

    /** Longs before the first group: with the 16 bytes of an array's header they fill a cache line. */
    private static final int LEAD = 6;

    /** Tables above this size are fetched into the cache by a loop without branches before they are probed. */
    private static final int TOUCH_LONGS = 1 << 16;

    private static final long NO_MAX = Double.doubleToRawLongBits(Double.NEGATIVE_INFINITY);

    private long[] table;
    private int groups;
    private int shift;
    private int size;

    @SuppressWarnings("UnusedVariable") // written, so that the loads of touch are not optimised away
    private long touched;

    /** @param expected how many groups to have room for at first */
    WindowTable(int expected) {
        allocate(Integer.highestOneBit(Math.max(16, expected - 1)) << 2);
    }

    private void allocate(int newGroups) {
        groups = newGroups;
        shift = 64 - Integer.numberOfTrailingZeros(newGroups);
        table = new long[LEAD + newGroups * STRIDE];
    }

    /** Adds rows {@code from … to - 1}; {@code slots} has room for as many rows as the arrays. */
    void add(long[] key, double[] value, int from, int to, int[] slots) {
        if ((size + to - from) * 2L > groups) {
            grow(to - from);
        }
        hash(key, from, to, slots, shift);
        if (table.length > TOUCH_LONGS) {
            touched += touch(table, slots, from, to);
        }
        size += accumulate(table, key, value, from, to, slots);
    }

    private static void hash(long[] key, int from, int to, int[] slots, int shift) {
        for (int row = from; row < to; row++) {
            slots[row] = LEAD + ((int) ((key[row] * 0x9E3779B97F4A7C15L) >>> shift) << STRIDE_SHIFT);
        }
    }

    /** Loads every group's line, many misses at a time; the sum keeps the loads alive. */
    private static long touch(long[] table, int[] slots, int from, int to) {
        long sum = 0;
        for (int row = from; row < to; row++) {
            sum += table[slots[row]];
        }
        return sum;
    }

    /** Adds the rows to the groups of their keys, made where absent; gives the number made. */
    private static int accumulate(long[] table, long[] key, double[] value, int from, int to, int[] slots) {
        int made = 0;
        int end = table.length;
        for (int row = from; row < to; row++) {
            int slot = slots[row];
            long k = key[row];
            while (table[slot + KEY] != k || table[slot + COUNT] == 0) {
                if (table[slot + COUNT] == 0) {
                    table[slot + KEY] = k;
                    table[slot + MAX] = NO_MAX;
                    made++;
                    break;
                }
                slot += STRIDE;
                if (slot == end) {
                    slot = LEAD;
                }
            }
            table[slot + COUNT]++;
            double v = value[row];
            table[slot + SUM] = Double.doubleToRawLongBits(Double.longBitsToDouble(table[slot + SUM]) + v);
            if (v > Double.longBitsToDouble(table[slot + MAX])) {
                table[slot + MAX] = Double.doubleToRawLongBits(v);
            }
        }
        return made;
    }

    private void grow(int more) {
        int wanted = groups;
        while ((size + more) * 2L > wanted) {
            wanted *= 2;
        }
        long[] old = table;
        allocate(wanted);
        for (int slot = LEAD; slot < old.length; slot += STRIDE) {
            if (old[slot + COUNT] != 0) {
                System.arraycopy(old, slot, table, freeSlot(old[slot + KEY]), STRIDE);
            }
        }
    }

    private int freeSlot(long key) {
        int slot = LEAD + ((int) ((key * 0x9E3779B97F4A7C15L) >>> shift) << STRIDE_SHIFT);
        while (table[slot + COUNT] != 0) {
            slot += STRIDE;
            if (slot == table.length) {
                slot = LEAD;
            }
        }
        return slot;
    }

    /**
     * Adds all groups of another table of the same window and empties that. Both hash alike, so tables of one size are
     * walked side by side.
     */
    void merge(WindowTable other) {
        if ((size + other.size) * 2L > groups) {
            grow(other.size);
        }
        long[] from = other.table;
        long[] into = table;
        for (int slot = LEAD; slot < from.length; slot += STRIDE) {
            if (from[slot + COUNT] == 0) {
                continue;
            }
            long key = from[slot + KEY];
            int target = LEAD + ((int) ((key * 0x9E3779B97F4A7C15L) >>> shift) << STRIDE_SHIFT);
            while (into[target + COUNT] != 0 && into[target + KEY] != key) {
                target += STRIDE;
                if (target == into.length) {
                    target = LEAD;
                }
            }
            if (into[target + COUNT] == 0) {
                into[target + KEY] = key;
                into[target + MAX] = NO_MAX;
                size++;
            }
            into[target + COUNT] += from[slot + COUNT];
            into[target + SUM] = Double.doubleToRawLongBits(
                    Double.longBitsToDouble(into[target + SUM]) + Double.longBitsToDouble(from[slot + SUM]));
            if (Double.longBitsToDouble(from[slot + MAX]) > Double.longBitsToDouble(into[target + MAX])) {
                into[target + MAX] = from[slot + MAX];
            }
            from[slot + COUNT] = 0;
            from[slot + SUM] = 0;
        }
        other.size = 0;
    }

    /** Checks off every group as a result row and leaves the table empty, with its size for the next window. */
    Answer drain(long windowStart) {
        long rows = 0;
        long sum = 0;
        long begun = RowChecksum.chain(0, windowStart);
        long[] groupsOf = table;
        for (int slot = LEAD; slot < groupsOf.length; slot += STRIDE) {
            long count = groupsOf[slot + COUNT];
            if (count == 0) {
                continue;
            }
            double total = Double.longBitsToDouble(groupsOf[slot + SUM]);
            long chained = RowChecksum.chain(begun, groupsOf[slot + KEY]);
            chained = RowChecksum.chain(chained, count);
            chained = RowChecksum.chain(chained, groupsOf[slot + SUM]);
            chained = RowChecksum.chain(chained, Double.doubleToRawLongBits(total / count));
            chained = RowChecksum.chain(chained, groupsOf[slot + MAX]);
            sum += chained;
            rows++;
            groupsOf[slot + COUNT] = 0;
            groupsOf[slot + SUM] = 0;
        }
        size = 0;
        return new Answer(rows, sum);
    }
}
