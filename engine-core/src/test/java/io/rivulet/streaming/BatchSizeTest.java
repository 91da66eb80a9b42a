package io.rivulet.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The row limit that follows the measured rate, with given measurements. */
final class BatchSizeTest {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1000 * MILLI;

    private final BatchSize size = new BatchSize(1_000_000, Duration.ofSeconds(1));

    /** Batches as large as allowed, at a rate; gives the limit after them. */
    private long full(int batches, long rowsPerSecond) {
        for (int i = 0; i < batches; i++) {
            size.took(size.limit(), size.limit() * SECOND / rowsPerSecond);
        }
        return size.limit();
    }

    @Test
    void itGrowsByStepsToWhatFitsTheTarget() {
        assertThat(size.limit()).isEqualTo(10_000);
        assertThat(full(1, 200_000)).isEqualTo(20_000);
        assertThat(full(1, 200_000)).isEqualTo(40_000);
        assertThat(full(8, 200_000)).isEqualTo(200_000);
        assertThat(full(20, 5_000_000)).as("never beyond maxRowsPerBatch").isEqualTo(1_000_000);
    }

    @Test
    void itShrinksByStepsWhenRowsGetDearer() {
        full(10, 200_000);
        assertThat(full(1, 1_000)).isBetween(100_000L, 101_000L);
        assertThat(full(30, 1_000)).isBetween(990L, 1_010L);
        assertThat(full(40, 1)).as("never nothing").isEqualTo(1);
    }

    @Test
    void oneOddBatchDoesLittle() {
        full(10, 100_000);
        assertThat(size.limit()).isEqualTo(100_000);
        size.took(100_000, 30 * SECOND);
        assertThat(size.limit()).isBetween(50_000L, 60_000L);
        assertThat(full(8, 100_000)).isBetween(99_000L, 100_000L);
    }

    @Test
    void tinyBatchesSayNothing() {
        full(10, 100_000);
        for (int i = 0; i < 1000; i++) {
            size.took(3, 2 * MILLI); // the rate of its fixed costs
        }
        size.took(0, 5 * SECOND);
        assertThat(size.limit()).isEqualTo(100_000);
    }

    @Test
    void aBatchThatIsSmallAndSlowStillCounts() {
        full(10, 100_000);
        for (int i = 0; i < 20; i++) {
            size.took(Math.min(10, size.limit()), 2 * SECOND);
        }
        assertThat(size.limit()).isLessThan(10);
    }

    @Test
    void withoutATargetTheLimitStands() {
        BatchSize fixed = new BatchSize(500, null);
        fixed.took(500, 60 * SECOND);
        assertThat(fixed.limit()).isEqualTo(500);
    }
}
