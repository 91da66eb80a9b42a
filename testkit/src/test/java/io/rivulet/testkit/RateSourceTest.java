package io.rivulet.testkit;

import static io.rivulet.testkit.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.streaming.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sources {@code rate} and {@code rate-micro-batch} as queries see them. */
@Timeout(60)
class RateSourceTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private static DataFrame rate(Engine engine, String format, Map<String, String> options) {
        return engine.readStream()
                .format(format)
                .options(options)
                .load()
                .selectExpr("unix_micros(timestamp) div 1000 AS millis", "value");
    }

    private StreamScript script(Map<String, String> options) {
        return StreamScript.of(e -> rate(e, "rate", options))
                .clock(new ManualClock())
                .checkpoint(directory)
                .trigger(Trigger.processingTime(Duration.ofMillis(500)));
    }

    @Test
    void theRowsOfASecondComeWhenItIsOver() {
        try (StreamScript script = script(Map.of("rowsPerSecond", "2"))) {
            script.advance(Duration.ofMillis(500))
                    .expectNothing()
                    .advance(Duration.ofMillis(500))
                    .expect(row(0L, 0L), row(500L, 1L))
                    .advance(Duration.ofMillis(2500))
                    .expect(row(1000L, 2L), row(1500L, 3L), row(2000L, 4L), row(2500L, 5L));
        }
    }

    @Test
    void aRestartGoesOnWithTheSameNumbersAndTimesAndCatchesUp() {
        ManualClock clock = new ManualClock();
        try (StreamScript script = script(Map.of("rowsPerSecond", "2")).clock(clock)) {
            script.advance(SECOND).expect(row(0L, 0L), row(500L, 1L)).stop();
            clock.advance(SECOND);
            script.advance(SECOND).expect(row(1000L, 2L), row(1500L, 3L), row(2000L, 4L), row(2500L, 5L));
        }
    }

    @Test
    void theRateGrowsEvenlyWhileItRampsUp() {
        try (StreamScript script = script(Map.of("rowsPerSecond", "6", "rampUpTime", "2s", "numPartitions", "3"))) {
            script.advance(SECOND)
                    .expect(row(0L, 0L), row(500L, 1L))
                    .advance(SECOND)
                    .expect(row(1000L, 2L), row(1250L, 3L), row(1500L, 4L), row(1750L, 5L))
                    .advance(SECOND)
                    .expect(
                            row(2000L, 6L),
                            row(2166L, 7L),
                            row(2333L, 8L),
                            row(2500L, 9L),
                            row(2666L, 10L),
                            row(2833L, 11L));
        }
    }

    @Test
    void theSourceItselfWakesTheQueryAndRowLimitsCutSeconds() throws Exception {
        ManualClock clock = new ManualClock();
        BlockingQueue<Long> counts = new LinkedBlockingQueue<>();
        try (Engine engine = Engine.builder().clock(clock).build()) {
            StreamingQuery query = engine.readStream()
                    .format("rate")
                    .option("rowsPerSecond", 5)
                    .load()
                    .writeStream()
                    .option("maxRowsPerBatch", 3)
                    .foreachBatch((rows, id) -> counts.add(rows.count()))
                    .start();
            clock.awaitSleeper(Duration.ofSeconds(20));
            clock.advance(SECOND);
            assertThat(counts.poll(20, TimeUnit.SECONDS)).isEqualTo(3L);
            assertThat(counts.poll(20, TimeUnit.SECONDS)).isEqualTo(2L);
            clock.awaitSleeper(Duration.ofSeconds(20));
            clock.advance(SECOND);
            assertThat(counts.poll(20, TimeUnit.SECONDS)).isEqualTo(3L);
            query.stop();
        }
    }

    @Test
    void everyMicroBatchHasTheSameRowsInEveryRun() throws Exception {
        for (int run = 0; run < 2; run++) {
            BlockingQueue<String> batches = new LinkedBlockingQueue<>();
            try (Engine engine = Engine.builder().parallelism(2).build()) {
                StreamingQuery query = rate(
                                engine,
                                "rate-micro-batch",
                                Map.of("rowsPerBatch", "2", "startTimestamp", "5000", "advanceMillisPerBatch", "100"))
                        .writeStream()
                        .option("maxRowsPerBatch", 1)
                        .foreachBatch((rows, id) -> batches.add(id + ": "
                                + rows.collect().stream()
                                        .map(r -> String.valueOf(r.values()))
                                        .toList()))
                        .start();
                assertThat(batches.poll(20, TimeUnit.SECONDS)).isEqualTo("0: [[5000, 0], [5000, 1]]");
                assertThat(batches.poll(20, TimeUnit.SECONDS)).isEqualTo("1: [[5100, 2], [5100, 3]]");
                assertThat(batches.poll(20, TimeUnit.SECONDS)).isEqualTo("2: [[5200, 4], [5200, 5]]");
                query.stop();
            }
        }
    }

    @Test
    void aRunThatEndsByItselfTakesOneMicroBatchAndTheNextGoesOn() {
        for (int run = 0; run < 3; run++) {
            try (Engine engine = Engine.create()) {
                StreamingQuery query = rate(engine, "rate-micro-batch", Map.of("rowsPerBatch", "2"))
                        .writeStream()
                        .format("csv")
                        .checkpoint(directory.resolve("checkpoint"))
                        .trigger(Trigger.availableNow())
                        .start(directory.resolve("out").toString());
                query.awaitTermination();
                assertThat(Objects.requireNonNull(query.lastProgress()).batchId())
                        .isEqualTo(run);
                assertThat(engine.read()
                                .schema("millis BIGINT, value BIGINT")
                                .csv(directory.resolve("out").toString())
                                .collect())
                        .hasSize(2 * run + 2)
                        .last()
                        .isEqualTo(engine.read()
                                .schema("millis BIGINT, value BIGINT")
                                .csv(directory.resolve("out").toString())
                                .collect()
                                .get(2 * run + 1))
                        .satisfies(r -> assertThat(r.values()).doesNotContainNull());
            }
        }
    }

    @Test
    void whatTheyCannotDoIsRefused() {
        try (Engine engine = Engine.create()) {
            refused(engine, "rate", Map.of("rowsPerSecond", "0"), "[BAD_OPTION]", "'rowsPerSecond'");
            refused(
                    engine,
                    "rate",
                    Map.of("rowsPerSecond", "2000000000"),
                    "[BAD_OPTION]",
                    "whole number, 1 to 1000000000");
            refused(engine, "rate", Map.of("rampUpTime", "1500 ms"), "[BAD_OPTION]", "whole seconds");
            refused(engine, "rate", Map.of("rampUpTime", "-1 s"), "[BAD_OPTION]", "rampUpTime");
            refused(engine, "rate", Map.of("rampUpTime", "2 days"), "[BAD_OPTION]", "86400");
            refused(engine, "rate", Map.of("numPartitions", "0"), "[BAD_OPTION]", "numPartitions");
            refused(engine, "rate", Map.of("numPartitions", "10001"), "[BAD_OPTION]", "10000");
            refused(engine, "rate", Map.of("rowPerSecond", "1"), "[UNKNOWN_OPTION]", "'rowsPerSecond'");
            refused(engine, "rate-micro-batch", Map.of(), "[BAD_OPTION]", "'rowsPerBatch' must be set");
            refused(engine, "rate-micro-batch", Map.of("rowsPerBatch", "2000000000"), "[BAD_OPTION]", "more than");
            refused(
                    engine,
                    "rate-micro-batch",
                    Map.of("rowsPerBatch", "1", "startTimestamp", "-1"),
                    "[BAD_OPTION]",
                    "startTimestamp");
            refused(
                    engine,
                    "rate-micro-batch",
                    Map.of("rowsPerBatch", "1", "advanceMillisPerBatch", "9000000000000000"),
                    "[BAD_OPTION]",
                    "advanceMillisPerBatch");
            assertThatThrownBy(() -> engine.read().format("rate").load())
                    .hasMessageContaining("[UNSUPPORTED_OPERATION]")
                    .hasMessageContaining("readStream()");
            assertThatThrownBy(() -> engine.readStream().format("rate").load("x"))
                    .hasMessageContaining("[BAD_OPTION]")
                    .hasMessageContaining("no path");
            assertThatThrownBy(() ->
                            engine.readStream().format("rate").schema("a INT").load())
                    .hasMessageContaining("[BAD_SCHEMA]");
        }
    }

    private static void refused(Engine engine, String format, Map<String, String> options, String... parts) {
        assertThatThrownBy(() ->
                        engine.readStream().format(format).options(options).load())
                .hasMessageContainingAll(parts);
    }
}
