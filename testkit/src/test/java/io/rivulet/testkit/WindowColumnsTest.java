package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.expr;
import static io.rivulet.Functions.max;
import static io.rivulet.Functions.window;
import static io.rivulet.testkit.Rows.row;
import static io.rivulet.testkit.Rows.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Windows as columns: a sliding one gives a row for each window, and any can be grouped by. */
@Timeout(60)
class WindowColumnsTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";

    private final MemoryInput times = MemoryInput.of("t TIMESTAMP");
    private final MemoryInput words = MemoryInput.of("t TIMESTAMP, word STRING");

    @TempDir
    Path checkpoint;

    private StreamScript script(Variation variation, Function<Engine, DataFrame> query) {
        return StreamScript.of(query)
                .variation(variation)
                .mode(OutputMode.APPEND)
                .checkpoint(checkpoint);
    }

    private static List<@Nullable Object> at(long second, String word) {
        return row(Instant.ofEpochSecond(second), word);
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aSlidingWindowGivesARowForEachWindow(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(words)
                .withColumn("w", window(col("t"), "10 seconds", "4 seconds"))
                .filter("word != 'no'")
                .selectExpr("word", "unix_timestamp(w.start) AS start", "unix_timestamp(w.end) AS end");
        try (StreamScript script = script(variation, query)) {
            script.add(words, at(12, "a"), at(13, "no"), row(null, "b"), at(-1, "c"))
                    .expect(row("a", 4, 14), row("a", 8, 18), row("a", 12, 22), row("c", -8, 2), row("c", -4, 6))
                    .add(words, at(19, "d"))
                    .expect(row("d", 12, 22), row("d", 16, 26));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aRowWithoutATimeIsInNoTumblingWindowEither(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(words)
                .withColumn("w", window(col("t"), "10 seconds"))
                .selectExpr("word", "unix_timestamp(w.start) AS start");
        try (StreamScript script = script(variation, query)) {
            script.add(words, at(12, "a"), row(null, "b"), at(-1, "c"))
                    .expect(row("a", 10), row("c", -10))
                    .add(words, row(null, "d"), at(19, "e"))
                    .expect(row("e", 10));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void groupingByAColumnOfWindowsCountsTheRowsWithoutATime(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(words)
                .withWatermark("t", "0 seconds")
                .withColumn("w", window(col("t"), "10 seconds"))
                .groupBy("w")
                .agg(count("*").as("n"))
                .selectExpr("unix_timestamp(w.start) AS start", "n");
        try (StreamScript script = script(variation, query)) {
            script.add(words, at(12, "a"), row(null, "b"), at(13, "c"), row(null, "d"))
                    .expectNothing()
                    .expectProgress(progress -> assertThat(
                                    progress.stateOperators().get(0).numRowsDroppedByNullTime())
                            .isEqualTo(2))
                    .add(words, at(25, "e"))
                    .expect(row(10, 2));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void groupingByTheStartOfAWindowHasNoGroupWithoutATime(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(words)
                .groupBy(expr("unix_timestamp(window(t, '10 seconds').start)").as("start"))
                .agg(count("*").as("n"));
        try (StreamScript script = StreamScript.of(query)
                .variation(variation)
                .mode(OutputMode.UPDATE)
                .checkpoint(checkpoint)) {
            script.add(words, at(12, "a"), row(null, "b"), at(13, "c"))
                    .expect(row(10, 2))
                    .add(words, row(null, "d"), at(25, "e"))
                    .expect(row(20, 1));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void groupingByAColumnOfSlidingWindowsGroupsByThem(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(times)
                .withWatermark("t", "0 seconds")
                .withColumn("w", window(col("t"), "10 seconds", "5 seconds"))
                .groupBy("w")
                .agg(count("*").as("n"))
                .selectExpr("unix_timestamp(w.start) AS start", "unix_timestamp(w.end) AS end", "n");
        try (StreamScript script = script(variation, query)) {
            script.add(times, seconds(1, 6, 7, 12))
                    .expect(row(-5, 5, 1), row(0, 10, 3))
                    .expectState(2)
                    .add(times, seconds(15))
                    .expect(row(5, 15, 3))
                    .expectState(2);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void slidingWindowsOfAnAggregationCanBeGroupedByAgain(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(words)
                .withWatermark("t", "0 seconds")
                .groupBy(window(col("t"), "10 seconds", "4 seconds", "1 second"), col("word"))
                .agg(count("*").as("n"))
                .groupBy("window")
                .agg(count("*").as("words"), max("n").as("most"))
                .groupBy(window(col("window"), "1 minute"))
                .agg(count("*").as("windows"), max("most").as("most"))
                .selectExpr("unix_timestamp(window.start) AS start", "windows", "most");
        try (StreamScript script = script(variation, query)) {
            // windows start at -7, -3, 1, 5, 9, 13, 17 and, for what comes at 61, at 53, 57, 61
            script.add(words, at(2, "a"), at(8, "a"), at(9, "b"), at(20, "c"))
                    .expectNothing()
                    .add(words, at(61, "a"))
                    .expect(row(0, 7, 2))
                    .add(words, at(64, "a"))
                    .expectNothing();
        }
        try (Engine engine = variation.apply(Engine.builder()).build()) {
            DataFrame perWindow = engine.read(words)
                    .groupBy(window(col("t"), "10 seconds", "4 seconds", "1 second"), col("word"))
                    .agg(count("*").as("n"))
                    .groupBy("window")
                    .agg(max("n").as("most"))
                    .filter("most = 2")
                    .selectExpr("unix_timestamp(window.start) AS start", "unix_timestamp(window.end) AS end");
            assertThat(Rows.comparableAll(Rows.of(perWindow.collectBatches())))
                    .containsExactlyInAnyOrderElementsOf(
                            Rows.comparableAll(List.of(row(1, 11), row(57, 67), row(61, 71))));
        }
    }

    @Test
    void aSlidingWindowHasItsPlaces() {
        try (Engine engine = Engine.create()) {
            DataFrame stream = engine.readStream(times);
            assertThatThrownBy(() -> stream.filter("window(t, '10 seconds', '5 seconds').start > '2020-01-01'"))
                    .hasMessageContaining("UNSUPPORTED_OPERATION")
                    .hasMessageContaining("it cannot stand here")
                    .hasMessageContaining("withColumn");
            assertThatThrownBy(() -> stream.select(
                            window(col("t"), "10 seconds", "5 seconds"), window(col("t"), "20 seconds", "5 seconds")))
                    .hasMessageContaining("UNSUPPORTED_OPERATION")
                    .hasMessageContaining("2 sliding windows");
        }
    }
}
