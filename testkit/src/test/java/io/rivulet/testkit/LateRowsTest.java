package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.window;
import static io.rivulet.testkit.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.DataFrame;
import io.rivulet.DataStreamWriter;
import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import io.rivulet.connector.builtin.MemoryTable;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.streaming.QueryProgress.SideSinkProgress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A query that names a late-row sink: what the watermark refuses is in it, whole, once, and counted as before. */
@Timeout(60)
class LateRowsTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";

    private final MemoryInput readings = MemoryInput.of("t TIMESTAMP, sensor STRING, value INT, note STRING");
    private final MemoryTable late = new MemoryTable();

    @TempDir
    Path temporary;

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    private static List<@Nullable Object> reading(@Nullable Long second, String sensor, int value, String note) {
        return row(second == null ? null : at(second), sensor, value, note);
    }

    private List<List<@Nullable Object>> lateRows() {
        return Rows.of(late.batches());
    }

    /** WM 10, window 5: (start, n); reads neither value nor note. */
    private DataFrame countBySensor(Engine engine) {
        return engine.readStream(readings)
                .withWatermark("t", "10 seconds")
                .filter("value >= 0")
                .groupBy(window(col("t"), "5 seconds"), col("sensor"))
                .agg(count("*").as("n"))
                .selectExpr("unix_timestamp(window.start) AS start", "sensor", "n");
    }

    private StreamScript script(Variation variation, OutputMode mode, Function<Engine, DataFrame> query) {
        return StreamScript.of(query)
                .variation(variation)
                .mode(mode)
                .checkpoint(temporary.resolve("checkpoint"))
                .writer(writer -> writer.lateRows(late.sink()));
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aLateRowIsInTheSinkAsItCame(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.APPEND, this::countBySensor)) {
            script.add(readings, reading(10L, "a", 1, "x"), reading(25L, "a", 2, "y"))
                    .expect(row(10, "a", 1))
                    .expectDropped(0);
            assertThat(lateRows()).isEmpty();

            script.add(
                            readings,
                            reading(14L, "b", 3, "too late"),
                            reading(15L, "b", 4, "in time"),
                            reading(null, "b", 5, "no time"),
                            reading(1L, "a", -1, "filtered before"),
                            reading(2L, "a", 6, "far too late"))
                    .expectNothing()
                    .expectDropped(2);
            assertThat(lateRows())
                    .containsExactlyInAnyOrder(
                            row("aggregate-0", at(15), at(14), "b", 3, "too late"),
                            row("aggregate-0", at(15), at(2), "a", 6, "far too late"));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void updateModeRefusesTheSameRows(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.UPDATE, this::countBySensor)) {
            script.add(readings, reading(25L, "a", 1, "x"))
                    .expect(row(25, "a", 1))
                    .add(readings, reading(9L, "a", 2, "late"), reading(26L, "a", 3, "y"))
                    .expect(row(25, "a", 2))
                    .expectDropped(1);
            assertThat(lateRows()).containsExactly(row("aggregate-0", at(15), at(9), "a", 2, "late"));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void anEventTimeThatIsTheKeyIsLateAtTheWatermark(Variation variation) {
        Function<Engine, DataFrame> byTime = engine -> engine.readStream(readings)
                .withWatermark("t", "10 seconds")
                .groupBy("t")
                .count()
                .selectExpr("unix_timestamp(t) AS t", "count");
        try (StreamScript script = script(variation, OutputMode.APPEND, byTime)) {
            script.add(readings, reading(25L, "a", 1, "x"))
                    .expectNothing()
                    .add(readings, reading(15L, "a", 2, "late"), reading(16L, "a", 3, "not late"))
                    .expectNothing()
                    .expectDropped(1);
            assertThat(lateRows()).containsExactly(row("aggregate-0", at(15), at(15), "a", 2, "late"));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void lateRowsOfTwoAggregationsShareTheSinkByTheNamesOfTheirColumns(Variation variation) {
        MemoryInput prices = MemoryInput.of("t TIMESTAMP, sensor BIGINT, price DOUBLE");
        Function<Engine, DataFrame> both = engine -> countBySensor(engine)
                .union(engine.readStream(prices)
                        .withWatermark("t", "20 seconds")
                        .groupBy(window(col("t"), "5 seconds"), col("sensor"))
                        .agg(count("*").as("n"))
                        .selectExpr("unix_timestamp(window.start) AS start", "CAST(sensor AS STRING)", "n"));
        try (StreamScript script = script(variation, OutputMode.APPEND, both)) {
            script.add(readings, reading(40L, "a", 1, "x"))
                    .add(prices, row(at(40), 7L, 1.5))
                    .newRows(); // the watermark is 20
            script.add(readings, reading(14L, "b", 3, "late")).newRows();
            script.add(prices, row(at(13), 8L, 2.5), row(at(39), 9L, 3.5)).newRows();
            assertThat(late.schema().ddl())
                    .isEqualTo("operator STRING NOT NULL, watermark TIMESTAMP NOT NULL, t TIMESTAMP, sensor STRING,"
                            + " value INT, note STRING, price DOUBLE");
            assertThat(lateRows())
                    .containsExactlyInAnyOrder(
                            row("aggregate-0", at(20), at(14), "b", 3, "late", null),
                            row("aggregate-1", at(20), at(13), "8", null, null, 2.5));
        }
    }

    @Test
    void progressTellsOfTheSinkAndTheMainSinkCountsItsOwnRows() {
        try (StreamScript script = script(Variation.DEFAULT, OutputMode.APPEND, this::countBySensor)) {
            script.add(readings, reading(10L, "a", 1, "x"), reading(25L, "a", 1, "x"))
                    .expect(row(10, "a", 1))
                    .add(readings, reading(10L, "a", 1, "x"), reading(50L, "a", 1, "x"))
                    .expect(row(25, "a", 1))
                    .expectProgress(progress -> {
                        assertThat(progress.sink().numOutputRows()).isEqualTo(1);
                        assertThat(progress.sideSinks())
                                .containsExactly(new SideSinkProgress("lateRows", "memory table", 1));
                        assertThat(progress.json())
                                .contains("\"sideSinks\":[{\"name\":\"lateRows\",\"description\":\"memory table\","
                                        + "\"numOutputRows\":1}]");
                    });
        }
    }

    @Test
    void aSinkAddedToARunningJobGetsWhatIsLateFromThenOn() {
        Path checkpoint = temporary.resolve("checkpoint");
        try (StreamScript script = StreamScript.of(this::countBySensor).checkpoint(checkpoint)) {
            script.add(readings, reading(10L, "a", 1, "x"), reading(25L, "a", 1, "y"))
                    .expect(row(10, "a", 1))
                    .add(readings, reading(9L, "a", 1, "lost"))
                    .expectNothing()
                    .writer(writer -> writer.lateRows(late.sink()))
                    .restart()
                    .add(readings, reading(8L, "a", 1, "kept"))
                    .expectNothing()
                    .expectDropped(1)
                    .writer(writer -> {})
                    .restart()
                    .add(readings, reading(40L, "a", 1, "z"))
                    .expect(row(25, "a", 1));
        }
        assertThat(lateRows()).containsExactly(row("aggregate-0", at(15), at(8), "a", 1, "kept"));
    }

    // ------------------------------------------------------------------ refusals

    private void refused(
            Function<Engine, DataFrame> query, Consumer<DataStreamWriter> settings, ErrorCode code, String part) {
        try (Engine engine = Engine.create()) {
            DataStreamWriter writer = query.apply(engine).writeStream().sink(new MemoryTable().sink());
            settings.accept(writer);
            assertThatThrownBy(writer::start).isInstanceOfSatisfying(RivuletException.class, e -> {
                assertThat(e.code()).isEqualTo(code);
                assertThat(e).hasMessageContaining(part);
            });
            assertThat(engine.streams().active()).isEmpty();
        }
    }

    @Test
    void aQueryThatRefusesNoRowsNeedsNoSinkForThem() {
        refused(
                engine -> engine.readStream(readings),
                writer -> writer.lateRows(late.sink()),
                ErrorCode.UNSUPPORTED_OPERATION,
                "leave out lateRows");
        refused(
                this::countBySensor,
                writer -> writer.outputMode("complete").lateRows(late.sink()),
                ErrorCode.UNSUPPORTED_OPERATION,
                "leave out lateRows");
    }

    @Test
    void theSinkIsCheckedLikeTheMainOne() {
        String directory = temporary.resolve("late").toString();
        refused(this::countBySensor, w -> w.lateRows("cvs", directory), ErrorCode.UNKNOWN_FORMAT, "csv");
        refused(
                this::countBySensor,
                w -> w.lateRows("csv", directory),
                ErrorCode.UNSUPPORTED_OPERATION,
                "needs a checkpoint");
        refused(
                this::countBySensor,
                w -> w.checkpoint(temporary.resolve("c")).lateRows("csv", directory, java.util.Map.of("heder", "true")),
                ErrorCode.UNKNOWN_OPTION,
                "header");
    }

    @Test
    void twoSinksNeedTwoPlaces() {
        refused(
                this::countBySensor,
                writer -> writer.sink(late.sink()).lateRows(late.sink()),
                ErrorCode.BAD_OPTION,
                "same place");
        String directory = temporary.resolve("out").toString();
        refused(
                this::countBySensor,
                writer -> writer.lateRows("csv", directory).badRows("json", directory + "/../out"),
                ErrorCode.BAD_OPTION,
                "same place");
    }

    @Test
    void aColumnOfTheRowsMayNotBeNamedAsTheSinksOwn() {
        refused(
                engine -> engine.readStream(readings)
                        .withColumnRenamed("note", "Operator")
                        .withWatermark("t", "1 second")
                        .groupBy(window(col("t"), "5 seconds"))
                        .count(),
                writer -> writer.lateRows(late.sink()),
                ErrorCode.BAD_SCHEMA,
                "operator");
    }
}
