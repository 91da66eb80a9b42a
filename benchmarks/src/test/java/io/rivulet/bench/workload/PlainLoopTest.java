package io.rivulet.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The loops against a program too simple to be wrong. */
class PlainLoopTest {
    @ParameterizedTest(name = "{0} keys, {1} events/ms, {2} events, {3} threads")
    @CsvSource({
        "1, 1, 1, 1",
        "1, 1, 1, 2",
        "1, 200, 0, 2",
        "7, 1, 9999, 2",
        "7, 1, 10000, 2",
        "7, 1, 10001, 2",
        // windows that end inside an array and many windows an array
        "1000, 1, 123457, 2",
        "1000, 1, 123457, 1",
        "1000, 1, 123457, 3",
        // tables that grow, with keys that are no power of two
        "100003, 5, 300001, 2",
        // one event per key, mostly
        "9223372036854775807, 3, 100000, 2",
        // several chunks a thread
        "1000, 20, 1000003, 2",
    })
    void windowsAreThoseOfTheReference(long keys, long eventsPerMs, long events, int threads) {
        EventFill fill = new EventFill(keys, eventsPerMs);
        assertThat(new WindowLoop(fill).run(events, threads)).isEqualTo(ReferenceAnswers.windows(fill, events));
    }

    @ParameterizedTest(name = "{0} keys, {1} events/ms, slide {2} ms, {3} events, {4} threads")
    @CsvSource({
        "1, 1, 1000, 1, 1",
        "1, 1, 1000, 0, 2",
        "7, 1, 1000, 9999, 2",
        "7, 1, 60000, 200001, 2",
        "7, 10, 250, 150001, 2",
        "1000, 10, 1000, 300001, 1",
        "1000, 10, 1000, 300001, 3",
        "5003, 1, 2500, 150000, 2",
        // slices of less than an array
        "3, 1, 100, 70000, 2",
    })
    void slidingWindowsAreThoseOfTheReference(long keys, long eventsPerMs, long slide, long events, int threads) {
        EventFill fill = new EventFill(keys, eventsPerMs);
        assertThat(new HopLoop(fill, slide).run(events, threads)).isEqualTo(ReferenceAnswers.hops(fill, slide, events));
    }

    /** More threads than cores: some come late to their first chunk. */
    @Test
    void aThreadThatComesLateDoesNotLoseItsSlices() {
        EventFill fill = Workload.W2.events(10);
        Answer expected = new HopLoop(fill, 1000).run(700_000, 1);
        for (int run = 0; run < 50; run++) {
            assertThat(new HopLoop(fill, 1000).run(700_000, 16)).isEqualTo(expected);
        }
    }

    @Test
    void theLoopGivesAsManyRowsAsTheWorkloadHas() {
        assertThat(Question.of(Workload.W2, 1000).loop().run(5_000_000, 2).rows())
                .isEqualTo(559_000);
        assertThat(Question.of(Workload.W1, 1000).loop().run(20_000_000, 2).rows())
                .isEqualTo(10_000);
    }

    @ParameterizedTest(name = "{0} keys, {1} events, {2} threads")
    @CsvSource({"1, 0, 2", "1, 1, 2", "1000, 4095, 2", "1000, 4097, 2", "77, 100001, 1", "77, 100001, 3"})
    void filteredRowsAreThoseOfTheReference(long keys, long events, int threads) {
        EventFill fill = new EventFill(keys, 200);
        assertThat(new FilterLoop(fill).run(events, threads)).isEqualTo(ReferenceAnswers.filtered(fill, events));
    }
}
