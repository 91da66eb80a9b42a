package io.rivulet.bench;

import java.util.Arrays;

/** Measured values and what is said of them. Immutable. */
final class Sample {
    private final double[] sorted;

    /** @param values at least one, in any order; copied */
    Sample(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a sample needs a value");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** The middle value, or the mean of the two in the middle. */
    double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double min() {
        return sorted[0];
    }

    double max() {
        return sorted[sorted.length - 1];
    }
}
