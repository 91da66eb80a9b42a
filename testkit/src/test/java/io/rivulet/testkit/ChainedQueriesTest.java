package io.rivulet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.error.RivuletException;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.streaming.Trigger;
import io.rivulet.testkit.FaultyFileAccess.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two queries in a row: the second reads the directory the first one writes to, by its manifest, exactly once. */
@Timeout(300)
class ChainedQueriesTest {
    private static final int FILES = 2;
    private static final int ROWS = 3;
    /** Every so many calls one is broken; a prime, so that kinds of calls are met at different places. */
    private static final int STEP = 3;

    private static final int THREADS = 8;

    @TempDir
    Path temporary;

    private Path input() throws IOException {
        Path in = Files.createDirectories(temporary.resolve("in"));
        for (int i = 0; i < FILES; i++) {
            StringBuilder rows = new StringBuilder();
            for (int r = 0; r < ROWS; r++) {
                rows.append(i * ROWS + r).append('\n');
            }
            Files.writeString(in.resolve(i + ".csv"), rows, StandardCharsets.UTF_8);
        }
        return in;
    }

    private static Engine engine(FaultyFileAccess files) {
        return Engine.builder()
                .parallelism(1)
                .evaluationMode(EvaluationMode.INTERPRETED)
                .fileAccess(files)
                .build();
    }

    private static StreamingQuery first(Engine engine, Path in, Path work, Trigger trigger) {
        return engine.readStream()
                .schema("n BIGINT")
                .option("maxFilesPerTrigger", 1)
                .csv(in.toString())
                .selectExpr("n % 2 AS odd", "n")
                .writeStream()
                .format("json")
                .partitionBy("odd")
                .trigger(trigger)
                .checkpoint(work.resolve("checkpoint-1"))
                .start(work.resolve("middle").toString());
    }

    private static StreamingQuery second(Engine engine, Path work, Trigger trigger) {
        return engine.readStream()
                .schema("n BIGINT, odd INT")
                .option("maxFilesPerTrigger", 3)
                .json(work.resolve("middle").toString())
                .selectExpr("n * 10 + odd AS m")
                .writeStream()
                .format("csv")
                .option("compression", "gzip")
                .trigger(trigger)
                .checkpoint(work.resolve("checkpoint-2"))
                .start(work.resolve("out").toString());
    }

    private static void runBoth(FaultyFileAccess files, Path in, Path work) {
        try (Engine engine = engine(files)) {
            assertThat(first(engine, in, work, Trigger.availableNow()).awaitTermination(Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(second(engine, work, Trigger.availableNow()).awaitTermination(Duration.ofSeconds(30)))
                    .isTrue();
        }
    }

    private static List<Long> result(Path work) {
        try (Engine engine = Engine.create()) {
            List<Long> values = new ArrayList<>();
            engine.read()
                    .schema("m BIGINT")
                    .csv(work.resolve("out").toString())
                    .collect()
                    .forEach(r -> values.add((Long) r.get(0)));
            values.sort(null);
            return values;
        }
    }

    private static List<Long> truth() {
        return LongStream.range(0, (long) FILES * ROWS)
                .mapToObj(n -> n * 10 + n % 2)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"KILL", "POWER_LOSS"})
    void nothingIsLostOrDoubledWhateverFileCallBreaks(Fault fault) throws Exception {
        Path in = input();
        Path whole = Files.createDirectory(temporary.resolve("whole"));
        FaultyFileAccess undisturbed = new FaultyFileAccess(whole);
        runBoth(undisturbed, in, whole);
        assertThat(result(whole)).isEqualTo(truth());
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (long call = 1; call <= undisturbed.calls(); call += STEP) {
                long broken = call;
                runs.add(pool.submit(() -> breakAndGoOn(in, fault, broken)));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void breakAndGoOn(Path in, Fault fault, long call) {
        Path work = temporary.resolve(fault + "-" + call);
        try {
            FaultyFileAccess files = new FaultyFileAccess(Files.createDirectory(work));
            files.breakAt(call, fault);
            try {
                runBoth(files, in, work);
            } catch (RivuletException e) {
                // the break of this round; some are healed by trying again
            }
            files.restart();
            runBoth(files, in, work);
            assertThat(result(work)).isEqualTo(truth());
            files.losePower();
            assertThat(result(work)).isEqualTo(truth());
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError("after " + fault + " at call " + call, e);
        }
    }

    @Test
    void theSecondQueryFollowsTheFirstWhileBothRun() throws Exception {
        Path in = Files.createDirectories(temporary.resolve("in"));
        Path work = Files.createDirectories(temporary.resolve("work"));
        Files.createDirectories(work.resolve("middle"));
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            StreamingQuery first = first(engine, in, work, Trigger.asap());
            StreamingQuery second = second(engine, work, Trigger.asap());
            for (int round = 0; round < 5; round++) {
                Path hidden = in.resolve("_" + round);
                Files.writeString(hidden, round + "\n", StandardCharsets.UTF_8);
                Files.move(hidden, in.resolve(round + ".csv"));
                first.processAllAvailable();
                second.processAllAvailable();
                assertThat(result(work)).hasSize(round + 1);
            }
            first.stop();
            second.stop();
        }
        try (Stream<Path> partitions = Files.list(work.resolve("middle"))) {
            assertThat(partitions.map(p -> String.valueOf(p.getFileName())).sorted())
                    .containsExactly("_rivulet", "odd=0", "odd=1");
        }
    }
}
