package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.last;
import static io.rivulet.Functions.sum;
import static io.rivulet.Functions.window;
import static io.rivulet.testkit.Rows.row;
import static io.rivulet.testkit.Rows.rows;
import static io.rivulet.testkit.Rows.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.streaming.Trigger;
import io.rivulet.type.SimpleType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The numbered cases of the contract, each with every vector size, parallelism and evaluation mode, and with a restart
 * after each batch where the case allows.
 */
@Timeout(60)
class StreamCasesTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";
    private static final String MATRIX_WITHOUT_RESTARTS = "io.rivulet.testkit.Variation#withoutRestarts";

    private final MemoryInput times = MemoryInput.of("t TIMESTAMP");
    private final MemoryInput values = MemoryInput.of("value INT");

    @TempDir
    Path checkpoint;

    /** WM 10, window 5, count: (start, count). */
    private DataFrame windowedCount(Engine engine) {
        return engine.readStream(times)
                .withWatermark("t", "10 seconds")
                .groupBy(window(col("t"), "5 seconds"))
                .agg(count("*").as("n"))
                .selectExpr("unix_timestamp(window.start) AS start", "n");
    }

    private DataFrame countByValue(Engine engine) {
        return engine.readStream(values).groupBy("value").count();
    }

    private StreamScript script(Variation variation, OutputMode mode, Function<Engine, DataFrame> query) {
        return StreamScript.of(query).variation(variation).mode(mode).checkpoint(checkpoint);
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void case1AppendGivesAWindowOnceItIsClosed(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.APPEND, this::windowedCount)) {
            script.add(times, seconds(10, 11, 12, 13, 14, 15))
                    .expectNothing()
                    .expectState(2)
                    .expectDropped(0)
                    .expectRemoved(0)
                    .expectWatermark(5)
                    .add(times, seconds(25))
                    .expect(row(10, 5))
                    .expectState(2)
                    .expectDropped(0)
                    .expectRemoved(1)
                    .expectWatermark(15)
                    .add(times, seconds(10))
                    .expectNothing()
                    .expectState(2)
                    .expectDropped(1)
                    .expectRemoved(0)
                    .expectBatches(1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void case2UpdateGivesChangedWindowsOnce(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.UPDATE, this::windowedCount)) {
            script.add(times, seconds(10, 11, 12, 13, 14, 15))
                    .expect(row(10, 5), row(15, 1))
                    .expectState(2)
                    .expectDropped(0)
                    .add(times, seconds(25))
                    .expect(row(25, 1))
                    .expectState(2)
                    .expectDropped(0)
                    .expectRemoved(1)
                    .add(times, seconds(10, 25))
                    .expect(row(25, 2))
                    .expectState(2)
                    .expectDropped(1)
                    .expectRemoved(0)
                    .add(times, seconds(10))
                    .expectNothing()
                    .expectState(2)
                    .expectDropped(1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void case3CompleteNeverEvicts(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.COMPLETE, this::windowedCount)) {
            script.add(times, seconds(10, 11, 12))
                    .expect(row(10, 3))
                    .expectState(1)
                    .add(times, seconds(25))
                    .expect(row(10, 3), row(25, 1))
                    .expectState(2)
                    .add(times, seconds(25))
                    .expect(row(10, 3), row(25, 2))
                    .add(times, seconds(10))
                    .expect(row(10, 4), row(25, 2))
                    .expectDropped(0)
                    .expectRemoved(0)
                    .add(times, seconds(25))
                    .expect(row(10, 4), row(25, 3))
                    .expectState(2)
                    .expectDropped(0)
                    .expectRemoved(0);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void case5RecoveryGivesNothingTwiceAndLosesNothing(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.APPEND, this::windowedCount)) {
            script.add(times, seconds(10, 11, 12, 13, 14, 15))
                    .expectNothing()
                    .add(times, seconds(25))
                    .expect(row(10, 5))
                    .expectState(2)
                    .clearSink()
                    .restart()
                    .add(times, seconds(10, 27, 30))
                    .expect(row(15, 1))
                    .expectDropped(1)
                    .expectState(2)
                    .expectWatermark(20)
                    .restart()
                    .add(times, seconds(17))
                    .expectNothing()
                    .expectDropped(1)
                    .add(times, seconds(40))
                    .expect(row(25, 2))
                    .expectState(2)
                    .expectRemoved(1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void case7TheSlowestOfTwoInputsHoldsTheWatermark(Variation variation) {
        MemoryInput a = MemoryInput.of("a", "t TIMESTAMP");
        MemoryInput b = MemoryInput.of("b", "t TIMESTAMP");
        Function<Engine, DataFrame> query = engine -> engine.readStream(a)
                .withWatermark("t", "10 seconds")
                .union(engine.readStream(b).withWatermark("t", "5 seconds"));
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(a, seconds(11)).expectWatermark(0);
            script.add(b, seconds(6)).expectWatermark(1);
            script.add(b, seconds(8)).expectWatermark(1);
            script.add(a, seconds(21)).expectWatermark(3);
            script.add(b, seconds(17, 28, 39)).expectWatermark(11);
            script.add(a, seconds(31)).expectWatermark(21);
            script.add(a, seconds(41)).expectWatermark(31);
            script.add(a, seconds(51)).expectWatermark(34);
            script.add(a, seconds(100)).add(b, seconds(100)).expectWatermark(90);
            script.add(a, seconds(120)).add(b, seconds(110)).expectWatermark(105);
            script.add(a, seconds(130)).add(b, seconds(125)).expectWatermark(120);
            script.add(a, seconds(100)).add(b, seconds(100)).expectWatermark(120);
            script.add(a, seconds(140)).add(b, seconds(100)).expectWatermark(120);
            script.add(a, seconds(100)).add(b, seconds(135)).expectWatermark(130);
            script.add(a, seconds(200)).add(b, seconds(190)).expectWatermark(185);
            script.restart();
            script.add(b, seconds(200)).expectWatermark(190);
            script.add(a, seconds(200)).expectWatermark(190);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void case9UpdateCountsGoOnAcrossARestart(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.UPDATE, this::countByValue)) {
            script.add(values, rows(3))
                    .expect(row(3, 1))
                    .expectState(1)
                    .add(values, rows(3, 2))
                    .expect(row(3, 2), row(2, 1))
                    .expectState(2)
                    .restart()
                    .add(values, rows(3, 2, 1))
                    .expect(row(3, 3), row(2, 2), row(1, 1))
                    .expectState(3)
                    .expectUpdated(3)
                    .add(values, rows(4, 4, 4, 4))
                    .expect(row(4, 4))
                    .expectState(4)
                    .expectUpdated(1)
                    .expectRemoved(0);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void case10LastFollowsTheOrderOfRowsOverBatches(Variation variation) {
        Function<Engine, DataFrame> query =
                engine -> engine.readStream(values).agg(last("value").as("value"));
        try (StreamScript script = script(variation, OutputMode.COMPLETE, query)) {
            script.add(values, rows(1, 2, 3))
                    .expect(row(3))
                    .expectState(1)
                    .add(values, rows(4, 5, 6))
                    .expect(row(6))
                    .addEmptyBatch(values)
                    .expect(row(6))
                    .expectState(1)
                    .expectBatches(1)
                    .add(values, rows(0))
                    .expect(row(0))
                    .expectState(1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void case12AFailureInMidBatchCommitsNothing(Variation variation) {
        AtomicBoolean broken = new AtomicBoolean(true);
        Function<Engine, DataFrame> query = engine -> {
            engine.udf()
                    .register(
                            "checked",
                            (@Nullable Integer value) -> {
                                if (value != null && value == 4 && broken.getAndSet(false)) {
                                    throw new IllegalStateException("four is not there yet");
                                }
                                return value;
                            },
                            SimpleType.INT,
                            SimpleType.INT);
            return engine.readStream(values)
                    .selectExpr("checked(value) AS value")
                    .groupBy("value")
                    .count();
        };
        try (StreamScript script = script(variation, OutputMode.UPDATE, query)) {
            script.add(values, rows(1, 2, 3, 4))
                    .expectFailure(
                            ErrorCode.USER_CODE,
                            e -> assertThat(e)
                                    .hasMessageContaining("checked")
                                    .hasMessageContaining("four is not there yet"));
            assertThat(script.progress()).isEmpty();
            script.expect(row(1, 1), row(2, 1), row(3, 1), row(4, 1))
                    .expectState(4)
                    .expectProgress(p -> assertThat(p.batchId()).isZero());
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void case25WindowsOfWindowsCloseWithTheLastOfThem(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(times)
                .withWatermark("t", "0 seconds")
                .groupBy(window(col("t"), "5 seconds"))
                .agg(count("*").as("n"))
                .groupBy(window(col("window"), "10 seconds"))
                .agg(count("*").as("windows"), sum("n").as("total"))
                .selectExpr("unix_timestamp(window.start) AS start", "windows", "total");
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(times, seconds(10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21))
                    .expect(row(10, 2, 10))
                    .expectState(0, 1)
                    .expectDropped(0, 0)
                    .add(times, seconds(10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29))
                    .expectNothing()
                    .expectDropped(0, 10)
                    .expectState(1, 1)
                    .add(times, seconds(30, 31))
                    .expect(row(20, 2, 12))
                    .expectDropped(0, 0)
                    .expectState(0, 1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX_WITHOUT_RESTARTS)
    void case33ALostCommitIsDoneAgain(Variation variation) throws IOException {
        Function<Engine, DataFrame> query = engine -> engine.readStream(values).selectExpr("6 div value AS x");
        try (StreamScript script = script(variation, OutputMode.APPEND, query).trigger(Trigger.availableNow())) {
            script.add(values, rows(1, 2)).expect(row(6), row(3)).clearSink();
            CheckpointCuts.cutBackToPlan(checkpoint, 0);
            script.expect(row(6), row(3))
                    .expectProgress(p -> assertThat(p.batchId()).isZero())
                    .add(values, rows(3))
                    .expect(row(2))
                    .expectProgress(p -> assertThat(p.batchId()).isEqualTo(1))
                    .add(values, rows(0))
                    .expectFailure(ErrorCode.DIVIDE_BY_ZERO, e -> {
                        assertThat(e.batchId()).isEqualTo(2);
                        assertThat(e.startOffsets()).contains("3");
                        assertThat(e.endOffsets()).contains("4");
                    });
        }
    }
}
