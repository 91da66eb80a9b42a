package io.rivulet.bench.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvictionBenchmarkTest {
    @Test
    void aBatchGivesOutTheGroupsOfOneWindow() {
        EvictionBenchmark benchmark = new EvictionBenchmark();
        benchmark.fill(); // checks its first batch itself
        for (int batch = 0; batch < 10; batch++) {
            assertThat(benchmark.evict()).isEqualTo(EvictionBenchmark.OF_A_WINDOW);
        }
    }
}
