package io.rivulet.operator.aggregate;

import java.util.Arrays;

/** A set of numbered keys, in the order they were added. Owned by one task. */
final class KeySet {
    static final int BYTES_PER_KEY = 4 + 1;

    private int[] keys = new int[0];
    private boolean[] held = new boolean[0];
    private int count;

    /** How many there are. */
    int count() {
        return count;
    }

    /** The keys; the first {@link #count} count. */
    int[] keys() {
        return keys;
    }

    boolean has(int key) {
        return held[key];
    }

    /** Makes room for keys below a number. */
    void ensureRoom(int room) {
        if (keys.length < room) {
            keys = Arrays.copyOf(keys, room);
            held = Arrays.copyOf(held, room);
        }
    }

    /** Adds keys; those that are there already stay where they are. */
    void add(int[] more, int n) {
        for (int i = 0; i < n; i++) {
            int key = more[i];
            if (!held[key]) {
                held[key] = true;
                keys[count++] = key;
            }
        }
    }

    void clear() {
        for (int i = 0; i < count; i++) {
            held[keys[i]] = false;
        }
        count = 0;
    }
}
