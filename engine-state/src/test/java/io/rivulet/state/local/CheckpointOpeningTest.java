package io.rivulet.state.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.file.LocalFileAccess;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.StateColumn;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableSpec;
import io.rivulet.streaming.BatchResult;
import io.rivulet.streaming.CheckpointLog;
import io.rivulet.streaming.ModelQuery;
import io.rivulet.streaming.ModelQuery.Setup;
import io.rivulet.streaming.ModelQuery.Sink;
import io.rivulet.streaming.QueryDescription;
import io.rivulet.type.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointOpeningTest {
    @TempDir
    Path directory;

    @TempDir
    Path other;

    private final LocalCheckpointProvider provider = LocalCheckpointProvider.deterministic(3000);

    private Setup setup() {
        return new Setup(provider, directory, LocalFileAccess.INSTANCE, 2, 10);
    }

    private CheckpointLog open(QueryDescription query) {
        return provider.open(directory, query, LocalFileAccess.INSTANCE);
    }

    private static QueryDescription query(TableSpec... tables) {
        return new QueryDescription(Map.of("window", "10 s"), List.of(tables), 1, "min");
    }

    @Test
    void aDirectoryOfOtherFilesIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(directory.resolve("thesis.doc"), "x");
        assertThatThrownBy(() -> open(query()))
                .hasMessageContaining("CHECKPOINT_FOREIGN")
                .hasMessageContaining("thesis.doc");
        assertThat(directory.toFile().list()).containsExactly("thesis.doc");
    }

    @Test
    void aFileIsNoCheckpoint() throws IOException {
        Path file = Files.writeString(directory.resolve("thesis.doc"), "x");
        assertThatThrownBy(() -> provider.open(file, query(), LocalFileAccess.INSTANCE))
                .hasMessageContaining("CHECKPOINT_FOREIGN")
                .hasMessageContaining("thesis.doc is a file");
    }

    @Test
    void whatACrashDuringCreationLeftIsNoObstacle() throws IOException {
        Files.createDirectories(directory.resolve("log"));
        Files.writeString(directory.resolve("lock"), "");
        Files.writeString(directory.resolve("query.json.tmp"), "{\"form");
        open(query()).close();
        open(query()).close();
    }

    @Test
    void aSecondQueryOfTheProcessIsRefusedAndTheFirstKeepsItsLock() throws Exception {
        try (CheckpointLog first = open(query())) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> open(query()))
                        .hasMessageContaining("CHECKPOINT_LOCKED")
                        .hasMessageContaining(
                                "process " + ProcessHandle.current().pid());
            }
            assertThat(first.recovered().lastBatch()).isEqualTo(-1);
            assertThat(otherProcess())
                    .contains("CHECKPOINT_LOCKED")
                    .contains("process " + ProcessHandle.current().pid());
        }
        assertThat(otherProcess()).contains("opened");
    }

    private String otherProcess() throws Exception {
        Path said = other.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName(),
                        directory.toString(),
                        said.toString())
                .redirectErrorStream(true)
                .start();
        process.getInputStream().readAllBytes();
        process.waitFor();
        return Files.readString(said);
    }

    /** Opens the checkpoint given as first argument and writes into the second how that went. */
    static final class OtherProcess {
        public static void main(String[] args) throws IOException {
            String said;
            try {
                new LocalCheckpointProvider()
                        .open(Path.of(args[0]), query(), LocalFileAccess.INSTANCE)
                        .close();
                said = "opened";
            } catch (RuntimeException e) {
                said = String.valueOf(e.getMessage());
            }
            Files.writeString(Path.of(args[1]), said);
        }
    }

    private static final TableSpec COUNTS = new TableSpec(
            "aggregate-0",
            List.of(StateColumn.key("k", DataType.STRING, false)),
            List.of(StateColumn.value("count", DataType.BIGINT, 0), StateColumn.value("sum", DataType.DOUBLE, 0)));

    @Test
    void aChangedQueryIsRefusedWithAListOfWhatDiffers() {
        open(query(COUNTS)).close();
        TableSpec changed = new TableSpec(
                "aggregate-0",
                List.of(StateColumn.key("k", DataType.INT, false)),
                List.of(StateColumn.value("count", DataType.INT, 0), StateColumn.value("avg", DataType.DOUBLE, 0)));
        assertThatThrownBy(() -> open(new QueryDescription(
                        Map.of("window", "20 s", "join", "x"), List.of(changed, ModelQuery.TOTALS), 1, "min")))
                .hasMessageContaining("QUERY_CHANGED")
                .hasMessageContaining("window: was 10 s, is 20 s")
                .hasMessageContaining("join: is x, was not there")
                .hasMessageContaining("keys of 'aggregate-0': were (k STRING NOT NULL), are (k INT NOT NULL)")
                .hasMessageContaining("'count' of 'aggregate-0': was BIGINT, is INT")
                .hasMessageContaining("'sum' of 'aggregate-0' is gone")
                .hasMessageContaining("'total 1/µ' is new");
        assertThatThrownBy(() -> open(query())).hasMessageContaining("has no operator any more");
        open(query(COUNTS)).close();
    }

    @Test
    void anAddedColumnStartsWithItsInitialValue() {
        Sink sink = new Sink();
        try (ModelQuery query = new ModelQuery(setup(), sink)) {
            query.run(25);
        }
        List<StateColumn> values = new ArrayList<>(ModelQuery.GROUPS.values());
        values.add(1, StateColumn.value("extra", DataType.BIGINT, 7));
        TableSpec wider = new TableSpec("aggregate-0", ModelQuery.GROUPS.keys(), values);
        for (int run = 0; run < 2; run++) {
            try (CheckpointLog log =
                    provider.open(directory, ModelQuery.description(wider, 2), LocalFileAccess.INSTANCE)) {
                assertThat(log.recovered().lastBatch()).isEqualTo(24);
                StateTable table = new StateTable(wider, MemoryPool.root("test", Long.MAX_VALUE));
                Objects.requireNonNull(log.state()).load(table, 0);
                assertThat(table.rowCount()).isPositive();
                var rows = Objects.requireNonNull(table.cursor().next(1)).rows();
                assertThat(rows.row(0).get("extra")).isEqualTo(7L);
                assertThat((Long) rows.row(0).get("count")).isPositive();
            }
        }
        assertThatThrownBy(() -> new ModelQuery(setup(), sink))
                .hasMessageContaining("'extra' of 'aggregate-0' is gone");
    }

    @Test
    void aFlushedQueryIsCompleteOnceItsSinksHaveCommitted() {
        BatchResult flushed = new BatchResult(0, Long.MAX_VALUE, Map.of(), Map.of(), true);
        try (CheckpointLog log = open(query())) {
            log.started(List.of());
            log.planned(ModelQuery.plan(0), false);
            log.prepared(flushed, List.of());
        }
        try (CheckpointLog log = open(query())) {
            assertThat(log.recovered().lastCommitted()).isFalse();
            log.started(List.of());
            log.committed(0, List.of());
        }
        assertThatThrownBy(() -> open(query())).hasMessageContaining("QUERY_COMPLETE");
    }

    @Test
    void theWatermarkPolicyOfTheCheckpointIsKept() {
        open(query()).close();
        try (CheckpointLog log = open(new QueryDescription(Map.of("window", "10 s"), List.of(), 1, "max"))) {
            assertThat(log.recovered().watermarkPolicy()).isEqualTo("min");
        }
    }

    @Test
    void thePrinterShowsEverything() {
        Sink sink = new Sink();
        try (ModelQuery query = new ModelQuery(setup(), sink)) {
            query.run(25);
        }
        StringBuilder text = new StringBuilder();
        new CheckpointPrinter(LocalFileAccess.INSTANCE, text).print(directory, true);
        assertThat(text.toString())
                .contains("query ")
                .contains("aggregate-0 keys: name STRING, id BIGINT")
                .contains("planned 24 at 24000000 µs, src {\"at\":24} to {\"at\":25}")
                .contains("prepared 24, watermark 210, in up to 168 µs, sink: 2 messages of 8 bytes")
                .contains("committed 24")
                .contains("state 24 of aggregate-0, partition 1")
                .contains("snapshot of version")
                .contains("state version 25")
                .contains("table aggregate-0, partition 0:");
        assertThatThrownBy(() ->
                        new CheckpointPrinter(LocalFileAccess.INSTANCE, text).print(directory.resolve("log"), false))
                .hasMessageContaining("PATH_NOT_FOUND");
    }
}
