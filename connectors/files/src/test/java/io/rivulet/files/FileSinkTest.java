package io.rivulet.files;

import static io.rivulet.files.Inputs.batch;
import static io.rivulet.files.Inputs.csv;
import static io.rivulet.files.Inputs.readAll;
import static io.rivulet.files.Inputs.row;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.sinkContext;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.OutputMode;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.Source;
import io.rivulet.connector.WriteContext;
import io.rivulet.file.LocalFileAccess;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // rows hold nulls
class FileSinkTest {
    private static final Schema AB = schema("a", DataType.BIGINT, "b", DataType.STRING);

    @TempDir
    Path dir;

    private Sink open() {
        return open("q1");
    }

    private Sink open(String query) {
        return new CsvConnector().sink().open(sinkContext(dir.resolve("out"), query, AB, Map.of()));
    }

    private static SinkMessage stage(Sink sink, long batch, int partition, Object... row) {
        SinkWriter writer = sink.writer(new WriteContext(batch, partition, 0));
        if (row.length > 0) {
            writer.write(batch(AB, List.of(row(row))));
        }
        return sink.decode(writer.prepare().encode());
    }

    private List<String> names(String sub) throws Exception {
        try (Stream<Path> entries = Files.list(dir.resolve(sub))) {
            return entries.map(p -> p.getFileName().toString())
                    .filter(n -> !n.startsWith("_"))
                    .sorted()
                    .toList();
        }
    }

    private List<List<Object>> rows() {
        try (Source source = csv(dir.resolve("out"), AB, Map.of())) {
            List<List<Object>> rows = new ArrayList<>(readAll(source));
            rows.sort((x, y) -> Long.compare((Long) x.get(0), (Long) y.get(0)));
            return rows;
        }
    }

    @Test
    void nothingIsSeenBeforeTheCommitAndEverythingAfterIt() throws Exception {
        try (Sink sink = open()) {
            SinkMessage first = stage(sink, 0, 0, 1L, "x");
            SinkMessage second = stage(sink, 0, 1, 2L, "y");
            assertThat(names("out")).isEmpty();
            sink.commit(0, List.of(first, second));
            assertThat(names("out")).containsExactly("part-0000000000-00000.csv", "part-0000000000-00001.csv");
            assertThat(names("out/_rivulet/staging")).isEmpty();
            sink.commit(0, List.of(first, second));
            sink.commit(1, List.of(stage(sink, 1, 0)));
            assertThat(names("out")).hasSize(2);
        }
        assertThat(rows()).containsExactly(row(1L, "x"), row(2L, "y"));
        assertThat(Files.readString(dir.resolve("out/_rivulet/manifest"))
                        .lines()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void aPreparedBatchSurvivesARestartAndIsCommittedByItsMessage() throws Exception {
        byte[] logged;
        try (Sink sink = open()) {
            logged = stage(sink, 0, 0, 1L, "x").encode();
        }
        try (Sink sink = open()) {
            assertThat(names("out/_rivulet/staging")).hasSize(1);
            sink.commit(0, List.of(sink.decode(logged)));
            sink.commit(1, List.of(stage(sink, 1, 0, 2L, "y")));
        }
        assertThat(rows()).containsExactly(row(1L, "x"), row(2L, "y"));
    }

    @Test
    void anUnpreparedBatchIsWrittenAgainAndItsOldFilesGo() throws Exception {
        try (Sink sink = open()) {
            stage(sink, 0, 0, 1L, "lost");
        }
        try (Sink sink = open()) {
            SinkMessage again = stage(sink, 0, 0, 1L, "x");
            assertThat(names("out/_rivulet/staging")).hasSize(1);
            sink.commit(0, List.of(again));
        }
        assertThat(rows()).containsExactly(row(1L, "x"));
    }

    @Test
    void leftoversOfFailedAttemptsGoWithTheCommit() throws Exception {
        try (Sink sink = open()) {
            stage(sink, 0, 0, 1L, "failed attempt, never aborted");
            SinkWriter aborted = sink.writer(new WriteContext(0, 0, 1));
            aborted.write(batch(AB, List.of(row(1L, "aborted"))));
            aborted.prepare();
            aborted.abort();
            SinkWriter good = sink.writer(new WriteContext(0, 0, 2));
            good.write(batch(AB, List.of(row(1L, "x"))));
            sink.commit(0, List.of(good.prepare()));
            assertThat(names("out/_rivulet/staging")).isEmpty();
        }
        assertThat(rows()).containsExactly(row(1L, "x"));
    }

    @Test
    void renamesThatACrashCutShortAreCompletedWhenTheDirectoryIsOpened() throws Exception {
        try (Sink sink = open()) {
            SinkMessage first = stage(sink, 0, 0, 1L, "x");
            SinkMessage second = stage(sink, 0, 1, 2L, "y");
            sink.commit(0, List.of(first, second));
            String staged = ((FilesMessage) second).files().get(0).staged();
            Files.move(
                    dir.resolve("out/part-0000000000-00001.csv"),
                    dir.resolve("out/_rivulet/staging").resolve(staged));
        }
        assertThat(rows()).as("a batch is read whole or not at all").isEmpty();
        open().close();
        assertThat(rows()).containsExactly(row(1L, "x"), row(2L, "y"));
    }

    @Test
    void tornManifestTailIsCutAndTheBatchCommittedAgain() throws Exception {
        byte[] logged;
        Path manifest = dir.resolve("out/_rivulet/manifest");
        byte[] before;
        try (Sink sink = open()) {
            before = Files.readAllBytes(manifest);
            SinkMessage message = stage(sink, 0, 0, 1L, "x");
            logged = message.encode();
            sink.commit(0, List.of(message));
            String staged = ((FilesMessage) message).files().get(0).staged();
            Files.move(dir.resolve("out/part-0000000000-00000.csv"), dir.resolve("out/_rivulet/staging/" + staged));
        }
        byte[] after = Files.readAllBytes(manifest);
        for (int length = before.length; length < after.length; length++) {
            Files.write(manifest, java.util.Arrays.copyOf(after, length));
            open().close();
            assertThat(Files.readAllBytes(manifest)).isEqualTo(before);
        }
        try (Sink sink = open()) {
            sink.commit(0, List.of(sink.decode(logged)));
        }
        assertThat(rows()).containsExactly(row(1L, "x"));
    }

    @Test
    void damageAndNewerVersionsAreRefused() throws Exception {
        try (Sink sink = open()) {
            sink.commit(0, List.of(stage(sink, 0, 0, 1L, "x")));
        }
        Path manifest = dir.resolve("out/_rivulet/manifest");
        byte[] good = Files.readAllBytes(manifest);
        for (int i = 0; i < good.length - 1; i += 3) {
            byte[] bad = good.clone();
            bad[i] ^= 1;
            Files.write(manifest, bad);
            assertThatThrownBy(this::open)
                    .as("byte %d", i)
                    .hasMessageContaining("[CHECKPOINT_CORRUPT]")
                    .hasMessageContaining("manifest");
        }
        List<String> none = new ArrayList<>();
        Files.delete(manifest);
        try (CheckedLines newer = CheckedLines.open(LocalFileAccess.INSTANCE, manifest, "rivulet-manifest", 7, none)) {
            newer.rewrite(List.of());
        }
        assertThatThrownBy(this::open)
                .hasMessageContaining("[CHECKPOINT_VERSION]")
                .hasMessageContaining("7");
    }

    @Test
    void oneQueryPerDirectoryAndOneAtATime() throws Exception {
        try (Sink sink = open()) {
            assertThatThrownBy(this::open)
                    .hasMessageContaining("[CHECKPOINT_LOCKED]")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            sink.commit(0, List.of(stage(sink, 0, 0, 1L, "x")));
        }
        assertThatThrownBy(() -> open("q2"))
                .hasMessageContaining("[SINK_CONFLICT]")
                .hasMessageContaining("q1");
        open().close();
        Files.createDirectories(dir.resolve("other"));
        Files.writeString(dir.resolve("other/mine.csv"), "data");
        assertThatThrownBy(() -> new CsvConnector().sink().open(sinkContext(dir.resolve("other"), "q1", AB, Map.of())))
                .hasMessageContaining("[SINK_CONFLICT]")
                .hasMessageContaining("mine.csv");
    }

    @Test
    void longManifestIsCompactedAndForgetsNoBatch() throws Exception {
        try (Sink sink = open()) {
            for (int b = 0; b < 1200; b++) {
                sink.commit(b, List.of(stage(sink, b, 0, (long) b, "x")));
            }
        }
        assertThat(Files.readString(dir.resolve("out/_rivulet/manifest"))
                        .lines()
                        .count())
                .isLessThan(600);
        try (Sink sink = open()) {
            sink.commit(3, List.of());
            sink.commit(1199, List.of());
        }
        assertThat(rows()).hasSize(1200);
    }

    @Test
    void lostStagedFileIsNamed() throws Exception {
        try (Sink sink = open()) {
            SinkMessage message = stage(sink, 0, 0, 1L, "x");
            String staged = ((FilesMessage) message).files().get(0).staged();
            Files.delete(dir.resolve("out/_rivulet/staging/" + staged));
            assertThatThrownBy(() -> sink.commit(0, List.of(message)))
                    .hasMessageContaining("[CHECKPOINT_CORRUPT]")
                    .hasMessageContaining(staged);
        }
    }

    @Test
    void whatTheSinkCannotDoIsRefused() throws Exception {
        Path out = dir.resolve("out");
        SinkContext good = sinkContext(out, "q", AB, Map.of());
        assertThatThrownBy(() -> open(with(good, OutputMode.UPDATE, true)))
                .hasMessageContaining("[UNSUPPORTED_MODE]")
                .hasMessageContaining("append");
        assertThatThrownBy(() -> open(with(good, OutputMode.APPEND, false)))
                .hasMessageContaining("[UNSUPPORTED_OPERATION]")
                .hasMessageContaining("checkpoint");
        Schema nested = schema("w", new StructType(AB));
        assertThatThrownBy(() -> open(sinkContext(out, "q", nested, Map.of())))
                .hasMessageContaining("[BAD_SCHEMA]")
                .hasMessageContaining("w.start");
        assertThat(Files.exists(out)).isFalse();
    }

    private static void open(SinkContext context) {
        new CsvConnector().sink().open(context).close();
    }

    private static SinkContext with(SinkContext c, OutputMode mode, boolean durable) {
        return new SinkContext(
                c.queryId(), c.path(), c.schema(), mode, c.options(), durable, true, c.zone(), c.files());
    }

    @Test
    void headerAndSelectionAreWritten() throws Exception {
        Map<String, String> options = Map.of("header", "true", "nullValue", "NA");
        try (Sink sink = new CsvConnector().sink().open(sinkContext(dir.resolve("out"), "q", AB, options))) {
            SinkWriter writer = sink.writer(new WriteContext(0, 0, 0));
            writer.write(batch(AB, List.of(row(1L, "x"), row(2L, "unselected"), row(null, "NA")))
                    .select(new io.rivulet.vector.Selection(new int[] {0, 2}, 2)));
            sink.commit(0, List.of(writer.prepare()));
        }
        assertThat(Files.readString(dir.resolve("out/part-0000000000-00000.csv"), StandardCharsets.UTF_8))
                .isEqualTo("a,b\n1,x\nNA,\"NA\"\n");
    }
}
