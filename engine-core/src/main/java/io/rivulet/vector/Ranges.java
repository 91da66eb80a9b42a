package io.rivulet.vector;

/** Offsets and element numbers of chosen rows of an array or map column. */
final class Ranges {
    private final int[] offsets;
    private final int[] elements;

    private Ranges(int[] offsets, int[] elements) {
        this.offsets = offsets;
        this.elements = elements;
    }

    int[] offsets() {
        return offsets;
    }

    int[] elements() {
        return elements;
    }

    static Ranges take(int[] offsets, int[] rows, int count) {
        int[] taken = new int[count + 1];
        for (int i = 0; i < count; i++) {
            taken[i + 1] = taken[i] + offsets[rows[i] + 1] - offsets[rows[i]];
        }
        int[] elements = new int[taken[count]];
        for (int i = 0; i < count; i++) {
            for (int k = taken[i]; k < taken[i + 1]; k++) {
                elements[k] = offsets[rows[i]] + k - taken[i];
            }
        }
        return new Ranges(taken, elements);
    }

    static int[] all(int size) {
        int[] rows = new int[size];
        for (int i = 0; i < size; i++) {
            rows[i] = i;
        }
        return rows;
    }
}
