package io.rivulet.state.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.Offset;
import io.rivulet.file.UnsyncedFileAccess;
import io.rivulet.streaming.BatchPlan;
import io.rivulet.streaming.BatchResult;
import io.rivulet.streaming.CheckpointLog;
import io.rivulet.streaming.QueryDescription;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of sources in the log: with the plan they belong to, and not longer than it is needed. */
class JournalTest {
    private static final String SOURCE = "source-0";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    private final UnsyncedFileAccess files = new UnsyncedFileAccess();

    private CheckpointLog open(Path checkpoint) {
        CheckpointLog log = LocalCheckpointProvider.deterministic(1 << 20)
                .open(checkpoint, new QueryDescription(Map.of("a", "b"), List.of(), 1, "min"), files);
        log.started(List.of());
        return log;
    }

    private Path checkpoint() {
        return directory.resolve("checkpoint");
    }

    private static BatchPlan plan(long batch) {
        return new BatchPlan(
                batch,
                batch,
                Map.of(SOURCE, new BatchPlan.Range(new Offset("" + batch), new Offset("" + (batch + 1)))));
    }

    private static BatchResult result(long batch) {
        return new BatchResult(batch, 0, Map.of(), Map.of(), false);
    }

    private static List<String> journaled(CheckpointLog log, String source) {
        return log.journaled(source).stream()
                .map(rows -> new String(rows, UTF_8))
                .toList();
    }

    private static byte[] rows(String text) {
        return text.getBytes(UTF_8);
    }

    private static void commit(CheckpointLog log, long batch) {
        log.journal(batch, SOURCE, rows("batch " + batch));
        log.planned(plan(batch), false);
        log.prepared(result(batch), List.of());
        log.committed(batch, List.of());
    }

    private Path lastLog(Path checkpoint) throws IOException {
        try (Stream<Path> logs = Files.list(checkpoint.resolve("log"))) {
            return logs.max(Comparator.comparing(p -> String.format("%40s", p.getFileName())))
                    .orElseThrow();
        }
    }

    @Test
    void rowsComeBackWithThePlanTheyBelongTo() {
        try (CheckpointLog log = open(checkpoint())) {
            commit(log, 0);
            log.journal(1, SOURCE, rows("one"));
            log.journal(1, "source-1", rows("other"));
            log.journal(1, SOURCE, rows("two".repeat(100_000))); // more than is gathered in memory
            log.planned(plan(1), false);
        }
        for (int opening = 0; opening < 3; opening++) {
            try (CheckpointLog log = open(checkpoint())) {
                assertThat(log.recovered().planned()).isEqualTo(plan(1));
                assertThat(journaled(log, SOURCE)).containsExactly("one", "two".repeat(100_000));
                assertThat(journaled(log, "source-1")).containsExactly("other");
                assertThat(journaled(log, "source-2")).isEmpty();
            }
        }
    }

    @Test
    void rowsOfAPreparedBatchAreNotNeeded() {
        try (CheckpointLog log = open(checkpoint())) {
            commit(log, 0);
            log.journal(1, SOURCE, rows("one"));
            log.planned(plan(1), false);
            log.prepared(result(1), List.of());
        }
        try (CheckpointLog log = open(checkpoint())) {
            assertThat(log.recovered().planned()).isNull();
            assertThat(journaled(log, SOURCE)).isEmpty();
        }
    }

    @Test
    void rowsWithoutAPlanCountForNothing() {
        try (CheckpointLog log = open(checkpoint())) {
            commit(log, 0);
            log.journal(1, SOURCE, rows("never planned"));
        }
        try (CheckpointLog log = open(checkpoint())) {
            assertThat(log.recovered().planned()).isNull();
            assertThat(journaled(log, SOURCE)).isEmpty();
            commit(log, 1);
        }
        try (CheckpointLog log = open(checkpoint())) {
            assertThat(log.recovered().lastBatch()).isEqualTo(1);
        }
    }

    @Test
    void aBatchThatIsRunAgainHasTheRowsOfItsNewPlan() {
        try (CheckpointLog log = open(checkpoint())) {
            log.journal(0, SOURCE, rows("first"));
            log.planned(plan(0), true);
        }
        try (CheckpointLog log = open(checkpoint())) {
            log.journal(0, SOURCE, rows("again"));
            log.journal(0, SOURCE, rows("and more"));
        }
        try (CheckpointLog log = open(checkpoint())) {
            assertThat(journaled(log, SOURCE)).as("killed before the plan").containsExactly("first");
            log.journal(0, SOURCE, rows("again"));
            log.planned(plan(0), true);
        }
        try (CheckpointLog log = open(checkpoint())) {
            assertThat(journaled(log, SOURCE)).containsExactly("again");
            log.planned(plan(0), true);
        }
        try (CheckpointLog log = open(checkpoint())) {
            assertThat(journaled(log, SOURCE)).as("planned without rows").isEmpty();
        }
    }

    @Test
    void aLogCutAnywhereHasThePlanWithAllItsRowsOrNoPlan() throws IOException {
        try (CheckpointLog log = open(checkpoint())) {
            commit(log, 0);
            log.journal(1, SOURCE, rows("one"));
            log.journal(1, SOURCE, rows("two"));
            log.planned(plan(1), false);
        }
        byte[] whole = Files.readAllBytes(lastLog(checkpoint()));
        int planned = 0;
        for (int length = 0; length <= whole.length; length++) {
            Path copy = directory.resolve("cut-" + length);
            try (CheckpointLog log = open(copy)) {
                log.idle();
            }
            Files.copy(
                    checkpoint().resolve("query.json"),
                    copy.resolve("query.json"),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Files.write(
                    copy.resolve("log").resolve(lastLog(checkpoint()).getFileName()),
                    java.util.Arrays.copyOf(whole, length));
            try (CheckpointLog log = open(copy)) {
                if (log.recovered().lastBatch() == 0 && log.recovered().planned() != null) {
                    assertThat(journaled(log, SOURCE)).containsExactly("one", "two");
                    planned++;
                } else if (log.recovered().planned() == null) {
                    assertThat(journaled(log, SOURCE)).isEmpty();
                }
            }
        }
        assertThat(planned).isEqualTo(1);
    }

    @Test
    void damagedRowsThatWereDurableAreRefused() throws IOException {
        try (CheckpointLog log = open(checkpoint())) {
            log.journal(0, SOURCE, rows("durable rows"));
            log.planned(plan(0), false);
            log.prepared(result(0), List.of());
            commit(log, 1);
        }
        Path log = lastLog(checkpoint());
        byte[] bytes = Files.readAllBytes(log);
        int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("durable rows");
        assertThat(at).isPositive();
        bytes[at + 3] ^= 1;
        Files.write(log, bytes);
        assertThatThrownBy(() -> open(checkpoint()))
                .hasMessageContaining("CHECKPOINT_CORRUPT")
                .hasMessageContaining(".log");
    }

    @Test
    void aLogOfTheOlderFormatIsRead() throws IOException {
        try (CheckpointLog log = open(checkpoint())) {
            log.planned(plan(0), false);
            log.prepared(result(0), List.of());
            log.committed(0, List.of());
        }
        Path log = lastLog(checkpoint());
        byte[] bytes = Files.readAllBytes(log);
        bytes[8] = 2;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 12);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(12, (int) crc.getValue());
        Files.write(log, bytes);
        try (CheckpointLog again = open(checkpoint())) {
            assertThat(again.recovered().lastBatch()).isZero();
            commit(again, 1);
        }
        try (CheckpointLog again = open(checkpoint())) {
            assertThat(again.recovered().lastBatch()).isEqualTo(1);
        }
    }

    @Test
    void oldRowsAreDeletedWithTheirFiles() {
        byte[] rows = new byte[100_000];
        try (CheckpointLog log = open(checkpoint())) {
            for (long batch = 0; batch < 200; batch++) {
                log.journal(batch, SOURCE, rows);
                log.planned(plan(batch), false);
                log.prepared(result(batch), List.of());
                log.committed(batch, List.of());
            }
        }
        long kept = 0;
        for (java.io.File file :
                Objects.requireNonNull(checkpoint().resolve("log").toFile().listFiles())) {
            kept += file.length();
        }
        assertThat(kept).as("of 20 MB").isLessThan(5 << 20);
    }

    @Test
    void thePrinterNamesThem() {
        try (CheckpointLog log = open(checkpoint())) {
            log.journal(0, SOURCE, rows("one"));
            log.planned(plan(0), false);
        }
        StringBuilder text = new StringBuilder();
        new CheckpointPrinter(files, text).print(checkpoint(), false);
        assertThat(text.toString()).contains("journal 0 of source-0, 3 bytes\n").contains("planned 0 at");
    }
}
