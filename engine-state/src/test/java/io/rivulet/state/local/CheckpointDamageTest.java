package io.rivulet.state.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.file.UnsyncedFileAccess;
import io.rivulet.streaming.ModelQuery;
import io.rivulet.streaming.ModelQuery.Setup;
import io.rivulet.streaming.ModelQuery.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Semantics §6: what is behind the last complete record is cut off, damage anywhere else is refused. */
class CheckpointDamageTest {
    @TempDir
    Path temporary;

    private Path original;
    private Path copy;

    @BeforeEach
    void paths() {
        original = temporary.resolve("original");
        copy = temporary.resolve("copy");
    }

    private static Setup setup(Path directory, long snapshotBytes) {
        return new Setup(
                LocalCheckpointProvider.deterministic(snapshotBytes), directory, new UnsyncedFileAccess(), 2, 4);
    }

    private void write(long snapshotBytes, int... runs) {
        Sink sink = new Sink();
        for (int batches : runs) {
            try (ModelQuery query = new ModelQuery(setup(original, snapshotBytes), sink)) {
                query.run(batches);
            }
        }
    }

    private void copyOriginal() throws IOException {
        if (Files.exists(copy)) {
            try (Stream<Path> old = Files.walk(copy)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        try (Stream<Path> all = Files.walk(original)) {
            for (Path path : all.toList()) {
                Files.copy(path, copy.resolve(original.relativize(path).toString()));
            }
        }
    }

    /** Undoes what happened to the log. */
    private void copyLogs() throws IOException {
        for (String name : Objects.requireNonNull(copy.resolve("log").toFile().list())) {
            Files.delete(copy.resolve("log").resolve(name));
        }
        for (String name :
                Objects.requireNonNull(original.resolve("log").toFile().list())) {
            Files.copy(
                    original.resolve("log").resolve(name), copy.resolve("log").resolve(name));
        }
    }

    private List<Path> files(String part, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(original.resolve(part))) {
            return new ArrayList<>(all.filter(Files::isRegularFile)
                    .filter(f -> f.getFileName().toString().endsWith(suffix))
                    .map(f -> copy.resolve(original.relativize(f).toString()))
                    .sorted(Comparator.comparing(f -> String.format("%30s", f.getFileName())))
                    .toList());
        }
    }

    private Path lastLog() throws IOException {
        List<Path> logs = files("log", ".log");
        return logs.get(logs.size() - 1);
    }

    /** Opens the copy, which checks what it gives against the model, and runs on. */
    private long reopen() {
        try (ModelQuery query = new ModelQuery(setup(copy, 1 << 20), new Sink())) {
            long next = query.next();
            query.run(2);
            return next;
        }
    }

    @Test
    void aLogCutAtAnyLengthGivesTheLastCompleteBatch() throws IOException {
        write(1 << 20, 5);
        copyOriginal();
        Path log = lastLog();
        long length = Files.size(log);
        long reached = -1;
        for (long cut = 0; cut <= length; cut++) {
            copyLogs();
            new UnsyncedFileAccess().truncate(log, cut);
            long next = reopen();
            assertThat(next).isGreaterThanOrEqualTo(Math.max(reached, 0));
            reached = next;
            if (cut % 7 == 0) {
                assertThat(reopen()).as("a cut end is no damage later").isEqualTo(next + 2);
            }
        }
        assertThat(reached).isEqualTo(5);
    }

    @Test
    void zeroesBehindTheLastCompleteRecordAreCutOff() throws IOException {
        write(1 << 20, 5);
        copyOriginal();
        Files.write(lastLog(), new byte[10_000], StandardOpenOption.APPEND);
        assertThat(reopen()).isEqualTo(5);
    }

    @Test
    void aFlippedByteIsRefusedOrCutOffAndNeverGivesOtherState() throws IOException {
        write(2500, 12, 12, 3);
        copyOriginal();
        int refused = 0;
        int opened = 0;
        List<Path> all = files("", "");
        all.removeIf(f -> f.getFileName().toString().equals("lock"));
        for (Path file : all) {
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at += 1 + bytes.length / 60) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) (1 << at % 8);
                Files.write(file, damaged);
                Throwable thrown = catchThrowable(() -> new ModelQuery(setup(copy, 1 << 20), new Sink()).close());
                if (thrown == null) {
                    opened++;
                } else {
                    refused++;
                    assertThat(thrown).as("%s at %s", file, at).isInstanceOf(RivuletException.class);
                    assertThat(((RivuletException) thrown).code())
                            .as("%s at %s: %s", file, at, thrown)
                            .isIn(ErrorCode.CHECKPOINT_CORRUPT, ErrorCode.CHECKPOINT_VERSION);
                    assertThat(thrown).hasMessageContaining(file.getFileName().toString());
                }
                copyOriginal();
            }
        }
        assertThat(refused).isPositive();
        assertThat(opened).isPositive();
    }

    @Test
    void damageInTheMiddleNamesFileAndPosition() throws IOException {
        write(1 << 20, 9);
        copyOriginal();
        Path log = lastLog();
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        assertThatThrownBy(this::reopen)
                .hasMessageContaining("CHECKPOINT_CORRUPT")
                .hasMessageContaining(log.toString())
                .hasMessageContaining("at byte");
    }

    @Test
    void aMissingLogFileIsRefused() throws IOException {
        write(1 << 20, 3, 3, 3);
        copyOriginal();
        Files.delete(files("log", ".log").get(1));
        assertThatThrownBy(this::reopen).hasMessageContaining("CHECKPOINT_CORRUPT");
    }

    @Test
    void aDamagedNewestSnapshotFallsBackToTheOneBefore() throws IOException {
        write(2500, 40);
        copyOriginal();
        List<Path> snapshots = files("snapshots", ".snapshot");
        long newest = snapshots.stream()
                .mapToLong(CheckpointDamageTest::version)
                .max()
                .orElseThrow();
        assertThat(snapshots.stream()
                        .mapToLong(CheckpointDamageTest::version)
                        .distinct()
                        .count())
                .isEqualTo(2);
        for (Path snapshot : snapshots) {
            if (version(snapshot) == newest) {
                byte[] bytes = Files.readAllBytes(snapshot);
                bytes[bytes.length - 20] ^= 1;
                Files.write(snapshot, bytes);
            }
        }
        assertThat(reopen()).isEqualTo(40);
        for (Path snapshot : snapshots) {
            Files.deleteIfExists(snapshot);
        }
        assertThatThrownBy(this::reopen)
                .hasMessageContaining("CHECKPOINT_CORRUPT")
                .hasMessageContaining(".snapshot");
    }

    private static long version(Path snapshot) {
        String name = snapshot.getFileName().toString();
        return Long.parseLong(name.substring(name.lastIndexOf('-') + 1, name.indexOf('.')));
    }

    @Test
    void aNewerFormatIsRefusedNamingBothVersions() throws IOException {
        write(1 << 20, 2);
        copyOriginal();
        Path log = lastLog();
        byte[] bytes = Files.readAllBytes(log);
        bytes[8] = 9;
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 12);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(12, (int) crc.getValue());
        Files.write(log, bytes);
        assertThatThrownBy(this::reopen)
                .hasMessageContaining("CHECKPOINT_VERSION")
                .hasMessageContaining("version 9")
                .hasMessageContaining("versions 2 to 3");
        copyOriginal();
        Path query = copy.resolve("query.json");
        Files.writeString(query, Files.readString(query).replace("\"formatVersion\":3", "\"formatVersion\":4"));
        assertThatThrownBy(this::reopen)
                .hasMessageContaining("CHECKPOINT_VERSION")
                .hasMessageContaining("version 4");
    }
}
