package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.max;
import static io.rivulet.Functions.sum;
import static io.rivulet.Functions.window;
import static io.rivulet.Functions.window_time;
import static io.rivulet.testkit.Rows.row;
import static io.rivulet.testkit.Rows.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.streaming.QueryProgress.StateOperatorProgress;
import io.rivulet.streaming.Trigger;
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

/** Aggregations of aggregations: in append mode each is late, closes and evicts by the watermark, on its own state. */
@Timeout(60)
class ChainedAggregationsTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";

    private final MemoryInput times = MemoryInput.of("t TIMESTAMP");
    private final MemoryInput visits = MemoryInput.of("t TIMESTAMP, page STRING");

    @TempDir
    Path checkpoint;

    private StreamScript script(Variation variation, Function<Engine, DataFrame> query) {
        return StreamScript.of(query).variation(variation).checkpoint(checkpoint);
    }

    private static List<List<@Nullable Object>> visits(Object... timesAndPages) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < timesAndPages.length; i += 2) {
            rows.add(row(Instant.ofEpochSecond((Integer) timesAndPages[i]), timesAndPages[i + 1]));
        }
        return rows;
    }

    private static DataFrame perPage(DataFrame input) {
        return input.withWatermark("t", "5 seconds")
                .groupBy(window(col("t"), "5 seconds"), col("page"))
                .agg(count("*").as("n"));
    }

    /** The busiest page of each window: grouping by the first aggregation's window. */
    private static DataFrame busiest(DataFrame input) {
        return perPage(input)
                .groupBy("window")
                .agg(count("*").as("pages"), max("n").as("most"))
                .selectExpr("unix_timestamp(window.start) AS start", "pages", "most");
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void theWindowOfTheFirstAggregationIsAKeyOfTheSecond(Variation variation) {
        try (StreamScript script = script(variation, engine -> busiest(engine.readStream(visits)))) {
            script.add(visits, visits(10, "a", 11, "b", 12, "a", 16, "a"))
                    .expectNothing()
                    .expectState(0, 3)
                    .add(visits, visits(14, "c", 20, "b"))
                    .expect(row(10, 3, 2))
                    .expectState("aggregate-0", 2)
                    .expectState("aggregate-1", 0)
                    .expectRemoved("aggregate-0", 3)
                    .expectRemoved("aggregate-1", 1)
                    .add(visits, visits(13, "a", 17, "a", 25, "a"))
                    .expect(row(15, 1, 2))
                    .expectDropped("aggregate-0", 1)
                    .expectDropped("aggregate-1", 0)
                    .expectState(0, 2);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void theTimeOfAWindowIsEventTime(Variation variation) {
        Function<Engine, DataFrame> query = engine -> perPage(engine.readStream(visits))
                .select(window_time(col("window")).as("at"), col("page"), col("n"))
                .filter("n > 1")
                .groupBy("at")
                .agg(sum("n").as("total"))
                .selectExpr("unix_micros(at) AS micros", "total");
        try (StreamScript script = script(variation, query)) {
            script.add(visits, visits(10, "a", 11, "a", 11, "b", 12, "b", 13, "c", 16, "c", 17, "c"))
                    .expectNothing()
                    .expectState(0, 4)
                    .add(visits, visits(20, "a"))
                    .expect(row(14_999_999L, 4))
                    .expectState(0, 2)
                    .add(visits, visits(30, "a"))
                    .expect(row(19_999_999L, 2));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void threeInARowEachHoldOnlyWhatIsOpen(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(times)
                .withWatermark("t", "0 seconds")
                .groupBy(window(col("t"), "5 seconds"))
                .agg(count("*").as("n"))
                .groupBy(window(col("window"), "10 seconds"))
                .agg(max("n").as("n"))
                .groupBy(window(window_time(col("window")), "20 seconds"))
                .agg(count("*").as("tens"), sum("n").as("total"))
                .selectExpr("unix_timestamp(window.start) AS start", "tens", "total");
        try (StreamScript script = script(variation, query)) {
            script.add(times, seconds(0, 1, 6, 12, 13, 14))
                    .expectNothing()
                    .expectState(1, 0, 1)
                    .add(times, seconds(19))
                    .expectNothing()
                    .expectState(1, 1, 1)
                    .add(times, seconds(20))
                    .expect(row(0, 2, 5))
                    .expectState(0, 0, 1)
                    .add(times, seconds(3, 39, 40))
                    .expect(row(20, 2, 2))
                    .expectDropped(0, 0, 1)
                    .expectState(0, 0, 1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void whatIsAggregatedOnceMoreAgreesWithTheBatchQuery(Variation variation) {
        try (StreamScript script = script(variation, engine -> busiest(engine.readStream(visits)))
                .trigger(Trigger.availableNow())
                .option("flushAtEnd", true)) {
            script.add(visits, visits(1, "a", 2, "b", 1, "a", 7, "a", 30, "c", 31, "c", 32, "d"))
                    .expect(row(0, 2, 2), row(5, 1, 1), row(30, 2, 2));
        }
        try (Engine engine = variation.apply(Engine.builder()).build()) {
            assertThat(Rows.comparableAll(Rows.of(busiest(engine.read(visits)).collectBatches())))
                    .containsExactlyInAnyOrderElementsOf(
                            Rows.comparableAll(List.of(row(0, 2, 2), row(5, 1, 1), row(30, 2, 2))));
        }
    }

    @Test
    void aRestartWithOtherPartitionsGoesOn() {
        List<Integer> partitions = List.of(1, 3, 2, 4);
        try (StreamScript script = script(Variation.DEFAULT, engine -> busiest(engine.readStream(visits)))) {
            for (int i = 0; i < partitions.size(); i++) {
                int start = 10 * i;
                script.stop()
                        .variation(new Variation(3, partitions.get(i), EvaluationMode.INTERPRETED, false))
                        .add(visits, visits(start, "a", start + 1, "b", start + 2, "a", start + 5, "c"));
                if (i == 0) {
                    script.expectNothing();
                } else {
                    script.expect(row(start - 10, 2, 2), row(start - 5, 1, 1));
                }
                script.expectDropped(0, 0);
            }
        }
    }

    @Test
    void operatorsAreReportedLastFirst() {
        for (int partitions : new int[] {1, 3}) {
            Variation variation = new Variation(8, partitions, EvaluationMode.INTERPRETED, false);
            try (StreamScript script = StreamScript.of(engine -> busiest(engine.readStream(visits)))
                    .variation(variation)) {
                script.add(visits, visits(1, "a"))
                        .expectProgress(p -> assertThat(p.stateOperators())
                                .extracting(StateOperatorProgress::operatorName)
                                .containsExactly("aggregate-1", "aggregate-0"));
            }
        }
    }

    @Test
    void aSecondAggregationNeedsAppendModeAndEventTime() {
        Function<Engine, DataFrame> query = engine -> busiest(engine.readStream(visits));
        try (StreamScript script = StreamScript.of(query).mode(OutputMode.UPDATE)) {
            script.expectRefusal(
                    ErrorCode.UNSUPPORTED_MODE,
                    e -> assertThat(e)
                            .hasMessageContaining("a second aggregation by [window] cannot run in update mode")
                            .hasMessageContaining("Use append mode"));
        }
        Function<Engine, DataFrame> byPage =
                engine -> perPage(engine.readStream(visits)).groupBy("page").agg(sum("n"));
        try (StreamScript script = StreamScript.of(byPage)) {
            script.expectRefusal(
                    ErrorCode.UNSUPPORTED_MODE,
                    e -> assertThat(e)
                            .hasMessageContaining("a second aggregation by [page] cannot run in append mode")
                            .hasMessageContaining("window_time"));
        }
    }
}
