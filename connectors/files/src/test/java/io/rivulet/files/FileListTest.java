package io.rivulet.files;

import static io.rivulet.files.Inputs.context;
import static io.rivulet.files.Inputs.modifiedAt;
import static io.rivulet.files.Inputs.read;
import static io.rivulet.files.Inputs.row;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.file.LocalFileAccess;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file source remembers across restarts, and what happens when input changes behind its back. */
@NullUnmarked // rows hold nulls
class FileListTest {
    private static final Schema AB = schema("a", DataType.BIGINT, "b", DataType.STRING);
    private static final ReadLimit ENGINE = new ReadLimit(1_000_000, 1 << 30, Long.MAX_VALUE);
    private static final ReadLimit ONE = new ReadLimit(1, 1 << 30, Long.MAX_VALUE);

    @TempDir
    Path dir;

    private Path in;
    private Path list;

    @BeforeEach
    void input() throws Exception {
        in = dir.resolve("in");
        list = dir.resolve("checkpoint/sources/0/files");
        modifiedAt(write(in.resolve("1.csv"), "1,x\n2,y\n"), 1);
        modifiedAt(write(in.resolve("2.csv"), "3,z\n"), 2);
    }

    private Source open() {
        return new CsvConnector().source().open(context(in, AB, Map.of(), dir.resolve("checkpoint/sources/0")));
    }

    @Test
    void offsetsMeanTheSameFilesAfterARestart() throws Exception {
        Offset half;
        Offset all;
        try (Source source = open()) {
            half = source.latest(source.initial(), ONE);
            all = source.latest(half, ENGINE);
            assertThat(half.text()).isEqualTo("{\"file\":0,\"byte\":4,\"line\":2}");
        }
        modifiedAt(write(in.resolve("0.csv"), "0,older than all\n"), 0);
        try (Source source = open()) {
            source.restore(half, all);
            assertThat(read(source, half, all)).containsExactly(row(2L, "y"), row(3L, "z"));
            Offset later = source.latest(all, ENGINE);
            assertThat(read(source, all, later)).containsExactly(row(0L, "older than all"));
            assertThat(source.latest(later, ENGINE)).isEqualTo(later);
        }
    }

    @Test
    void aPlannedFileThatChangedOrVanishedIsNamed() throws Exception {
        try (Source source = open()) {
            Offset end = source.latest(source.initial(), ENGINE);
            Offset half = source.latest(source.initial(), ONE);
            Files.writeString(in.resolve("1.csv"), "5,more\n", StandardOpenOption.APPEND);
            assertThatThrownBy(() -> read(source, source.initial(), end))
                    .hasMessageContaining("[SOURCE_DATA_CHANGED]")
                    .hasMessageContaining("1.csv");
            assertThatThrownBy(() -> source.restore(source.initial(), end))
                    .hasMessageContaining("[SOURCE_DATA_CHANGED]");
            assertThatThrownBy(() -> source.latest(half, ENGINE)).hasMessageContaining("[SOURCE_DATA_CHANGED]");
            Files.delete(in.resolve("1.csv"));
            assertThatThrownBy(() -> read(source, source.initial(), end))
                    .hasMessageContaining("[SOURCE_DATA_MISSING]")
                    .hasMessageContaining("1.csv");
            assertThatThrownBy(() -> source.restore(half, null)).hasMessageContaining("[SOURCE_DATA_MISSING]");
            source.restore(end, null);
        }
    }

    @Test
    void aFileOfWhichNothingIsPlannedMayStillChangeOrGo() throws Exception {
        modifiedAt(write(in.resolve("3.csv"), "9,gone\n"), 3);
        try (Source source = open()) {
            Offset half = source.latest(source.initial(), ONE);
            Files.writeString(in.resolve("2.csv"), "4,grown\n", StandardOpenOption.APPEND);
            Files.delete(in.resolve("3.csv"));
            Offset end = source.latest(half, ENGINE);
            assertThat(read(source, half, end)).containsExactly(row(2L, "y"), row(3L, "z"), row(4L, "grown"));
        }
        try (Source source = open()) {
            Offset end = source.latest(source.initial(), ENGINE);
            assertThat(read(source, source.initial(), end)).hasSize(4);
        }
    }

    @Test
    void growthOfAFileThatWasReadIsNotOverlooked() throws Exception {
        try (Source source = open()) {
            Offset end = source.latest(source.initial(), ENGINE);
            Files.writeString(in.resolve("2.csv"), "4,late\n", StandardOpenOption.APPEND);
            assertThatThrownBy(() -> source.latest(end, ENGINE))
                    .hasMessageContaining("[SOURCE_DATA_CHANGED]")
                    .hasMessageContaining("2.csv");
        }
    }

    @Test
    void tornTailIsCutOffAndTheFilesAreListedAgain() throws Exception {
        Offset end;
        try (Source source = open()) {
            end = source.latest(source.initial(), ENGINE);
        }
        byte[] good = Files.readAllBytes(list);
        for (int length = 0; length < good.length; length++) {
            byte[] torn = Arrays.copyOf(good, length % 5 == 0 && length > 0 ? length + 8 : length);
            Files.write(list, length + 8 > good.length ? Arrays.copyOf(good, length) : torn);
            try (Source source = open()) {
                assertThat(source.latest(source.initial(), ENGINE)).isEqualTo(end);
            }
            assertThat(Files.readAllBytes(list)).isEqualTo(good);
        }
    }

    @Test
    void damageIsRefusedNamingFileAndPosition() throws Exception {
        try (Source source = open()) {
            source.latest(source.initial(), ENGINE);
        }
        byte[] good = Files.readAllBytes(list);
        for (int i = 0; i < good.length - 1; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 4;
            Files.write(list, bad);
            assertThatThrownBy(this::open)
                    .as("byte %d", i)
                    .hasMessageContaining("[CHECKPOINT_CORRUPT]")
                    .hasMessageContaining(list + ", byte ");
        }
    }

    @Test
    void aNewerVersionIsRefused() throws Exception {
        Files.createDirectories(list.getParent());
        List<String> none = new ArrayList<>();
        try (CheckedLines newer = CheckedLines.open(LocalFileAccess.INSTANCE, list, "rivulet-file-list", 3, none)) {
            newer.rewrite(List.of());
        }
        assertThatThrownBy(this::open)
                .hasMessageContaining("[CHECKPOINT_VERSION]")
                .hasMessageContaining("version 3");
    }

    @Test
    void anOffsetBeyondTheListIsRefused() {
        try (Source source = open()) {
            assertThatThrownBy(() -> source.restore(new Offset("{\"file\":7,\"byte\":0,\"line\":1}"), null))
                    .hasMessageContaining("[CHECKPOINT_CORRUPT]");
            assertThatThrownBy(() -> source.restore(new Offset("17"), null))
                    .hasMessageContaining("[CHECKPOINT_CORRUPT]");
        }
    }

    @Test
    void aQueryThatEndsByItselfTakesNoFileThatCameLater() throws Exception {
        try (Source source = open()) {
            source.stopAtAvailable();
            write(in.resolve("4.csv"), "4,new\n");
            Offset end = source.latest(source.initial(), ENGINE);
            assertThat(read(source, source.initial(), end)).hasSize(3);
            assertThat(source.latest(end, ENGINE)).isEqualTo(end);
        }
    }

    @Test
    void newFilesWakeTheQuery() throws Exception {
        try (Source source = open()) {
            Offset end = source.latest(source.initial(), ENGINE);
            CountDownLatch woken = new CountDownLatch(1);
            source.onNewData(woken::countDown);
            write(in.resolve("4.csv"), "4,new\n");
            assertThat(woken.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(read(source, end, source.latest(end, ENGINE))).containsExactly(row(4L, "new"));
        }
    }
}
