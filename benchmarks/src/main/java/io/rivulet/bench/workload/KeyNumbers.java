package io.rivulet.bench.workload;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers keys from 0 in the order they are first seen: by one thread, from the numbers that all threads share. The
 * threads meet only when one of them sees a key for the first time. Keys are not negative.
 */
final class KeyNumbers {
    /** The numbers of all threads. */
    static final class Shared {
        private final Map<Long, Integer> numbers = new HashMap<>();

        private synchronized int number(long key) {
            Integer known = numbers.putIfAbsent(key, numbers.size());
            return known == null ? numbers.size() - 1 : known;
        }

        /** How many keys have a number. */
        synchronized int count() {
            return numbers.size();
        }

        /** The keys by number. */
        synchronized long[] keys(long @Nullable [] known) {
            if (known != null && known.length == numbers.size()) {
                return known;
            }
            long[] keys = new long[numbers.size()];
            numbers.forEach((key, number) -> keys[number] = key);
            return keys;
        }
    }

    private static final long FREE = -1;

    private final Shared shared;
    private long[] slots; // key, number, key, number …; at most half full
    private int shift;
    private int size;
    private int most = -1;

    /** @param expected how many keys to have room for at first */
    KeyNumbers(Shared shared, int expected) {
        this.shared = shared;
        slots = free(Integer.highestOneBit(Math.max(16, expected - 1)) << 2);
        shift = shiftOf(slots);
    }

    private static long[] free(int pairs) {
        long[] slots = new long[2 * pairs];
        Arrays.fill(slots, FREE);
        return slots;
    }

    private static int shiftOf(long[] slots) {
        return 64 - Integer.numberOfTrailingZeros(slots.length / 2);
    }

    /** The largest number given so far, -1 before the first. */
    int most() {
        return most;
    }

    /** Writes the numbers of the first {@code count} keys. */
    void number(long[] key, int count, int[] numbers) {
        int done = find(slots, shift, key, 0, count, numbers);
        while (done < count) {
            numbers[done] = insert(key[done]);
            done = find(slots, shift, key, done + 1, count, numbers);
        }
    }

    private void grow() {
        long[] old = slots;
        slots = free(old.length);
        shift = shiftOf(slots);
        for (int slot = 0; slot < old.length; slot += 2) {
            if (old[slot] != FREE) {
                int target = slotOf(old[slot]);
                slots[target] = old[slot];
                slots[target + 1] = old[slot + 1];
            }
        }
    }

    /** Numbers keys from row {@code from} on, up to the first that has none yet; gives its row, or {@code count}. */
    private static int find(long[] slots, int shift, long[] key, int from, int count, int[] numbers) {
        int mask = slots.length - 1;
        for (int row = from; row < count; row++) {
            long k = key[row];
            int slot = (int) ((k * 0x9E3779B97F4A7C15L) >>> shift) << 1;
            while (slots[slot] != k) {
                if (slots[slot] == FREE) {
                    return row;
                }
                slot = (slot + 2) & mask;
            }
            numbers[row] = (int) slots[slot + 1];
        }
        return count;
    }

    private int slotOf(long key) {
        int mask = slots.length - 1;
        int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> shift) << 1;
        while (slots[slot] != FREE) {
            slot = (slot + 2) & mask;
        }
        return slot;
    }

    private int insert(long key) {
        if (4 * (size + 1) > slots.length) {
            grow();
        }
        int number = shared.number(key);
        int slot = slotOf(key);
        slots[slot] = key;
        slots[slot + 1] = number;
        size++;
        most = Math.max(most, number);
        return number;
    }
}
