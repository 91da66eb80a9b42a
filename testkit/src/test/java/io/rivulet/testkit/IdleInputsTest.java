package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.window;
import static io.rivulet.testkit.Rows.row;
import static io.rivulet.testkit.Rows.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.connector.builtin.MemoryTable;
import io.rivulet.streaming.QueryProgress;
import io.rivulet.time.IdleTimeout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Inputs that fall silent: what closes without a new event, and who then holds the watermark. */
@Timeout(60)
class IdleInputsTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#withoutRestarts";
    private static final IdleTimeout STANDS = IdleTimeout.of("30 seconds");

    private final MemoryInput fast = MemoryInput.of("t TIMESTAMP");
    private final MemoryInput slow = MemoryInput.of("t TIMESTAMP");
    private final ManualClock clock = new ManualClock(Instant.ofEpochSecond(100_000));

    @TempDir
    Path checkpoint;

    private static DataFrame counted(DataFrame times) {
        return times.groupBy(window(col("t"), "5 seconds"))
                .agg(count("*").as("n"))
                .selectExpr("unix_timestamp(window.start) AS start", "n");
    }

    private DataFrame one(Engine engine) {
        return counted(engine.readStream(fast).withWatermark("t", "10 seconds", STANDS.advanceOnIdle()));
    }

    private DataFrame two(Engine engine, @Nullable IdleTimeout ofSlow) {
        DataFrame times = engine.readStream(slow);
        DataFrame marked = ofSlow == null
                ? times.withWatermark("t", "0 seconds")
                : times.withWatermark("t", Duration.ZERO, ofSlow);
        return counted(engine.readStream(fast).withWatermark("t", "10 seconds").union(marked));
    }

    private StreamScript script(Variation variation, java.util.function.Function<Engine, DataFrame> query) {
        return StreamScript.of(query).variation(variation).clock(clock).checkpoint(checkpoint);
    }

    /** Moves the clock and has the query look at it. */
    private static void pass(StreamScript script, int seconds) {
        script.advance(Duration.ofSeconds(seconds));
        script.query().processAllAvailable();
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void theLastWindowClosesByTheClock(Variation variation) {
        try (StreamScript script = script(variation, this::one)) {
            script.add(fast, seconds(100, 101, 107)).expectNothing();
            pass(script, 17); // the clock alone would close [100, 105) now, but the input is not idle yet
            script.expectNothing();
            pass(script, 12);
            script.expectNothing();
            pass(script, 1);
            script.expect(row(100, 2), row(105, 1));

            script.add(fast, seconds(127, 131, 126)).expectNothing(); // the watermark is 127
            pass(script, 60);
            script.expect(row(125, 2), row(130, 1)).expectDropped(0);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aRestartWaitsForTheTimeoutAgain(Variation variation) {
        try (StreamScript script = script(variation, this::one)) {
            script.add(fast, seconds(100)).expectNothing().stop();
            clock.advance(Duration.ofHours(1));
            script.start();
            pass(script, 29);
            script.expectNothing();
            pass(script, 1);
            script.expect(row(100, 1)).restart().expectNothing();
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aSilentInputHoldsNoOneBackOnceItIsIdle(Variation variation) {
        try (StreamScript script = script(variation, engine -> two(engine, STANDS))) {
            script.add(fast, seconds(100, 120)).add(slow, seconds(90)).expectNothing();
            pass(script, 29);
            script.expectNothing();
            pass(script, 1);
            script.expect(row(90, 1), row(100, 1));
            script.add(slow, seconds(111))
                    .expectNothing()
                    .add(fast, seconds(140))
                    .expectNothing();
        }
    }

    @Test
    void withoutATimeoutItHoldsThemForEver() {
        try (StreamScript script = script(Variation.DEFAULT, engine -> two(engine, null))) {
            script.add(fast, seconds(100, 120)).add(slow, seconds(90)).expectNothing();
            pass(script, 100_000);
            script.expectNothing();
        }
    }

    @Test
    void theQueryWakesItselfWhenTheClockIsDueAndSleepsOtherwise() throws InterruptedException {
        MemoryTable table = new MemoryTable();
        CountDownLatch closed = new CountDownLatch(1);
        try (Engine engine = Engine.builder().clock(clock).build()) {
            StreamingQuery query = one(engine).writeStream().sink(table.sink()).start();
            query.processAllAvailable();
            fast.add(seconds(100).get(0));
            query.processAllAvailable();
            query.addListener(event -> closed.countDown());
            clock.awaitSleeper(Duration.ofSeconds(30));
            clock.advance(Duration.ofSeconds(30));
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
            query.processAllAvailable();
            assertThat(Rows.difference(Rows.of(table.batches()), java.util.List.of(row(100, 1)), true))
                    .isNull();
            QueryProgress last = Objects.requireNonNull(query.lastProgress());
            assertThat(last.numInputRows()).isZero();

            clock.advance(Duration.ofHours(10)); // nothing is open any more: no batch
            query.processAllAvailable();
            assertThat(query.lastProgress()).isSameAs(last);
        }
    }
}
