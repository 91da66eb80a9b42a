package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.expr;
import static io.rivulet.Functions.first;
import static io.rivulet.Functions.last;
import static io.rivulet.Functions.max;
import static io.rivulet.Functions.min;
import static io.rivulet.Functions.sum;
import static io.rivulet.Functions.window;
import static io.rivulet.testkit.Rows.row;
import static io.rivulet.testkit.Rows.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.Column;
import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.EvaluationMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sliding windows over streams, in every output mode, however the query is run. Times are seconds. */
@Timeout(60)
class SlidingWindowsTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";

    private final MemoryInput times = MemoryInput.of("t TIMESTAMP");
    private final MemoryInput events = MemoryInput.of("t TIMESTAMP, k INT, v DOUBLE");

    @TempDir
    Path checkpoint;

    /** WM 10, count by window: (start, count). */
    private Function<Engine, DataFrame> counts(String size, String slide, String start) {
        return engine -> engine.readStream(times)
                .withWatermark("t", "10 seconds")
                .groupBy(window(col("t"), size, slide, start))
                .agg(count("*").as("n"))
                .selectExpr("unix_timestamp(window.start) AS start", "n");
    }

    /** WM 0, windows of 10 s every 5 s by key: (start, key, aggregates). */
    private Function<Engine, DataFrame> byKey(Column... aggregates) {
        return engine -> {
            List<String> results = new ArrayList<>(List.of("unix_timestamp(window.start) AS start", "k"));
            for (int i = 0; i < aggregates.length; i++) {
                results.add("a" + i);
            }
            Column[] named = new Column[aggregates.length];
            for (int i = 0; i < named.length; i++) {
                named[i] = aggregates[i].as("a" + i);
            }
            return engine.readStream(events)
                    .withWatermark("t", "0 seconds")
                    .groupBy(window(col("t"), "10 seconds", "5 seconds"), col("k"))
                    .agg(named)
                    .selectExpr(results.toArray(new String[0]));
        };
    }

    private static List<@Nullable Object> event(double t, int key, double value) {
        return row(Instant.ofEpochMilli((long) (t * 1000)), key, value);
    }

    private StreamScript script(Variation variation, OutputMode mode, Function<Engine, DataFrame> query) {
        return StreamScript.of(query).variation(variation).mode(mode).checkpoint(checkpoint);
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void appendGivesEachWindowOnceWhenItEnds(Variation variation) {
        try (StreamScript script =
                script(variation, OutputMode.APPEND, counts("10 seconds", "5 seconds", "0 seconds"))) {
            script.add(times, seconds(10, 11, 12, 13, 14, 15))
                    .expectNothing()
                    .expectState(2)
                    .add(times, seconds(25))
                    .expect(row(5, 5))
                    .expectState(3)
                    .expectRemoved(0)
                    .expectWatermark(15)
                    .add(times, seconds(12))
                    .expectNothing()
                    .expectDropped(0)
                    .expectState(3)
                    .add(times, seconds(9, 30))
                    .expect(row(10, 7))
                    .expectDropped(1)
                    .expectRemoved(1)
                    .expectState(3)
                    .add(times, seconds(100))
                    .expect(row(15, 1), row(20, 1), row(25, 2), row(30, 1))
                    .expectRemoved(3)
                    .expectState(1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void updateGivesEveryOpenWindowOfAChangedRowOnce(Variation variation) {
        try (StreamScript script =
                script(variation, OutputMode.UPDATE, counts("10 seconds", "5 seconds", "0 seconds"))) {
            script.add(times, seconds(10, 11, 12, 13, 14, 15))
                    .expect(row(5, 5), row(10, 6), row(15, 1))
                    .expectState(2)
                    .expectUpdated(2)
                    .add(times, seconds(25, 12))
                    .expect(row(5, 6), row(10, 7), row(20, 1), row(25, 1))
                    .add(times, seconds(14))
                    .expect(row(10, 8))
                    .expectDropped(0)
                    .add(times, seconds(9))
                    .expectNothing()
                    .expectDropped(1)
                    .add(times, seconds(40))
                    .expect(row(35, 1), row(40, 1))
                    .expectRemoved(2)
                    .expectState(2);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void completeGivesAllWindowsAndForgetsNone(Variation variation) {
        try (StreamScript script =
                script(variation, OutputMode.COMPLETE, counts("10 seconds", "5 seconds", "0 seconds"))) {
            script.add(times, seconds(10, 11, 16))
                    .expect(row(5, 2), row(10, 3), row(15, 1))
                    .add(times, seconds(100))
                    .expect(row(5, 2), row(10, 3), row(15, 1), row(95, 1), row(100, 1))
                    .add(times, seconds(10))
                    .expect(row(5, 3), row(10, 4), row(15, 1), row(95, 1), row(100, 1))
                    .expectDropped(0)
                    .expectRemoved(0)
                    .expectState(3);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aSlideThatDoesNotDivideTheSizeCutsTwoSlices(Variation variation) {
        // windows start at 1, 5, 9, … and last 10 s: cut at 1, 3, 5, 7, 9, 11, …
        try (StreamScript script =
                script(variation, OutputMode.APPEND, counts("10 seconds", "4 seconds", "1 second"))) {
            script.add(times, seconds(9, 10, 11, 12, 13, 14, 15))
                    .expectNothing()
                    .expectState(4)
                    .add(times, seconds(26))
                    .expect(row(1, 2), row(5, 6))
                    .expectWatermark(16)
                    .expectRemoved(0)
                    .add(times, seconds(100))
                    .expect(row(9, 7), row(13, 3), row(17, 1), row(21, 1), row(25, 1));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void timesBeforeTheEpochSlideToo(Variation variation) {
        try (StreamScript script =
                script(variation, OutputMode.APPEND, counts("10 seconds", "5 seconds", "-2 seconds"))) {
            script.add(times, seconds(-8, -3))
                    .expectNothing()
                    .add(times, seconds(30))
                    .expect(row(-17, 1), row(-12, 2), row(-7, 1));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void anOldRowThatIsNotLateEntersTheWindowsStillOpen(Variation variation) {
        Function<Engine, DataFrame> query = byKey(count("*"), sum(col("v")), min(col("v")), max(col("v")));
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(events, event(1, 1, 1), event(6, 1, 2), event(7, 2, 3), event(11, 1, 4))
                    .expect(row(-5, 1, 1, 1.0, 1.0, 1.0), row(0, 1, 2, 3.0, 1.0, 2.0), row(0, 2, 1, 3.0, 3.0, 3.0))
                    .add(events, event(8, 1, -7), event(8, 3, 9), event(4, 1, 100))
                    .expectNothing()
                    .expectDropped(1)
                    .add(events, event(15, 2, 5))
                    .expect(row(5, 1, 3, -1.0, -7.0, 4.0), row(5, 2, 1, 3.0, 3.0, 3.0), row(5, 3, 1, 9.0, 9.0, 9.0));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void sumsOfDoublesForgetWhatHasLeft(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.APPEND, byKey(sum(col("v"))))) {
            script.add(events, event(0, 1, 1e15), event(5, 1, 0.1), event(10, 1, 0.2), event(15, 1, -1e15))
                    .expect(row(-5, 1, 1e15), row(0, 1, 1e15 + 0.1), row(5, 1, 0.1 + 0.2))
                    .add(events, event(20, 1, 0.3))
                    .expect(row(10, 1, 0.2 - 1e15))
                    .add(events, event(25, 1, 0.25))
                    .expect(row(15, 1, 0.3 - 1e15))
                    .add(events, event(30, 1, 0))
                    .expect(row(20, 1, 0.3 + 0.25));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void keysComeAndGo(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.APPEND, byKey(count("*")))) {
            script.add(events, event(0, 1, 0), event(6, 2, 0), event(12, 3, 0), event(21, 1, 0))
                    .expect(row(-5, 1, 1), row(0, 1, 1), row(0, 2, 1), row(5, 2, 1), row(5, 3, 1), row(10, 3, 1))
                    .add(events, event(1000, 4, 0))
                    .expect(row(15, 1, 1), row(20, 1, 1))
                    .expectState(1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void firstAndLastSeeTheRowsOfAWindowInTheirOrder(Variation variation) {
        Function<Engine, DataFrame> query = byKey(first(col("v")), last(col("v")), count("*"));
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(events, event(7, 1, 1), event(3, 1, 2), event(8, 1, 3))
                    .expect(row(-5, 1, 2.0, 2.0, 1))
                    .expectState(2)
                    .add(events, event(12, 1, 4))
                    .expect(row(0, 1, 1.0, 3.0, 3))
                    .expectState(2)
                    .add(events, event(9, 1, 5), event(4, 1, 6))
                    .expectNothing()
                    .expectDropped(1)
                    .add(events, event(20, 1, 7))
                    .expect(row(5, 1, 1.0, 5.0, 4), row(10, 1, 4.0, 4.0, 1));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void firstAndLastRunInUpdateModeToo(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.UPDATE, byKey(last(col("v"))))) {
            script.add(events, event(7, 1, 1), event(3, 1, 2))
                    .expect(row(-5, 1, 2.0), row(0, 1, 2.0), row(5, 1, 1.0))
                    .add(events, event(8, 1, 3))
                    .expect(row(0, 1, 3.0), row(5, 1, 3.0))
                    .add(events, event(12, 1, 3), event(1, 1, 9))
                    .expect(row(0, 1, 9.0), row(5, 1, 3.0), row(10, 1, 3.0));
        }
    }

    @Test
    void windowsGoOnWithAnotherParallelism() {
        Variation one = new Variation(1024, 1, EvaluationMode.INTERPRETED, false);
        Variation four = new Variation(2, 4, EvaluationMode.INTERPRETED, false);
        try (StreamScript script = script(one, OutputMode.APPEND, byKey(sum(col("v"))))) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (int key = 0; key < 10; key++) {
                rows.add(event(1, key, key));
                rows.add(event(6, key, 10));
            }
            script.add(events, rows)
                    .expect(byKeys(-5, key -> (double) key))
                    .stop()
                    .variation(four);
            script.add(events, event(10, 0, 1)).expect(byKeys(0, key -> key + 10.0));
            script.stop().variation(one);
            script.add(events, event(15, 0, 1)).expect(byKeys(5, key -> key == 0 ? 11.0 : 10.0));
        }
    }

    private static List<List<@Nullable Object>> byKeys(int start, Function<Integer, Double> value) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int key = 0; key < 10; key++) {
            rows.add(row(start, key, value.apply(key)));
        }
        return rows;
    }

    @Test
    void anAggregateThatWouldChangeWhatIsKeptIsRefused() {
        try (StreamScript script = script(Variation.DEFAULT, OutputMode.APPEND, byKey(count("*")))) {
            script.add(events, event(1, 1, 1)).expectNothing().stop();
        }
        try (StreamScript script = script(Variation.DEFAULT, OutputMode.APPEND, byKey(count("*"), first(col("v"))))) {
            script.expectRefusal(
                    ErrorCode.QUERY_CHANGED,
                    e -> assertThat(e).hasMessageContaining("aggregate-0 state kept: was by slice, is by window"));
        }
        try (StreamScript script = script(Variation.DEFAULT, OutputMode.APPEND, byKey(count("*"), sum(col("v"))))) {
            script.add(events, event(6, 1, 1)).expect(row(-5, 1, 1, null));
        }
    }

    @Test
    void anotherSlideIsRefused() {
        try (StreamScript script =
                script(Variation.DEFAULT, OutputMode.UPDATE, counts("10 seconds", "5 seconds", "0 seconds"))) {
            script.add(times, seconds(1)).expect(row(-5, 1), row(0, 1)).stop();
        }
        try (StreamScript script =
                script(Variation.DEFAULT, OutputMode.UPDATE, counts("10 seconds", "2 seconds", "0 seconds"))) {
            script.expectRefusal(
                    ErrorCode.QUERY_CHANGED, e -> assertThat(e).hasMessageContaining("was 10 seconds every 5 seconds"));
        }
    }

    @Test
    void aBatchQueryGivesAllWindows() {
        MemoryInput input = MemoryInput.of("t TIMESTAMP");
        input.stage(seconds(1, 7));
        input.publish();
        try (Engine engine = Engine.builder().build()) {
            List<List<@Nullable Object>> rows = Rows.of(engine.read(input)
                    .groupBy(window(col("t"), "10 seconds", "5 seconds"))
                    .agg(count("*").as("n"))
                    .select(expr("unix_timestamp(window.start)").as("start"), col("n"))
                    .collectBatches());
            assertThat(Rows.difference(rows, List.of(row(-5, 1), row(0, 2), row(5, 1)), false))
                    .isNull();
        }
    }
}
