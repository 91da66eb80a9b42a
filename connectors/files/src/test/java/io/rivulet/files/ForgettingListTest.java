package io.rivulet.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.error.RivuletException;
import io.rivulet.file.FileAccess;
import io.rivulet.file.LocalFileAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The file of a list that forgets: its growth, its versions, torn and damaged bytes, failing calls. */
class ForgettingListTest {
    private static final int MANY = FileList.LEAST_FORGOTTEN + 10;
    private static final Map<Path, CommittedFiles.Position> NO_MANIFESTS = Map.of();

    @TempDir
    Path dir;

    private FileList open(FileAccess files, long age) {
        return FileList.open(files, dir, age);
    }

    private FileList open(long age) {
        return open(LocalFileAccess.INSTANCE, age);
    }

    private static FileEntry entry(int n) {
        return new FileEntry("/in/" + n + ".csv", 7, n);
    }

    private static List<FileEntry> entries(int from, int to) {
        List<FileEntry> entries = new ArrayList<>();
        for (int n = from; n < to; n++) {
            entries.add(entry(n));
        }
        return entries;
    }

    private static void check(FileList list, int first, int size, long horizon) {
        assertThat(list.first()).isEqualTo(first);
        assertThat(list.size()).isEqualTo(size);
        assertThat(list.horizon()).isEqualTo(horizon);
        for (int n = first; n < size; n++) {
            assertThat(list.get(n)).isEqualTo(entry(n));
            assertThat(list.ordinal("/in/" + n + ".csv")).isEqualTo(n);
        }
        assertThat(list.ordinal("/in/" + (first - 1) + ".csv")).isEqualTo(-1);
    }

    /** A list of which the first files have left, in the file too. */
    private void forgetMany() {
        try (FileList list = open(5)) {
            list.add(entries(0, MANY), NO_MANIFESTS);
            check(list, 0, MANY, MANY - 6);
            list.forget(MANY);
            check(list, MANY - 6, MANY, MANY - 6);
            list.add(entries(MANY, MANY + 1), NO_MANIFESTS);
        }
    }

    @Test
    void ordinalsKeepTheirFilesWhenThoseBeforeLeave() {
        forgetMany();
        try (FileList list = open(5)) {
            check(list, MANY - 6, MANY + 1, MANY - 5);
        }
    }

    @Test
    void theFileDoesNotGrowWithTheLifeOfTheQuery() throws Exception {
        long largest = 0;
        try (FileList list = open(100)) {
            for (int n = 0; n < 20_000; n += 10) {
                list.add(entries(n, n + 10), NO_MANIFESTS);
                list.forget(n + 10);
                if (n % 1000 == 0) {
                    largest = Math.max(largest, Files.size(dir.resolve("files")));
                }
            }
            assertThat(list.size() - list.first()).isLessThan(2 * FileList.LEAST_FORGOTTEN);
        }
        assertThat(largest).isLessThan(3L * FileList.LEAST_FORGOTTEN * 80);
    }

    @Test
    void onlyFilesThatAreCommittedAndTooOldLeaveAndOnlyFromTheBeginning() {
        try (FileList list = open(5)) {
            list.add(List.of(new FileEntry("/in/young", 1, 1_000_000)), null);
            list.add(entries(1, MANY), null);
            assertThat(list.horizon()).as("something still waits").isEqualTo(FileList.NONE);
            list.forget(MANY);
            assertThat(list.first()).isZero();
            list.add(List.of(), NO_MANIFESTS);
            assertThat(list.horizon()).isEqualTo(1_000_000 - 5);
            list.forget(MANY);
            assertThat(list.first()).as("the first is too young").isZero();
            list.add(List.of(new FileEntry("/in/newest", 1, 2_000_000)), NO_MANIFESTS);
            list.forget(500);
            assertThat(list.first()).as("the rest is not committed").isZero();
            list.forget(MANY);
            assertThat(list.first()).isEqualTo(MANY);
        }
    }

    @Test
    void withoutAnAgeNothingLeaves() {
        try (FileList list = open(FileList.NEVER)) {
            list.add(entries(0, MANY), NO_MANIFESTS);
            list.forget(MANY);
            check(list, 0, MANY, FileList.NONE);
        }
    }

    @Test
    void filesOfManifestsLeaveOnceTheListKnowsHowFarThoseWereRead() {
        Path output = Path.of("/out");
        CommittedFiles.Position position = new CommittedFiles.Position(MANY - 1, MANY);
        try (FileList list = open(FileList.NEVER)) {
            List<FileEntry> committed = new ArrayList<>();
            for (int n = 0; n < MANY; n++) {
                committed.add(new FileEntry("/out/" + n, 7, FileEntry.COMMITTED));
            }
            list.add(committed, null);
            list.forget(MANY);
            assertThat(list.first()).as("some of a manifest still waits").isZero();
            assertThat(list.position(output)).isEqualTo(CommittedFiles.Position.START);
            list.add(List.of(), Map.of(output, position));
            list.forget(MANY);
            assertThat(list.first()).isEqualTo(MANY);
            list.add(
                    List.of(new FileEntry("/out/next", 7, FileEntry.COMMITTED)),
                    Map.of(output, new CommittedFiles.Position(MANY, MANY + 1)));
        }
        try (FileList list = open(FileList.NEVER)) {
            assertThat(list.first()).isEqualTo(MANY);
            assertThat(list.position(output))
                    .as("as it was when the file was written anew; what is behind it is known by name")
                    .isEqualTo(position);
            assertThat(list.ordinal("/out/next")).isEqualTo(MANY);
        }
    }

    @Test
    void aListOfVersion1IsReadAndGoesOnAsVersion2() throws Exception {
        Path file = dir.resolve("files");
        List<String> payloads = List.of(
                "{\"n\":0,\"path\":\"/in/0.csv\",\"size\":7,\"mtime\":3}",
                "{\"n\":1,\"path\":\"/in/1.csv\",\"size\":7,\"mtime\":1}",
                "{\"n\":0,\"path\":\"/in/0.csv\",\"size\":7,\"mtime\":0}");
        try (CheckedLines old =
                CheckedLines.open(LocalFileAccess.INSTANCE, file, "rivulet-file-list", 1, new ArrayList<>())) {
            old.rewrite(payloads);
        }
        assertThat(Files.readString(file)).startsWith("rivulet-file-list 1\t");
        try (FileList list = open(5)) {
            check(list, 0, 2, FileList.NONE);
            list.add(List.of(entry(2)), NO_MANIFESTS);
        }
        assertThat(Files.readString(file)).startsWith("rivulet-file-list 2\t").contains("\"horizon\":-2}");
        try (FileList list = open(5)) {
            check(list, 0, 3, -2);
        }
    }

    @Test
    void aTornTailIsCutOffAndTheBeginningStays() throws Exception {
        forgetMany();
        Path file = dir.resolve("files");
        byte[] good = Files.readAllBytes(file);
        int last = good.length - 1;
        while (good[last - 1] != '\n') {
            last--;
        }
        for (int length = last; length < good.length; length++) {
            Files.write(file, Arrays.copyOf(good, length));
            try (FileList list = open(5)) {
                check(list, MANY - 6, MANY, MANY - 6);
                list.add(entries(MANY, MANY + 1), NO_MANIFESTS);
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(good);
        }
    }

    @Test
    void damageIsRefusedNamingFileAndPosition() throws Exception {
        forgetMany();
        Path file = dir.resolve("files");
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length - 1; i++) {
            byte[] bad = good.clone();
            bad[i] ^= 4;
            Files.write(file, bad);
            assertThatThrownBy(() -> open(5))
                    .as("byte %d", i)
                    .hasMessageContaining("[CHECKPOINT_CORRUPT]")
                    .hasMessageContaining(file + ", byte ");
        }
    }

    @Test
    void linesThatMeanNothingAreRefused() throws Exception {
        for (String bad : List.of(
                "{\"n\":3,\"path\":\"/in/0.csv\",\"size\":7,\"mtime\":3}",
                "{\"n\":0}",
                "{\"first\":-1,\"horizon\":3}",
                "{\"output\":\"/out\"}",
                "{\"n\":99999999999,\"path\":\"/in\"}",
                "[",
                "")) {
            try (CheckedLines lines = CheckedLines.open(
                    LocalFileAccess.INSTANCE, dir.resolve("files"), "rivulet-file-list", 2, new ArrayList<>())) {
                lines.rewrite(List.of("{\"first\":5,\"horizon\":3}", bad));
            }
            assertThatThrownBy(() -> open(5))
                    .as(bad)
                    .hasMessageContaining("[CHECKPOINT_CORRUPT]")
                    .hasMessageContaining("files, line 3");
        }
    }

    @ParameterizedTest
    @EnumSource(FaultyFiles.Fault.class)
    void whateverCallFailsNothingIsForgottenThatIsNotOld(FaultyFiles.Fault fault) throws Exception {
        for (int failing = 0; ; failing++) {
            FaultyFiles files = new FaultyFiles(failing, fault);
            int size = 0;
            FileList list = null;
            while (size < MANY + 20) {
                try {
                    if (list == null) {
                        list = open(files, 5);
                        size = list.size();
                    }
                    int to = size == 0 ? MANY : size + 5;
                    list.add(entries(size, to), NO_MANIFESTS);
                    size = to;
                    list.forget(size);
                } catch (RivuletException e) {
                    if (list != null && failing % 2 == 0) {
                        list.close(); // the process goes too
                        list = null;
                    }
                }
            }
            if (list != null) {
                check(list, list.first(), size, size - 6);
                list.close();
            }
            try (FileList again = open(5)) {
                check(again, again.first(), size, size - 6);
                assertThat(again.first()).isPositive();
            }
            Files.delete(dir.resolve("files"));
            if (!files.hasFailed()) {
                return;
            }
        }
    }
}
