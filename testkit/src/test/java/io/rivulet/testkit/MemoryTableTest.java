package io.rivulet.testkit;

import static io.rivulet.testkit.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may write to a table in memory. */
@Timeout(60)
final class MemoryTableTest {
    private final MemoryInput numbers = MemoryInput.of("n INT, word STRING");

    /** Batches are told apart by their numbers, which two queries both count from 0. */
    @Test
    void twoQueriesAtATimeWouldTakeEachOthersBatchesForTheirOwn() {
        try (Engine engine = Engine.create()) {
            StreamingQuery first = engine.readStream(numbers).writeStream().toTable("t");
            MemoryInput others = MemoryInput.of("n INT, word STRING");
            assertThatThrownBy(() -> engine.readStream(others).writeStream().toTable("t"))
                    .hasMessageContaining("[SINK_CONFLICT]")
                    .hasMessageContaining("another name");
            numbers.add(row(1, "one"));
            first.processAllAvailable();
            first.stop();

            StreamingQuery second = engine.readStream(others).writeStream().toTable("t");
            others.add(row(2, "two"));
            second.processAllAvailable();
            assertThat(engine.table("t").collect()).extracting(r -> r.get(0)).containsExactly(1, 2);
        }
    }

    @Test
    void rowsOfOtherColumnsAreNotMixedIn() {
        numbers.add(row(1, "one"));
        try (Engine engine = Engine.create()) {
            engine.readStream(numbers)
                    .writeStream()
                    .trigger(Trigger.availableNow())
                    .toTable("t")
                    .awaitTermination();
            assertThatThrownBy(() -> engine.readStream(numbers)
                            .select("word")
                            .writeStream()
                            .trigger(Trigger.availableNow())
                            .toTable("t"))
                    .hasMessageContaining("[SINK_CONFLICT]")
                    .hasMessageContaining("n INT, word STRING")
                    .hasMessageContaining("writes word STRING");
            assertThat(engine.table("t").collect()).extracting(r -> r.get(1)).containsExactly("one");
        }
    }
}
