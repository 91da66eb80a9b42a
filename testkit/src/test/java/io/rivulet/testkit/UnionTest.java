package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.first;
import static io.rivulet.Functions.last;
import static io.rivulet.Functions.sum;
import static io.rivulet.Functions.window;
import static io.rivulet.testkit.Rows.row;
import static io.rivulet.testkit.Rows.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.EvaluationMode;
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

/** Several inputs in one query: their watermarks, their order, and one source used twice. */
@Timeout(60)
class UnionTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";

    private final MemoryInput a = MemoryInput.of("a", "t TIMESTAMP");
    private final MemoryInput b = MemoryInput.of("b", "t TIMESTAMP");
    private final MemoryInput numbers = MemoryInput.of("numbers", "k STRING, v INT");
    private final MemoryInput others = MemoryInput.of("others", "k STRING, v INT");

    @TempDir
    Path checkpoint;

    private StreamScript script(Variation variation, OutputMode mode, Function<Engine, DataFrame> query) {
        return StreamScript.of(query).variation(variation).mode(mode).checkpoint(checkpoint);
    }

    /** A with a delay of 10 s and B with 5 s. */
    private DataFrame both(Engine engine) {
        return engine.readStream(a)
                .withWatermark("t", "10 seconds")
                .union(engine.readStream(b).withWatermark("t", "5 seconds"));
    }

    private DataFrame windowed(Engine engine) {
        return both(engine)
                .groupBy(window(col("t"), "5 seconds"))
                .agg(count("*").as("n"))
                .selectExpr("unix_timestamp(window.start) AS start", "n");
    }

    private static List<@Nullable Object> timed(long second, Object value) {
        return row(Instant.ofEpochSecond(second), value);
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void windowsOverAUnionCloseByTheSlowestInput(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.APPEND, this::windowed)) {
            script.add(a, seconds(10, 11, 40))
                    .expectNothing()
                    .expectState(2)
                    .expectWatermark(0)
                    .add(b, seconds(12, 17))
                    .expectNothing()
                    .expectWatermark(12)
                    .add(b, seconds(20))
                    .expect(row(10, 3))
                    .expectRemoved(1)
                    .add(b, seconds(14, 15))
                    .add(a, seconds(11))
                    .expectNothing()
                    .expectDropped(2)
                    .add(b, seconds(60))
                    .expect(row(15, 2), row(20, 1))
                    .expectWatermark(30)
                    .expectState(2);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void byPolicyMaxTheFastestInputMovesTheWatermark(Variation variation) {
        try (StreamScript script =
                script(variation, OutputMode.APPEND, this::windowed).option("watermarkPolicy", "max")) {
            script.add(a, seconds(10, 11, 26))
                    .expect(row(10, 2))
                    .expectWatermark(16)
                    .add(b, seconds(12, 18))
                    .expectNothing()
                    .expectDropped(1)
                    .expectWatermark(16)
                    .add(b, seconds(30))
                    .expect(row(15, 1))
                    .expectWatermark(25);
        }
    }

    @Test
    void thePolicyOfTheCheckpointWins() {
        try (StreamScript script = script(Variation.DEFAULT, OutputMode.APPEND, this::windowed)) {
            script.add(a, seconds(30))
                    .add(b, seconds(10))
                    .expectWatermark(5)
                    .stop()
                    .option("watermarkPolicy", "max")
                    .add(a, seconds(40))
                    .expectWatermark(5);
        }
    }

    @Test
    void aRestartWithOtherPartitionsKeepsEachInputsTime() {
        try (StreamScript script = script(Variation.DEFAULT, OutputMode.APPEND, this::windowed)) {
            script.add(a, seconds(10, 12, 40))
                    .add(b, seconds(11))
                    .expectWatermark(6)
                    .stop()
                    .variation(new Variation(1, 3, EvaluationMode.INTERPRETED, false))
                    .add(b, seconds(13))
                    .expectWatermark(8)
                    .stop()
                    .variation(new Variation(3, 2, EvaluationMode.INTERPRETED, false))
                    .add(b, seconds(35))
                    .expect(row(10, 4))
                    .expectWatermark(30);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void rowsOfTheFirstInputComeFirst(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(numbers)
                .union(engine.readStream(others))
                .groupBy("k")
                .agg(first("v").as("first"), last("v").as("last"), count("*").as("n"));
        try (StreamScript script = script(variation, OutputMode.UPDATE, query)) {
            script.add(others, row("x", 11), row("x", 12), row("y", 13), row("x", 14))
                    .add(numbers, row("x", 1), row("y", 2), row("y", 3), row("x", 4), row("x", 5))
                    .expect(row("x", 1, 14, 6), row("y", 2, 13, 3))
                    .add(numbers, row("x", 6), row("y", 7))
                    .add(others, row("y", 15))
                    .expect(row("x", 1, 6, 7), row("y", 2, 15, 5));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aSourceUsedTwiceIsReadAndCountedOnce(Variation variation) {
        Function<Engine, DataFrame> query = engine -> {
            DataFrame stream = engine.readStream(numbers);
            return stream.select("v")
                    .union(stream.filter("k = 'x'").selectExpr("v * 10"))
                    .union(stream.selectExpr("length(k)"));
        };
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(numbers, row("x", 1), row("yy", 2))
                    .expect(row(1), row(2), row(10), row(1), row(2))
                    .expectProgress(p -> {
                        assertThat(p.numInputRows()).isEqualTo(2);
                        assertThat(p.sources()).hasSize(1);
                        assertThat(p.sources().get(0).numInputRows()).isEqualTo(2);
                    })
                    .add(numbers, row("x", 3))
                    .expect(row(3), row(30), row(1));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aSourceUsedInSeveralStagesIsReadOnce(Variation variation) {
        Function<Engine, DataFrame> query = engine -> {
            DataFrame stream = engine.readStream(numbers);
            DataFrame totals = stream.groupBy("k").agg(sum("v").as("v"));
            DataFrame counts = stream.groupBy("k").agg(count("*").as("v"));
            return totals.union(counts).union(stream.agg(sum("v")).selectExpr("'all'", "`sum(v)`"));
        };
        try (StreamScript script = script(variation, OutputMode.COMPLETE, query)) {
            script.add(numbers, row("x", 1), row("y", 2), row("x", 3))
                    .expect(row("x", 4), row("y", 2), row("x", 2), row("y", 1), row("all", 6))
                    .expectProgress(p -> assertThat(p.numInputRows()).isEqualTo(3))
                    .add(numbers, row("y", 5))
                    .expect(row("x", 4), row("y", 7), row("x", 2), row("y", 2), row("all", 11))
                    .expectState(2, 2, 1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void windowsAndRowsFlowTogetherIntoAnotherAggregation(Variation variation) {
        MemoryInput raw = MemoryInput.of("raw", "at TIMESTAMP, n BIGINT");
        Function<Engine, DataFrame> query = engine -> engine.readStream(a)
                .withWatermark("t", "0 seconds")
                .groupBy(window(col("t"), "5 seconds"))
                .agg(count("*").as("n"))
                .selectExpr("window_time(window) AS at", "n")
                .union(engine.readStream(raw).withWatermark("at", "0 seconds"))
                .groupBy(window(col("at"), "10 seconds"))
                .agg(count("*").as("parts"), sum("n").as("n"))
                .selectExpr("unix_timestamp(window.start) AS start", "parts", "n");
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(a, seconds(0, 1, 6, 12))
                    .add(raw, timed(3, 100L), timed(11, 200L))
                    .expect(row(0, 3, 103))
                    .expectState(1, 1)
                    .expectWatermark(11)
                    .add(a, seconds(13, 21))
                    .add(raw, timed(9, 7L))
                    .expectNothing()
                    .expectDropped("aggregate-0", 0)
                    .expectDropped("aggregate-1", 1)
                    .add(raw, timed(20, 1L))
                    .expect(row(10, 2, 202))
                    .expectState(1, 1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void filtersOverAUnionDoNotHoldTimeBack(Variation variation) {
        Function<Engine, DataFrame> query = engine -> both(engine)
                .filter("unix_timestamp(t) < 30")
                .groupBy(window(col("t"), "5 seconds"))
                .agg(count("*").as("n"))
                .selectExpr("unix_timestamp(window.start) AS start", "n");
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(a, seconds(10, 100))
                    .add(b, seconds(11, 100))
                    .expect(row(10, 2))
                    .expectWatermark(90)
                    .expectState(0);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void columnsGetTheTypeTheyHaveInCommon(Variation variation) {
        MemoryInput wide = MemoryInput.of("wide", "name STRING, w DOUBLE");
        Function<Engine, DataFrame> query = engine ->
                engine.readStream(numbers).union(engine.readStream(wide)).selectExpr("k", "v * 2 AS v");
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(numbers, row("x", 1)).add(wide, row("y", 1.25)).expect(row("x", 2.0), row("y", 2.5));
        }
    }

    @Test
    void byNameMissingColumnsAreNull() {
        try (Engine engine = Engine.create()) {
            numbers.add(row("x", 1));
            MemoryInput more = MemoryInput.of("more", "V BIGINT, extra STRING");
            more.add(row(2L, "e"));
            DataFrame left = engine.read(numbers);
            DataFrame right = engine.read(more);
            DataFrame all = left.unionByName(right, true);
            assertThat(all.schema().ddl()).isEqualTo("k STRING, v BIGINT, extra STRING");
            assertThat(Rows.of(all.collectBatches())).containsExactly(row("x", 1L, null), row(null, 2L, "e"));
            assertThatThrownBy(() -> left.unionByName(right))
                    .hasMessageContaining("UNKNOWN_COLUMN")
                    .hasMessageContaining("unionByName(other, true)");
            assertThat(Rows.of(left.unionByName(left.select("v", "k")).limit(2).collectBatches()))
                    .containsExactly(row("x", 1), row("x", 1));
        }
    }

    @Test
    void boundedTablesAreUnitedInOrder() {
        numbers.add(row("x", 1), row("y", 2), row("x", 3));
        others.add(row("z", 9), row("x", 8));
        for (int partitions : new int[] {1, 2, 5}) {
            try (Engine engine = Engine.builder().parallelism(partitions).build()) {
                DataFrame union = engine.read(others).union(engine.read(numbers));
                assertThat(Rows.of(union.limit(4).collectBatches()))
                        .containsExactly(row("z", 9), row("x", 8), row("x", 1), row("y", 2));
                DataFrame total = engine.read(numbers).agg(sum("v").as("v")).selectExpr("'all' AS k", "v");
                assertThat(Rows.of(engine.read(others)
                                .union(total)
                                .union(engine.read(numbers).limit(1))
                                .collectBatches()))
                        .containsExactlyInAnyOrder(row("z", 9L), row("x", 8L), row("all", 6L), row("x", 1L));
            }
        }
    }

    @Test
    void whatCannotBeUnitedIsRefused() {
        try (Engine engine = Engine.create();
                Engine another = Engine.create()) {
            DataFrame stream = engine.readStream(numbers);
            DataFrame table = engine.read(numbers);
            assertThatThrownBy(() -> stream.union(table))
                    .hasMessageContaining("UNSUPPORTED_OPERATION")
                    .hasMessageContaining("a stream and a bounded table");
            assertThatThrownBy(() -> table.union(table.select("k")))
                    .hasMessageContaining("BAD_SCHEMA")
                    .hasMessageContaining("2 [k, v] and 1 [k]");
            assertThatThrownBy(() -> engine.readStream(a).union(stream.select("v")))
                    .hasMessageContaining("TYPE_MISMATCH")
                    .hasMessageContaining("the column 't' of a union is TIMESTAMP on one side and INT");
            assertThatThrownBy(() -> table.union(another.read(numbers)))
                    .hasMessageContaining("BAD_ARGUMENT")
                    .hasMessageContaining("different engines");
            assertThatThrownBy(() -> both(engine).withWatermark("t", "1 second"))
                    .hasMessageContaining("a watermark is defined already, on t");
        }
    }

    @Test
    void eventTimeMustStandInOnePlaceOfAllInputs() {
        MemoryInput two = MemoryInput.of("two", "t TIMESTAMP, at TIMESTAMP");
        Function<Engine, DataFrame> crossed = engine -> engine.readStream(two)
                .withWatermark("t", "1 second")
                .union(engine.readStream(two).withWatermark("at", "1 second"))
                .groupBy(window(col("t"), "5 seconds"))
                .count();
        try (StreamScript script = StreamScript.of(crossed).mode(OutputMode.UPDATE)) {
            script.expectRefusal(
                    ErrorCode.UNSUPPORTED_OPERATION,
                    e -> assertThat(e).hasMessageContaining("event time in different columns, [t, at]"));
        }
        Function<Engine, DataFrame> half = engine -> engine.readStream(a)
                .withWatermark("t", "1 second")
                .union(engine.readStream(b))
                .groupBy(window(col("t"), "5 seconds"))
                .count();
        try (StreamScript script = StreamScript.of(half)) {
            script.expectRefusal(
                    ErrorCode.UNSUPPORTED_MODE,
                    e -> assertThat(e).hasMessageContaining("withWatermark(…) on every input of the union"));
        }
    }

    @Test
    void inCompleteModeEveryInputIsAggregated() {
        Function<Engine, DataFrame> query = engine -> engine.readStream(numbers)
                .union(engine.readStream(others).groupBy("k").agg(sum("v")));
        try (StreamScript script = StreamScript.of(query).mode(OutputMode.COMPLETE)) {
            script.expectRefusal(
                    ErrorCode.UNSUPPORTED_MODE,
                    e -> assertThat(e)
                            .hasMessageContaining(
                                    "a union with an input without aggregation cannot run in complete mode"));
        }
    }

    @Test
    void columnsNobodyReadsAreNotReadOfAnyInput() {
        try (Engine engine = Engine.create()) {
            DataFrame plan = engine.readStream(numbers)
                    .union(engine.readStream(others))
                    .filter("v > 1")
                    .select("v");
            PlanAssertion.assertThatPlan(plan)
                    .hasStages(1)
                    .hasOperators("Union", "Filter", "Scan", "Filter", "Scan")
                    .contains("Scan source-0 [v]")
                    .contains("Scan source-1 [v]");
        }
    }
}
