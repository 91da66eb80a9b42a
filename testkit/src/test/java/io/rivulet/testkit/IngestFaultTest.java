package io.rivulet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.Engine;
import io.rivulet.Ingest;
import io.rivulet.IngestOptions;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every file call of a journaled ingest into files is broken in turn, in every way; the host goes on from the committed
 * position, and the files hold every record once, also after a loss of power.
 */
@Timeout(180)
class IngestFaultTest {
    record Event(long id) {}

    private static final int EVENTS = 20;
    private static final int ROWS_PER_BATCH = 8;
    /** More than cores: a sink that fails to commit is tried again after pauses. */
    private static final int THREADS = 8;

    @TempDir
    Path temporary;

    /** Pushes what is behind the committed position; gives the positions whose futures completed. */
    private static long run(Path directory, FaultyFileAccess files) {
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        long first = 0;
        try (Engine engine = Engine.builder()
                .parallelism(1)
                .evaluationMode(EvaluationMode.INTERPRETED)
                .fileAccess(files)
                .build()) {
            Ingest<Event> events = engine.ingest(
                    "events", Event.class, IngestOptions.defaults().journal(true));
            // the first start finds out the position, with what the last run left unfinished
            writer(events, directory)
                    .trigger(Trigger.availableNow())
                    .start(out(directory))
                    .awaitTermination();
            first = events.committedPosition().orElse(-1) + 1;
            for (long id = first; id < EVENTS; id++) {
                futures.add(events.push(new Event(id), id));
            }
            StreamingQuery query =
                    writer(events, directory).trigger(Trigger.availableNow()).start(out(directory));
            assertThat(query.awaitTermination(Duration.ofSeconds(30))).isTrue();
            assertThat(futures).allMatch(future -> future.isDone() && !future.isCompletedExceptionally());
        } catch (RivuletException e) {
            assertThat(files.hit()).as(e.toString()).isTrue();
        }
        return first
                + futures.stream()
                        .filter(future -> future.isDone() && !future.isCompletedExceptionally())
                        .count();
    }

    private static io.rivulet.DataStreamWriter writer(Ingest<Event> events, Path directory) {
        return events.toDF()
                .writeStream()
                .format("csv")
                .option("header", false)
                .option("maxRowsPerBatch", ROWS_PER_BATCH)
                .checkpoint(directory.resolve("checkpoint"));
    }

    private static String out(Path directory) {
        return directory.resolve("out").toString();
    }

    private static List<Long> written(Path directory) throws IOException {
        List<Long> ids = new ArrayList<>();
        if (Files.isDirectory(directory.resolve("out"))) {
            try (Stream<Path> files = Files.list(directory.resolve("out"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Files.readAllLines(file).forEach(line -> ids.add(Long.parseLong(line)));
                }
            }
        }
        ids.sort(null);
        return ids;
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void everyRecordIsThereOnceAfterAnyBrokenCall(Fault fault) throws Exception {
        List<Long> truth = LongStream.range(0, EVENTS).boxed().toList();
        FaultyFileAccess whole = new FaultyFileAccess(Files.createDirectory(temporary.resolve("whole")));
        run(temporary.resolve("whole"), whole);
        assertThat(written(temporary.resolve("whole"))).isEqualTo(truth);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Long>> runs = new ArrayList<>();
            for (long call = 1; call <= whole.calls(); call++) {
                long broken = call;
                runs.add(pool.submit(() -> failsAndGoesOn(truth, broken, fault)));
            }
            long acknowledged = 0;
            for (Future<Long> run : runs) {
                acknowledged += run.get();
            }
            assertThat(acknowledged).as("some are, some are not").isBetween(1L, whole.calls() * EVENTS);
        } finally {
            pool.shutdownNow();
        }
    }

    /** How many records were acknowledged before the call broke. */
    private long failsAndGoesOn(List<Long> truth, long call, Fault fault) throws IOException {
        String where = fault + " at call " + call;
        Path directory = Files.createDirectory(temporary.resolve("at-" + call));
        FaultyFileAccess files = new FaultyFileAccess(directory);
        files.breakAt(call, fault);
        long acknowledged = run(directory, files);
        files.restart();
        assertThat(written(directory)).as(where).doesNotHaveDuplicates().containsAll(truth.subList(0, (int)
                acknowledged));
        run(directory, files);
        assertThat(written(directory)).as(where).isEqualTo(truth);
        files.losePower();
        assertThat(written(directory)).as(where).isEqualTo(truth);
        return acknowledged;
    }
}
