package io.rivulet.files;

import static io.rivulet.files.Inputs.batch;
import static io.rivulet.files.Inputs.batches;
import static io.rivulet.files.Inputs.context;
import static io.rivulet.files.Inputs.csv;
import static io.rivulet.files.Inputs.modifiedAt;
import static io.rivulet.files.Inputs.read;
import static io.rivulet.files.Inputs.readAll;
import static io.rivulet.files.Inputs.row;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.sinkContext;
import static io.rivulet.files.Inputs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.Source;
import io.rivulet.connector.WriteContext;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A directory that a file sink writes to, read by its manifest; and the option {@code latestFirst}. */
@NullUnmarked // rows hold nulls
@Timeout(120)
class ManifestSourceTest {
    private static final Schema A = schema("a", DataType.BIGINT);
    private static final ReadLimit ONE_FILE = new ReadLimit(1_000_000, 1 << 30, 1);

    @TempDir
    Path dir;

    private Sink open() {
        return new CsvConnector().sink().open(sinkContext(dir.resolve("out"), "q", A, Map.of()));
    }

    private static SinkMessage stage(Sink sink, long batch, int partition, long value) {
        SinkWriter writer = sink.writer(new WriteContext(batch, partition, 0));
        writer.write(batch(A, List.of(row(value))));
        return writer.prepare();
    }

    private static void commit(Sink sink, long batch, long value) {
        sink.commit(batch, List.of(stage(sink, batch, 0, value)));
    }

    private Source reader(Map<String, String> options) {
        return new CsvConnector().source().open(context(dir.resolve("out"), A, options, dir.resolve("list")));
    }

    private static List<Long> values(List<List<Object>> rows) {
        return rows.stream().map(r -> (Long) r.get(0)).toList();
    }

    @Test
    void exactlyTheCommittedFilesAreReadInTheOrderOfTheirBatches() throws Exception {
        try (Sink sink = open()) {
            commit(sink, 0, 10);
            commit(sink, 1, 11);
            commit(sink, 2, 12);
            stage(sink, 3, 0, 13);
            modifiedAt(dir.resolve("out/part-0000000000-00000.csv"), 300);
            modifiedAt(dir.resolve("out/part-0000000001-00000.csv"), 200);
            write(dir.resolve("out/stray.csv"), "99\n");
            try (Source source = reader(Map.of())) {
                assertThat(batches(source, ONE_FILE))
                        .containsExactly(List.of(row(10L)), List.of(row(11L)), List.of(row(12L)));
            }
        }
    }

    @Test
    void aBatchIsReadOnceItsLastFileIsInPlace() throws Exception {
        try (Sink sink = open()) {
            commit(sink, 0, 10);
            SinkMessage left = stage(sink, 1, 0, 11);
            SinkMessage right = stage(sink, 1, 1, 12);
            sink.commit(1, List.of(left, right));
            String staged = ((FilesMessage) right).files().get(0).staged();
            Path shown = dir.resolve("out/part-0000000001-00001.csv");
            Path hidden = dir.resolve("out/_rivulet/staging").resolve(staged);
            Files.move(shown, hidden);
            try (Source source = reader(Map.of())) {
                Offset first = source.latest(source.initial(), ReadLimit.ALL);
                assertThat(values(read(source, source.initial(), first))).containsExactly(10L);
                Files.move(hidden, shown);
                Offset second = source.latest(first, ReadLimit.ALL);
                assertThat(values(read(source, first, second))).containsExactly(11L, 12L);
            }
        }
    }

    @Test
    void filesThatAreReadLeaveTheListAndARestartReadsOnlyWhatIsNew() throws Exception {
        int many = FileList.LEAST_FORGOTTEN + 100;
        Offset at;
        try (Sink sink = open()) {
            for (long b = 0; b < many; b++) {
                commit(sink, b, b);
            }
            try (Source source = reader(Map.of())) {
                at = source.latest(source.initial(), ReadLimit.ALL);
                assertThat(read(source, source.initial(), at)).hasSize(many);
                source.commit(at);
                commit(sink, many, many);
                Offset next = source.latest(at, ReadLimit.ALL);
                assertThat(values(read(source, at, next))).containsExactly((long) many);
                source.commit(next);
                at = next;
            }
            assertThat(Files.readString(dir.resolve("list/files")).lines()).hasSize(4);
            commit(sink, many + 1, many + 1);
            try (Source source = reader(Map.of())) {
                source.restore(at, null);
                Offset next = source.latest(at, ReadLimit.ALL);
                assertThat(values(read(source, at, next))).containsExactly(many + 1L);
            }
        }
    }

    @Test
    void batchesThatTheManifestNoLongerListsAreInItsArchive() throws Exception {
        List<Long> expected = LongStream.range(0, 1300).boxed().toList();
        List<Long> followed = new ArrayList<>();
        try (Sink sink = open();
                Source follower = csv(dir.resolve("out"), A, Map.of())) {
            Offset at = follower.initial();
            for (long b = 0; b < 1300; b++) {
                commit(sink, b, b);
                if (b % 170 == 3) {
                    Offset next = follower.latest(at, ReadLimit.ALL);
                    followed.addAll(values(read(follower, at, next)));
                    at = next;
                }
            }
            Offset next = follower.latest(at, ReadLimit.ALL);
            followed.addAll(values(read(follower, at, next)));
        }
        assertThat(followed).isEqualTo(expected);
        try (Source late = reader(Map.of())) {
            assertThat(values(readAll(late))).isEqualTo(expected);
        }
        Path archive = dir.resolve("out/_rivulet/archive");
        List<Path> archived;
        try (Stream<Path> entries = Files.list(archive)) {
            archived = entries.sorted().toList();
        }
        assertThat(archived).hasSize(2);
        byte[] good = Files.readAllBytes(archived.get(0));
        Files.delete(archived.get(0));
        try (Source incomplete = csv(dir.resolve("out"), A, Map.of())) {
            assertThatThrownBy(() -> readAll(incomplete))
                    .hasMessageContaining("[CHECKPOINT_CORRUPT]")
                    .hasMessageContaining("its archive lists");
        }
        byte[] bad = good.clone();
        bad[good.length / 2] ^= 1;
        Files.write(archived.get(0), bad);
        try (Source damaged = csv(dir.resolve("out"), A, Map.of())) {
            assertThatThrownBy(() -> readAll(damaged))
                    .hasMessageContaining("[CHECKPOINT_CORRUPT]")
                    .hasMessageContaining(archived.get(0).getFileName().toString());
        }
    }

    @Test
    void aLineThatIsBeingWrittenIsNotReadAndNotTouched() throws Exception {
        try (Sink sink = open()) {
            commit(sink, 0, 10);
            commit(sink, 1, 11);
        }
        Path manifest = dir.resolve("out/_rivulet/manifest");
        byte[] whole = Files.readAllBytes(manifest);
        byte[] torn = java.util.Arrays.copyOf(whole, whole.length - 5);
        Files.write(manifest, torn);
        try (Source source = csv(dir.resolve("out"), A, Map.of())) {
            assertThat(values(readAll(source))).containsExactly(10L);
        }
        assertThat(Files.readAllBytes(manifest)).isEqualTo(torn);
    }

    @Test
    void aRestartGoesOnBehindWhatWasReadEvenWhenThatIsGone() throws Exception {
        try (Sink sink = open()) {
            commit(sink, 0, 10);
            commit(sink, 1, 11);
            Offset at;
            try (Source source = reader(Map.of())) {
                at = source.latest(source.initial(), ReadLimit.ALL);
            }
            Files.delete(dir.resolve("out/part-0000000000-00000.csv"));
            commit(sink, 2, 12);
            try (Source source = reader(Map.of())) {
                source.restore(at, null);
                Offset next = source.latest(at, ReadLimit.ALL);
                assertThat(values(read(source, at, next))).containsExactly(12L);
            }
            try (Source anew = csv(dir.resolve("out"), A, Map.of())) {
                assertThatThrownBy(() -> readAll(anew))
                        .hasMessageContaining("[SOURCE_DATA_MISSING]")
                        .hasMessageContaining("part-0000000000-00000.csv")
                        .hasMessageContaining("manifest");
            }
        }
    }

    @Test
    void aCommitWakesTheReader() throws Exception {
        Semaphore woken = new Semaphore(0);
        try (Sink sink = open();
                Source source = reader(Map.of())) {
            source.onNewData(woken::release);
            commit(sink, 0, 10);
            Offset at = source.initial();
            Offset next = at;
            while (next.equals(at)) {
                assertThat(woken.tryAcquire(9, TimeUnit.SECONDS))
                        .as("before the slow rescan")
                        .isTrue();
                next = source.latest(at, ReadLimit.ALL);
            }
            assertThat(values(read(source, at, next))).containsExactly(10L);
        }
    }

    // ---- latestFirst

    @Test
    void theNewestFilesThatWaitComeFirst() throws Exception {
        Path in = dir.resolve("in");
        for (long i = 1; i <= 4; i++) {
            modifiedAt(write(in.resolve(i + ".csv"), i + "\n"), i);
        }
        Map<String, String> options = Map.of("latestFirst", "true", "maxFilesPerTrigger", "1");
        List<Long> order = new ArrayList<>();
        Offset at;
        try (Source source = new CsvConnector().source().open(context(in, A, options, dir.resolve("list")))) {
            at = source.initial();
            for (int i = 0; i < 2; i++) {
                Offset next = source.latest(at, ONE_FILE);
                order.addAll(values(read(source, at, next)));
                at = next;
            }
        }
        modifiedAt(write(in.resolve("5.csv"), "5\n"), 5);
        Files.delete(in.resolve("1.csv"));
        try (Source source = new CsvConnector().source().open(context(in, A, options, dir.resolve("list")))) {
            source.restore(at, null);
            for (int i = 0; i < 3; i++) {
                Offset next = source.latest(at, ONE_FILE);
                order.addAll(values(read(source, at, next)));
                at = next;
            }
        }
        assertThat(order).containsExactly(4L, 3L, 5L, 2L);
    }

    @Test
    void aFileThatIsBegunIsFinishedFirstAndAvailableMeansAtTheStart() throws Exception {
        Path in = dir.resolve("in");
        modifiedAt(write(in.resolve("1.csv"), "10\n11\n"), 1);
        modifiedAt(write(in.resolve("2.csv"), "20\n21\n22\n"), 2);
        try (Source source = csv(in, A, Map.of("latestFirst", "true", "maxRowsPerTrigger", "2"))) {
            source.stopAtAvailable();
            modifiedAt(write(in.resolve("3.csv"), "30\n"), 3);
            assertThat(batches(source, new ReadLimit(100, 1 << 20, Long.MAX_VALUE)))
                    .containsExactly(List.of(row(20L), row(21L)), List.of(row(22L), row(10L)), List.of(row(11L)));
        }
    }

    @Test
    void theNewestBatchOfAManifestComesFirst() throws Exception {
        try (Sink sink = open();
                Source source = reader(Map.of("latestFirst", "true", "maxFilesPerTrigger", "2"))) {
            for (long b = 0; b < 3; b++) {
                commit(sink, b, b);
            }
            assertThat(batches(source, new ReadLimit(100, 1 << 20, Long.MAX_VALUE)))
                    .containsExactly(List.of(row(2L), row(1L)), List.of(row(0L)));
            assertThatThrownBy(() -> csv(dir.resolve("out"), A, Map.of("latestFirst", "maybe")))
                    .hasMessageContaining("[BAD_OPTION]")
                    .hasMessageContaining("true|false");
        }
    }
}
