package io.rivulet.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvenPaceTest {
    private static final EventFill EVENTS = new EventFill(10, 200);
    private static final long SECOND = 1_000_000_000;

    @ParameterizedTest(name = "{0} events a second")
    @ValueSource(longs = {1, 3, 7, 1000, 10_000, 99_999, 100_000, 3_000_017})
    void anEventIsDueFromItsDueTimeOn(long rate) {
        EvenPace pace = new EvenPace(EVENTS, rate, 1_000_000_000, 5_000_000, 77);
        for (long index : new long[] {0, 1, 2, 5, 6, 7, 999, 1000, 12_345, 3_000_017, 99_999_999}) {
            long due = pace.dueNanos(index);
            assertThat(pace.dueBy(due))
                    .as("event %d is there when it is due", index)
                    .isEqualTo(index + 1);
            assertThat(pace.dueBy(due - 1)).as("and not before").isEqualTo(index);
        }
    }

    @ParameterizedTest(name = "{0} events a second")
    @ValueSource(longs = {1, 3, 10_000, 3_000_017})
    void theEventsOfASecondAreThereWhenItIsOver(long rate) {
        EvenPace pace = new EvenPace(EVENTS, rate, Long.MAX_VALUE, 5_000_000, -SECOND);
        assertThat(pace.dueNanos(rate)).isZero();
        assertThat(pace.dueNanos(3600 * rate)).isEqualTo(3599 * SECOND);
        assertThat(pace.ts(60 * rate)).isEqualTo(65_000_000);
        assertThat(pace.dueBy(-2 * SECOND)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 20})
    void thereAreNoEventsBehindTheLast(long count) {
        EvenPace pace = new EvenPace(EVENTS, 10, count, 0, 0);
        assertThat(pace.dueBy(100 * SECOND)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void aRateBelowOneIsRefused(long rate) {
        assertThatThrownBy(() -> new EvenPace(EVENTS, rate, 1, 0, 0)).hasMessageContaining("at least 1");
    }
}
