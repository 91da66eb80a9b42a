package io.rivulet.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
    private long now;
    private final Pace pace = new Pace(new CommittedAnswers(), () -> now);

    @Test
    void aRunThatTakesTwiceAsLongPerBatchInTheEndHasGrowthOneHalf() {
        now = 1000; // the start does not count
        for (int batch = 1; batch <= 100; batch++) {
            now += batch <= 90 ? 10 : 20;
            pace.consumed(batch * 50L);
        }
        assertThat(pace.growth()).isEqualTo(0.5, within(1e-9));
    }

    @Test
    void anEvenPaceIsOneAndTheClosingBatchDoesNotCount() {
        for (int batch = 1; batch <= 50; batch++) {
            now += 10;
            pace.consumed(batch * 50L);
        }
        now += 10_000;
        pace.consumed(2500);
        assertThat(pace.growth()).isEqualTo(1, within(1e-9));
    }

    @Test
    void aFewBatchesHaveNoPace() {
        pace.consumed(1);
        assertThatThrownBy(pace::growth).hasMessageContaining("more events");
    }
}
