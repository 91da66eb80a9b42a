package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.window;
import static io.rivulet.testkit.BatchAssertion.assertThatBatches;
import static io.rivulet.testkit.PlanAssertion.assertThatPlan;
import static io.rivulet.testkit.Rows.row;
import static io.rivulet.testkit.Rows.rows;
import static io.rivulet.testkit.Rows.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.streaming.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The test tools themselves: that they see what happens, and fail when it is not what was expected. */
@Timeout(60)
class TestkitTest {
    private final MemoryInput values = MemoryInput.of("k STRING, v INT");

    private StreamScript counts() {
        return StreamScript.of(engine -> engine.readStream(values).groupBy("k").count())
                .mode(OutputMode.UPDATE);
    }

    @Test
    void anExpectationThatDoesNotHoldFailsAndNamesTheRows() {
        try (StreamScript script = counts()) {
            script.add(values, row("a", 1), row("b", 2));
            assertThatThrownBy(() -> script.expect(row("a", 1), row("c", 1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("missing [[c, 1]]")
                    .hasMessageContaining("not expected [[b, 1]]");
            assertThatThrownBy(() -> script.expectState(3)).hasMessageContaining("[2]");
            assertThatThrownBy(() -> script.add(values, row("a", 1)).expectNothing())
                    .hasMessageContaining("not expected [[a, 2]]");
            assertThatThrownBy(() -> script.add(values, row("a", 1)).expectFailure(ErrorCode.INTERNAL))
                    .hasMessageContaining("went on");
        }
    }

    @Test
    void theOrderCountsWhereAskedFor() {
        try (StreamScript script = StreamScript.of(engine -> engine.readStream(values))) {
            script.add(values, row("a", 1), row("b", 2)).expectInOrder(row("a", 1), row("b", 2));
            script.add(values, row("a", 1), row("b", 2));
            assertThatThrownBy(() -> script.expectInOrder(row("b", 2), row("a", 1)))
                    .hasMessageContaining("only the order differs");
        }
    }

    @Test
    void aProcessingTimeTriggerFollowsTheManualClock() {
        ManualClock clock = new ManualClock();
        try (StreamScript script = counts().clock(clock).trigger(Trigger.processingTime(Duration.ofSeconds(10)))) {
            script.add(values, row("a", 1))
                    .expectNothing()
                    .advance(Duration.ofSeconds(9))
                    .expectNothing()
                    .advance(Duration.ofSeconds(1))
                    .expect(row("a", 1))
                    .expectProgress(
                            p -> assertThat(Instant.parse(p.timestamp())).isEqualTo(Instant.ofEpochSecond(10)))
                    .advance(Duration.ofSeconds(10))
                    .expectNothing();
        }
    }

    @Test
    void aRowThatDoesNotFitItsInputIsRefusedWhereItIsAdded() {
        assertThatThrownBy(() -> values.add(row("a"))).hasMessageContaining("k STRING, v INT");
        assertThatThrownBy(() -> values.add(row("a", "b"))).isInstanceOf(RuntimeException.class);
        assertThat(values.rows()).isEmpty();
    }

    @Test
    void aRestartNeedsACheckpoint() {
        try (StreamScript script = counts()) {
            assertThatThrownBy(script::restart).hasMessageContaining("checkpoint");
        }
    }

    @Test
    void batchesAndPlansCanBeChecked() {
        values.add(row("a", 1), row(null, 2));
        try (Engine engine = Engine.builder().parallelism(3).build()) {
            assertThatBatches(engine.read(values).collectBatches())
                    .hasSchema("k STRING, v INT")
                    .hasRows(row("a", 1), row(null, 2))
                    .hasRowsInAnyOrder(row(null, 2), row("a", 1))
                    .hasRowCount(2)
                    .hasNulls("k", 1)
                    .hasNulls("v", 0);
            assertThatPlan(engine.readStream(values).groupBy("k").count())
                    .hasStages(2)
                    .hasOperators("Aggregate", "Scan", "Aggregate", "ReadExchange")
                    .hasNo("Filter")
                    .contains("by [k]");
            assertThatThrownBy(() -> assertThatPlan(
                                    engine.readStream(values).groupBy("k").count())
                            .hasStages(1))
                    .hasMessageContaining("was 2");
        }
    }

    @Test
    void theExampleOfTheDocumentationRuns(@TempDir Path directory) {
        MemoryInput times = MemoryInput.of("t TIMESTAMP");
        try (StreamScript script = StreamScript.of(engine -> engine.readStream(times)
                .withWatermark("t", "10 seconds")
                .groupBy(window(col("t"), "5 seconds"))
                .agg(count("*").as("n"))
                .selectExpr("unix_timestamp(window.start) AS start", "n"))) {
            script.checkpoint(directory)
                    .add(times, seconds(10, 11, 12, 13, 14, 15))
                    .expectNothing()
                    .add(times, seconds(25))
                    .expect(row(10, 5))
                    .expectState(2)
                    .restart()
                    .add(times, seconds(10))
                    .expectNothing()
                    .expectDropped(1);
        }
        assertThat(rows(1, 2)).containsExactly(row(1), row(2));
    }
}
