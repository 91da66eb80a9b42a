package io.rivulet.state.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.file.LocalFileAccess;
import io.rivulet.file.UnsyncedFileAccess;
import io.rivulet.streaming.BatchResult;
import io.rivulet.streaming.CheckpointLog;
import io.rivulet.streaming.CheckpointProvider;
import io.rivulet.streaming.ModelQuery;
import io.rivulet.streaming.ModelQuery.Setup;
import io.rivulet.streaming.ModelQuery.Sink;
import io.rivulet.streaming.QueryDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointRoundTripTest {
    @TempDir
    Path directory;

    private final Sink sink = new Sink();

    private Setup setup(long snapshotBytes) {
        return new Setup(
                LocalCheckpointProvider.deterministic(snapshotBytes),
                directory.resolve("made/by/itself"),
                LocalFileAccess.INSTANCE,
                2,
                20);
    }

    private void runs(Setup setup, int... batches) {
        for (int count : batches) {
            try (ModelQuery query = new ModelQuery(setup, sink)) {
                query.run(count);
                query.assertState();
            }
        }
    }

    @Test
    void stateAndStandingComeBackFromTheLog() {
        runs(setup(Long.MAX_VALUE / 4), 0, 1, 0, 3, 20, 1, 0);
        assertThat(sink.last()).isEqualTo(24);
        sink.assertWhole();
    }

    @Test
    void stateComesBackFromSnapshotAndLog() {
        runs(setup(4000), 30, 1, 0, 100, 1, 1, 40, 0);
        assertThat(sink.last()).isEqualTo(172);
    }

    @Test
    void everyRestartCountsTowardsTheNextSnapshot() {
        for (int i = 0; i < 80; i++) {
            runs(setup(1 << 20).files(new UnsyncedFileAccess()), 1);
        }
        assertThat(directory.resolve("made/by/itself/log").toFile().list()).hasSizeLessThan(75);
    }

    @Test
    void theParallelismMayChange() {
        Setup setup = setup(4000);
        runs(setup.partitions(1), 12);
        runs(setup.partitions(3), 0, 5, 30);
        runs(setup.partitions(2), 1, 1, 10);
        runs(setup.partitions(2), 0);
    }

    @Test
    void theParallelismMayChangeBeforeTheFirstBatchAndWithoutOne() {
        Setup setup = setup(4000);
        runs(setup.partitions(1), 0);
        runs(setup.partitions(3), 2, 0);
        runs(setup.partitions(2), 0);
        runs(setup.partitions(4), 0);
        runs(setup.partitions(2), 3);
    }

    @Test
    void aHundredThousandSmallBatchesLeaveLessThanTwentyMegabytes() throws IOException {
        Path small = directory.resolve("small");
        QueryDescription query = new QueryDescription(Map.of(), List.of(), 1, "min");
        long most = 0;
        long written;
        try (CheckpointLog log = new LocalCheckpointProvider().open(small, query, new UnsyncedFileAccess())) {
            log.started(List.of());
            for (long n = 0; n < 100_000; n++) {
                log.planned(ModelQuery.plan(n), false);
                log.prepared(
                        new BatchResult(
                                n, n, Map.of("in", n), Map.of("sink", List.of(("file-" + n).getBytes(UTF_8))), false),
                        List.of());
                log.committed(n, List.of());
                if (n % 10_000 == 0) {
                    most = Math.max(most, bytesUnder(small));
                }
            }
            written = log.bytesWritten();
        }
        assertThat(Math.max(most, bytesUnder(small))).isLessThan(20_000_000);
        assertThat(written).isGreaterThan(9_000_000);
        try (CheckpointLog log = new LocalCheckpointProvider().open(small, query, new UnsyncedFileAccess())) {
            assertThat(log.recovered().lastBatch()).isEqualTo(99_999);
        }
    }

    private static long bytesUnder(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(f -> f.toFile().length())
                    .sum();
        }
    }

    @Test
    void oldFilesAreDeleted() {
        runs(setup(3000), 300);
        assertThat(directory.resolve("made/by/itself/log").toFile().list()).hasSizeLessThan(6);
        assertThat(directory
                        .resolve("made/by/itself/snapshots/aggregate-0")
                        .toFile()
                        .list())
                .hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void tablesOfAFailedBatchAreLoadedAgain() {
        Setup setup = setup(3000);
        try (ModelQuery query = new ModelQuery(setup, sink)) {
            query.run(30);
            query.change(99); // the batch fails: nothing of it is staged
            query.reload();
            query.assertState();
            query.run(10);
        }
        runs(setup, 0);
    }

    @Test
    void theProviderIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(CheckpointProvider.class)).anyMatch(p -> p instanceof LocalCheckpointProvider);
        Setup setup =
                new Setup(new LocalCheckpointProvider(), directory.resolve("real"), LocalFileAccess.INSTANCE, 2, 20);
        runs(setup, 3, 3);
    }
}
