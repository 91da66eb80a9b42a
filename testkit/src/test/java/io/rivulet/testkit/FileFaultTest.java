package io.rivulet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.testkit.FaultyFileAccess.Fault;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every file call of a whole query of twenty batches (CSV files, windowed count, CSV files, checkpoint) is broken in
 * turn, in every way; the query then goes on right after a restart, and its files hold the truth, also after a loss of
 * power.
 */
class FileFaultTest {
    private static final int BATCHES = 20;
    private static final int ROWS_PER_BATCH = 6;
    /** More than cores: a sink that fails to commit is tried again after pauses. */
    private static final int THREADS = 8;

    @TempDir
    Path temporary;

    private static void runToEnd(CountingJob job, FaultyFileAccess files) {
        try (Engine engine = Engine.builder()
                .parallelism(1)
                .evaluationMode(EvaluationMode.INTERPRETED)
                .fileAccess(files)
                .build()) {
            StreamingQuery query = job.start(engine);
            assertThat(query.awaitTermination(Duration.ofSeconds(30))).isTrue();
        }
    }

    private CountingJob job(String name) throws IOException {
        return new CountingJob(temporary.resolve("in"), Files.createDirectory(temporary.resolve(name)), ROWS_PER_BATCH);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void theQueryGoesOnRightAfterAnyBrokenCall(Fault fault) throws Exception {
        CountingJob undisturbed = job("whole");
        undisturbed.writeInput(4, BATCHES * ROWS_PER_BATCH / 4, 7);
        FaultyFileAccess whole = new FaultyFileAccess(temporary.resolve("whole"));
        runToEnd(undisturbed, whole);
        List<String> truth = undisturbed.truth();
        assertThat(truth).hasSizeGreaterThan(BATCHES);
        assertThat(undisturbed.written()).isEqualTo(truth);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Boolean>> runs = new ArrayList<>();
            for (long call = 1; call <= whole.calls(); call++) {
                long broken = call;
                runs.add(pool.submit(() -> failsAndGoesOn(truth, broken, fault)));
            }
            int failures = 0;
            for (Future<Boolean> run : runs) {
                failures += run.get() ? 1 : 0;
            }
            assertThat(failures).isGreaterThan((int) whole.calls() / 4);
        } finally {
            pool.shutdownNow();
        }
    }

    private boolean failsAndGoesOn(List<String> truth, long call, Fault fault) throws IOException {
        CountingJob job = job("at-" + call);
        Path directory = temporary.resolve("at-" + call);
        FaultyFileAccess files = new FaultyFileAccess(directory);
        try {
            boolean failed = breakAndGoOn(job, files, call, fault);
            assertThat(job.written()).isEqualTo(truth);
            files.losePower();
            assertThat(job.written()).isEqualTo(truth);
            deleteTree(directory);
            return failed;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("after " + fault + " at call " + call, e);
        }
    }

    /** Whether the fault made the query fail. */
    private static boolean breakAndGoOn(CountingJob job, FaultyFileAccess files, long call, Fault fault)
            throws IOException {
        files.breakAt(call, fault);
        RivuletException failure = null;
        try {
            runToEnd(job, files);
        } catch (RivuletException e) {
            failure = e;
        }
        assertThat(files.hit()).isTrue();
        if (failure != null) {
            assertThat(failure.code())
                    .as(failure.toString())
                    .isEqualTo(fault == Fault.NO_SPACE ? ErrorCode.NO_SPACE : ErrorCode.IO_ERROR);
        }
        files.restart();
        runToEnd(job, files);
        return failure != null;
    }

    private static void deleteTree(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, @Nullable IOException failure) throws IOException {
                Files.delete(done);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
