package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.expr;
import static io.rivulet.Functions.try_avg;
import static io.rivulet.Functions.try_sum;
import static io.rivulet.Functions.window;
import static io.rivulet.testkit.Rows.row;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code try_sum} and {@code try_avg} over batches, restarts, partitions and overlapping windows. */
@Timeout(120)
class TriedAggregatesTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";
    private static final long MOST = Long.MAX_VALUE;

    private final MemoryInput payments = MemoryInput.of("t TIMESTAMP, user STRING, amount BIGINT");

    @TempDir
    Path checkpoint;

    private static List<@Nullable Object> paid(long second, String user, @Nullable Long amount) {
        return row(Instant.ofEpochSecond(second), user, amount);
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aSumIsNullWhileItIsOutsideOfItsTypeAndThereAgainWhenItComesBack(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(payments)
                .groupBy("user")
                .agg(
                        try_sum("amount").as("total"),
                        expr("try_sum(DISTINCT amount) FILTER (WHERE amount < 5) AS low"),
                        try_avg("amount").as("mean"));
        try (StreamScript script = StreamScript.of(query)
                .variation(variation)
                .mode(OutputMode.UPDATE)
                .checkpoint(checkpoint)) {
            script.add(payments, paid(1, "a", MOST), paid(1, "b", 2L), paid(1, "c", null))
                    .expect(row("a", MOST, null, (double) MOST), row("b", 2L, 2L, 2.0), row("c", null, null, null))
                    .add(payments, paid(2, "a", 1L), paid(2, "b", 2L))
                    .expect(row("a", null, 1L, MOST / 2.0), row("b", 4L, 2L, 2.0))
                    .restart()
                    .add(payments, paid(3, "a", -2L))
                    .expect(row("a", MOST - 1, -1L, MOST / 3.0));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void overlappingWindows(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(payments)
                .withWatermark("t", "0 seconds")
                .groupBy(window(col("t"), "10 seconds", "5 seconds"))
                .agg(expr("try_sum(amount) AS total"), expr("try_avg(CAST(amount AS DECIMAL(38,0))) AS mean"))
                .selectExpr("unix_timestamp(window.start) AS start", "total", "CAST(mean AS STRING) AS mean");
        try (StreamScript script = StreamScript.of(query)
                .variation(variation)
                .mode(OutputMode.APPEND)
                .checkpoint(checkpoint)) {
            script.add(payments, paid(1, "a", MOST), paid(6, "a", 3L), paid(11, "a", -1L), paid(20, "a", 7L))
                    .expect(
                            row(-5, MOST, MOST + ".0000"),
                            row(0, null, "4611686018427387905.0000"),
                            row(5, 2L, "1.0000"),
                            row(10, -1L, "-1.0000"))
                    .add(payments, paid(40, "a", null))
                    .expect(row(15, 7L, "7.0000"), row(20, 7L, "7.0000"));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aPlainSumStillFails(Variation variation) {
        Function<Engine, DataFrame> query =
                engine -> engine.readStream(payments).groupBy("user").agg(expr("sum(amount) AS total"));
        try (StreamScript script = StreamScript.of(query)
                .variation(variation)
                .mode(OutputMode.UPDATE)
                .checkpoint(checkpoint)) {
            script.add(payments, paid(1, "a", MOST))
                    .expect(row("a", MOST))
                    .add(payments, paid(2, "a", 1L))
                    .expectFailure(ErrorCode.ARITHMETIC_OVERFLOW);
        }
    }
}
