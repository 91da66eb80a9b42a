package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.testkit.Rows.row;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Distinct rows of a stream, and nulls in it. */
@Timeout(60)
class DistinctTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";

    private final MemoryInput words = MemoryInput.of("t TIMESTAMP, word STRING, n DOUBLE");

    @TempDir
    Path checkpoint;

    private StreamScript script(Variation variation, OutputMode mode, Function<Engine, DataFrame> query) {
        return StreamScript.of(query).variation(variation).mode(mode).checkpoint(checkpoint);
    }

    private static java.util.List<Object> at(long second, String word) {
        return java.util.List.of(Instant.ofEpochSecond(second), word, 1.0);
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void inUpdateModeEachBatchGivesItsRowsOnce(Variation variation) {
        try (StreamScript script = script(
                variation,
                OutputMode.UPDATE,
                engine -> engine.readStream(words).select("word").distinct())) {
            script.add(words, at(1, "a"), at(2, "b"), at(3, "a"))
                    .expect(row("a"), row("b"))
                    .expectState(2)
                    .add(words, at(4, "b"), at(5, "c"))
                    .expect(row("b"), row("c"))
                    .expectState(3);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void inCompleteModeAllRowsComeEveryTime(Variation variation) {
        try (StreamScript script = script(
                variation,
                OutputMode.COMPLETE,
                engine -> engine.readStream(words).select("word").distinct().sort("word"))) {
            script.add(words, at(1, "b"), at(2, "a"))
                    .expectInOrder(row("a"), row("b"))
                    .add(words, at(3, "b"), at(4, "c"))
                    .expectInOrder(row("a"), row("b"), row("c"));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void inAppendModeRowsComeOnceTheirTimeHasPassed(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(words)
                .withWatermark("t", "2 seconds")
                .select("t", "word")
                .distinct()
                .select(col("word"), col("t").cast("BIGINT").as("s"));
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(words, at(1, "a"), at(1, "a"), at(3, "b"))
                    .expect(row("a", 1))
                    .expectState(1)
                    .add(words, at(1, "a"), at(3, "b"), at(5, "c"))
                    .expect(row("b", 3))
                    .expectDropped(1)
                    .expectState(1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void missingValuesOfAStreamAreFilledOrDropped(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(words)
                .na()
                .fill(-1)
                .na()
                .drop(new String[] {"word"})
                .drop("t");
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(words, row(null, "a", null), row(null, null, 1.0), row(null, "b", Double.NaN))
                    .expect(row("a", -1.0), row("b", -1.0));
        }
    }
}
