package io.rivulet.bench.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Test
    void percentilesAreThoseOfTheSortedValuesToAPercent() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long[] values = new long[10_001];
        LatencyHistogram histogram = new LatencyHistogram();
        for (int i = 0; i < values.length; i++) {
            values[i] = (long) Math.exp(random.nextDouble() * 25);
            histogram.add(values[i]);
        }
        Arrays.sort(values);
        for (double share : new double[] {0.001, 0.1, 0.5, 0.99, 0.999}) {
            double exact = values[(int) Math.ceil(share * values.length) - 1] / 1e6;
            assertThat(histogram.percentileMillis(share))
                    .as("seed %d, share %s", seed, share)
                    .isGreaterThanOrEqualTo(exact)
                    .isCloseTo(exact, within(exact * 0.01));
        }
        assertThat(histogram.maxMillis()).isEqualTo(values[values.length - 1] / 1e6);
        assertThat(histogram.percentileMillis(1)).isEqualTo(histogram.maxMillis());
        assertThat(histogram.count()).isEqualTo(values.length);
    }

    @Test
    void smallValuesAreExactAndTheLargestHaveRoom() {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.add(-5);
        histogram.add(127);
        histogram.add(128);
        assertThat(histogram.percentileMillis(0.3)).isZero();
        assertThat(histogram.percentileMillis(0.6)).isEqualTo(127 / 1e6);
        histogram.add(Long.MAX_VALUE);
        assertThat(histogram.percentileMillis(1)).isEqualTo(Long.MAX_VALUE / 1e6);
        assertThat(new LatencyHistogram().percentileMillis(0.5)).isZero();
    }
}
