package io.rivulet.files;

import static io.rivulet.files.Inputs.context;
import static io.rivulet.files.Inputs.csv;
import static io.rivulet.files.Inputs.modifiedAt;
import static io.rivulet.files.Inputs.read;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files that come are too old, and that the list of files does not grow for ever because of it. */
class MaxFileAgeTest {
    private static final Schema A = schema("a", DataType.BIGINT);
    private static final ReadLimit ENGINE = new ReadLimit(1_000_000, 1 << 30, Long.MAX_VALUE);
    private static final long DAY = 86_400;

    @TempDir
    Path dir;

    private Path put(long value, long modified) throws Exception {
        Path file = write(dir.resolve("in/" + value + ".csv"), value + "\n");
        modifiedAt(file, modified);
        return file;
    }

    private Source open(Map<String, String> options) {
        return new CsvConnector().source().open(context(dir.resolve("in"), A, options, dir.resolve("list")));
    }

    /** A query of one source, batch by batch. */
    private static final class Reader implements AutoCloseable {
        private final Source source;
        private Offset at;

        Reader(Source source, Offset at) {
            this.source = source;
            this.at = at;
        }

        static Reader start(Source source) {
            return new Reader(source, source.initial());
        }

        static Reader restart(Source source, Offset at) {
            source.restore(at, null);
            return new Reader(source, at);
        }

        List<Long> next(ReadLimit limit) {
            Offset end = source.latest(at, limit);
            List<Long> values =
                    read(source, at, end).stream().map(r -> (Long) r.get(0)).toList();
            at = end;
            source.commit(end);
            return values;
        }

        @Override
        public void close() {
            source.close();
        }
    }

    @Test
    void theFirstLookTakesAllThenTheNewestFileSeenCountsNotTheClock() throws Exception {
        put(1, 0);
        put(2, 100 * DAY);
        try (Reader reader = Reader.start(open(Map.of()))) {
            assertThat(reader.next(ENGINE)).containsExactly(1L, 2L);
            put(3, 92 * DAY);
            put(4, 93 * DAY);
            put(5, 94 * DAY);
            assertThat(reader.next(ENGINE)).as("7 days by default").containsExactly(4L, 5L);
            put(6, 110 * DAY);
            put(7, 102 * DAY);
            assertThat(reader.next(ENGINE))
                    .as("both come at once, and what was seen before counts")
                    .containsExactly(7L, 6L);
            put(8, 102 * DAY);
            assertThat(reader.next(ENGINE)).isEmpty();
        }
    }

    @Test
    void aRestartPassesOverTheSameFiles() throws Exception {
        put(1, 100 * DAY);
        Map<String, String> options = Map.of("maxFileAge", "1 day");
        Offset at;
        try (Reader reader = Reader.start(open(options))) {
            assertThat(reader.next(ENGINE)).containsExactly(1L);
            put(2, 98 * DAY);
            put(3, 99 * DAY);
            assertThat(reader.next(ENGINE)).containsExactly(3L);
            at = reader.at;
        }
        put(4, 98 * DAY);
        put(5, 99 * DAY + 1);
        try (Reader reader = Reader.restart(open(options), at)) {
            assertThat(reader.next(ENGINE)).containsExactly(5L);
        }
        try (Reader reader = Reader.restart(open(Map.of("maxFileAge", "10 days")), at)) {
            put(6, 98 * DAY);
            assertThat(reader.next(ENGINE)).as("what was too old stays too old").containsExactly(5L);
        }
        try (Reader reader = Reader.restart(open(Map.of("maxFileAge", "0 s")), at)) {
            assertThat(reader.next(ENGINE)).containsExactly(5L);
            put(7, 100 * DAY - 1);
            put(8, 100 * DAY);
            assertThat(reader.next(ENGINE)).containsExactly(8L);
        }
    }

    @Test
    void newestFirstWithALimitOfTheSourceReadsOldFilesToo() throws Exception {
        put(1, 0);
        put(2, 100 * DAY);
        put(3, 200 * DAY);
        Map<String, String> options = Map.of("latestFirst", "true", "maxFilesPerTrigger", "1", "maxFileAge", "1 day");
        Offset at;
        try (Reader reader = Reader.start(open(options))) {
            assertThat(reader.next(ENGINE)).containsExactly(3L);
            at = reader.at;
        }
        try (Reader reader = Reader.restart(open(options), at)) {
            assertThat(reader.next(ENGINE)).containsExactly(2L);
            assertThat(reader.next(ENGINE)).containsExactly(1L);
            put(4, 5);
            assertThat(reader.next(ENGINE)).containsExactly(4L);
        }
    }

    @Test
    void newestFirstWithoutOneLosesNothingThatWaitsWhenTheEngineCutsABatch() throws Exception {
        put(1, 0);
        put(2, 100 * DAY);
        put(3, 200 * DAY);
        Map<String, String> options = Map.of("latestFirst", "true");
        ReadLimit oneRow = new ReadLimit(1, 1 << 30, Long.MAX_VALUE);
        Offset at;
        try (Reader reader = Reader.start(open(options))) {
            assertThat(reader.next(oneRow)).containsExactly(3L);
            at = reader.at;
        }
        try (Reader reader = Reader.restart(open(options), at)) {
            assertThat(reader.next(ENGINE)).containsExactly(2L, 1L);
            put(4, 192 * DAY);
            put(5, 193 * DAY);
            assertThat(reader.next(ENGINE)).as("now nothing waits").containsExactly(5L);
            at = reader.at;
        }
        try (Reader reader = Reader.restart(open(options), at)) {
            assertThat(reader.next(ENGINE)).isEmpty();
        }
    }

    @Test
    void filesThatAreReadAndTooOldLeaveTheListAndAreNotReadAgain() throws Exception {
        int many = FileList.LEAST_FORGOTTEN + 200;
        for (int i = 0; i < many; i++) {
            put(i, i);
        }
        Map<String, String> options = new HashMap<>(Map.of("maxFileAge", "100 s"));
        Path file = dir.resolve("list/files");
        Offset at;
        try (Reader reader = Reader.start(open(options))) {
            assertThat(reader.next(ENGINE)).hasSize(many);
            long before = Files.size(file);
            put(many, many);
            assertThat(reader.next(ENGINE)).containsExactly((long) many);
            assertThat(Files.size(file)).isLessThan(before / 8);
            assertThat(reader.next(ENGINE)).isEmpty();
            at = reader.at;
            assertThat(at.text()).startsWith("{\"file\":" + (many + 1) + ",");
        }
        long value = many;
        for (String age : List.of("100 s", "30 days")) {
            options.put("maxFileAge", age);
            try (Reader reader = Reader.restart(open(options), at)) {
                assertThat(reader.next(ENGINE)).as(age).isEmpty();
                put(++value, value);
                assertThat(reader.next(ENGINE)).as(age).containsExactly(value);
                at = reader.at;
            }
        }
        options.put("maxFileAge", "100 s");
        try (Source source = open(options)) {
            assertThatThrownBy(() -> source.restore(source.initial(), null))
                    .hasMessageContaining("[CHECKPOINT_CORRUPT]")
                    .hasMessageContaining("holds the files " + (many - 101) + " to ")
                    .hasMessageContaining("{\"file\":0,");
        }
    }

    @Test
    void aFileThatHasNotLeftIsStillWatchedForGrowth() throws Exception {
        Path first = put(1, 100);
        try (Reader reader = Reader.start(open(Map.of("maxFileAge", "10 s")))) {
            assertThat(reader.next(ENGINE)).containsExactly(1L);
            put(2, 1000);
            assertThat(reader.next(ENGINE)).containsExactly(2L);
            Files.writeString(first, "3\n", StandardOpenOption.APPEND);
            assertThatThrownBy(() -> reader.next(ENGINE)).hasMessageContaining("[SOURCE_DATA_CHANGED]");
        }
    }

    @Test
    void badAgesAreRefused() throws Exception {
        put(1, 1);
        for (String bad : List.of("-1 day", "soon", "1 month", "7")) {
            assertThatThrownBy(() -> csv(dir.resolve("in"), A, Map.of("maxFileAge", bad)))
                    .hasMessageContaining("[BAD_OPTION]")
                    .hasMessageContaining("maxFileAge")
                    .hasMessageContaining("duration");
        }
        try (Reader reader = Reader.start(open(Map.of("maxFileAge", "2000000 days")))) {
            put(2, 100_000 * DAY);
            assertThat(reader.next(ENGINE)).hasSize(2);
            put(3, 3);
            assertThat(reader.next(ENGINE)).as("never too old").containsExactly(3L);
        }
    }
}
