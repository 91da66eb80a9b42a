package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.error.RivuletException;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.streaming.Trigger;
import io.rivulet.testkit.FaultyFileAccess.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * File calls of a query with three sinks (counts, late rows, bad rows) are broken one at a time; the query then goes on
 * right after a restart, and each of its sinks holds every row once, also after a loss of power.
 */
@Timeout(180)
class SideSinkFaultTest {
    private static final int ROWS = 60;
    private static final int ROWS_PER_BATCH = 8;
    /** Every so manieth call is broken; no divisor of what a batch does. */
    private static final int STEP = 11;

    private static final List<String> SINKS = List.of("out", "late", "bad");

    @TempDir
    Path temporary;

    private void writeInput() throws IOException {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            int second = Math.max(0, i - (random.nextInt(4) == 0 ? 25 : 0));
            String time = String.format("2026-01-01 00:%02d:%02d", second / 60, second % 60);
            lines.add(i % 7 == 3 ? "row " + i + " is no row" : time + ",k" + i);
        }
        Files.createDirectories(temporary.resolve("in"));
        Files.write(temporary.resolve("in/part-0.csv"), lines);
    }

    private void run(Path root, FaultyFileAccess files) {
        try (Engine engine = Engine.builder()
                .parallelism(1)
                .evaluationMode(EvaluationMode.INTERPRETED)
                .fileAccess(files)
                .build()) {
            StreamingQuery query = engine.readStream()
                    .schema("t TIMESTAMP, k STRING")
                    .option("header", false)
                    .option("maxRowsPerTrigger", ROWS_PER_BATCH)
                    .csv(temporary.resolve("in").toString())
                    .withWatermark("t", "5 seconds")
                    .groupBy(window(col("t"), "4 seconds"))
                    .agg(count("*").as("n"))
                    .selectExpr("unix_timestamp(window.start) AS start", "n")
                    .writeStream()
                    .format("csv")
                    .option("header", false)
                    .lateRows("csv", root.resolve("late").toString(), java.util.Map.of("header", "false"))
                    .badRows("json", root.resolve("bad").toString())
                    .checkpoint(root.resolve("checkpoint"))
                    .trigger(Trigger.availableNow())
                    .start(root.resolve("out").toString());
            assertThat(query.awaitTermination(Duration.ofSeconds(60))).isTrue();
        }
    }

    private static List<List<String>> written(Path root) throws IOException {
        List<List<String>> all = new ArrayList<>();
        for (String sink : SINKS) {
            List<String> lines = new ArrayList<>();
            if (Files.isDirectory(root.resolve(sink))) {
                try (Stream<Path> files = Files.list(root.resolve(sink))) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        lines.addAll(Files.readAllLines(file));
                    }
                }
            }
            all.add(lines);
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everySinkHoldsEveryRowOnceAfterABrokenCall(Fault fault) throws Exception {
        writeInput();
        Path whole = Files.createDirectory(temporary.resolve("whole"));
        FaultyFileAccess counting = new FaultyFileAccess(whole);
        run(whole, counting);
        List<List<String>> truth = written(whole);
        assertThat(truth.get(0)).as("windows").hasSizeGreaterThan(5);
        assertThat(truth.get(1)).as("late rows").hasSizeGreaterThan(3).doesNotHaveDuplicates();
        assertThat(truth.get(2)).as("bad rows").hasSize(9).doesNotHaveDuplicates();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> runs = new ArrayList<>();
            // not the same calls for every fault
            long first = 1L + List.of(Fault.values()).indexOf(fault);
            for (long call = first; call <= counting.calls(); call += STEP) {
                long broken = call;
                runs.add(pool.submit(() -> {
                    breakAndGoOn(fault, broken, truth);
                    return null;
                }));
            }
            for (Future<?> one : runs) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void breakAndGoOn(Fault fault, long call, List<List<String>> truth) throws IOException {
        Path root = Files.createDirectory(temporary.resolve("at-" + call));
        FaultyFileAccess files = new FaultyFileAccess(root);
        files.breakAt(call, fault);
        try {
            run(root, files);
        } catch (RivuletException e) {
            assertThat(files.hit()).as(e.toString()).isTrue();
        }
        files.restart();
        run(root, files);
        assertThat(written(root)).as("after " + fault + " at call " + call).isEqualTo(truth);
        files.losePower();
        assertThat(written(root)).as("after a loss of power").isEqualTo(truth);
    }
}
