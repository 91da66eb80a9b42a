package io.rivulet.state.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.file.LocalFileAccess;
import io.rivulet.streaming.ModelQuery;
import io.rivulet.streaming.ModelQuery.Setup;
import io.rivulet.streaming.ModelQuery.Sink;
import java.nio.file.Path;
import java.util.ServiceLoader;
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
            runs(setup(1 << 20), 1);
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
    void theProviderIsFoundByServiceLoader() {
        assertThat(ServiceLoader.load(io.rivulet.streaming.CheckpointProvider.class))
                .anyMatch(p -> p instanceof LocalCheckpointProvider);
        Setup setup =
                new Setup(new LocalCheckpointProvider(), directory.resolve("real"), LocalFileAccess.INSTANCE, 2, 20);
        runs(setup, 3, 3);
    }
}
