package io.rivulet.aggregate;

import java.util.Arrays;

/**
 * Numbers the groups that occur in a list, in the order of their first occurrence: what is unpacked once per group and
 * column batch lies in an array by these numbers. Owned by one task and loaded again for every column batch.
 */
final class TouchedGroups {
    private int[] numberOf = new int[0]; // by group, plus one; 0 when it has none
    private int[] groups = new int[0];
    private int[] numbers = new int[0];
    private int count;

    /** @param size the number of groups there are */
    void load(int[] of, int length, int size) {
        for (int i = 0; i < count; i++) {
            numberOf[groups[i]] = 0;
        }
        count = 0;
        if (numberOf.length < size) {
            numberOf = Arrays.copyOf(numberOf, Math.max(size, 2 * numberOf.length));
        }
        if (numbers.length < length) {
            numbers = new int[length];
            groups = new int[length];
        }
        for (int i = 0; i < length; i++) {
            int number = numberOf[of[i]];
            if (number == 0) {
                groups[count] = of[i];
                number = ++count;
                numberOf[of[i]] = number;
            }
            numbers[i] = number - 1;
        }
    }

    /** How many groups occur. */
    int count() {
        return count;
    }

    /** The groups by their numbers. */
    int[] groups() {
        return groups;
    }

    /** The number of each group of the list. */
    int[] numbers() {
        return numbers;
    }
}
