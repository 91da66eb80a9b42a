package io.rivulet.files;

import static io.rivulet.files.Inputs.allColumns;
import static io.rivulet.files.Inputs.batches;
import static io.rivulet.files.Inputs.context;
import static io.rivulet.files.Inputs.modifiedAt;
import static io.rivulet.files.Inputs.read;
import static io.rivulet.files.Inputs.readAll;
import static io.rivulet.files.Inputs.row;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.source;
import static io.rivulet.files.Inputs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.type.DataType;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file as one row. */
@NullUnmarked // rows hold nulls
class WholeTextTest {
    private static final ReadLimit ENGINE = new ReadLimit(1_000_000, 1 << 30, Long.MAX_VALUE);
    private static final String LONG = "line with ö\r\n".repeat(50_000);

    @TempDir
    Path dir;

    @BeforeEach
    void input() throws Exception {
        modifiedAt(write(dir.resolve("in/1.txt"), "one\ntwo\r\n\n"), 1);
        modifiedAt(write(dir.resolve("in/2.txt"), LONG), 2);
        Path third = dir.resolve("in/3.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(third))) {
            out.write("packed\n\n".getBytes(StandardCharsets.UTF_8));
        }
        modifiedAt(third, 3);
        write(dir.resolve("in/empty.txt"), "");
    }

    private static Source whole(Path path, Map<String, String> more) {
        Map<String, String> options = new HashMap<>(more);
        options.put("wholetext", "true");
        return source(new TextConnector(), path, null, options);
    }

    @Test
    void eachFileIsARowWithItsLineEnds() throws Exception {
        try (Source source = whole(dir.resolve("in"), Map.of());
                Source separated = whole(dir.resolve("in"), Map.of("lineSep", "o"))) {
            List<List<Object>> rows = List.of(row("one\ntwo\r\n\n"), row(LONG), row("packed\n\n"));
            assertThat(readAll(source)).isEqualTo(rows);
            assertThat(readAll(separated)).as("lineSep means nothing").isEqualTo(rows);
            Offset end = source.latest(source.initial(), ENGINE);
            assertThat(source.splits(source.initial(), end, 4))
                    .as("no file is cut")
                    .hasSize(3);
            assertThat(read(source, source.initial(), end, new int[0], 1, new AtomicInteger()))
                    .hasSize(3);
        }
    }

    @Test
    void limitsCountRowsBytesAndFilesAndNeverCutOne() throws Exception {
        for (Map<String, String> limit : List.of(
                Map.of("maxRowsPerTrigger", "1"),
                Map.of("maxBytesPerTrigger", "9"),
                Map.of("maxFilesPerTrigger", "1"))) {
            try (Source source = whole(dir.resolve("in"), limit)) {
                assertThat(batches(source, ENGINE))
                        .as("%s", limit)
                        .containsExactly(
                                List.of(row("one\ntwo\r\n\n")), List.of(row(LONG)), List.of(row("packed\n\n")));
            }
        }
        try (Source source = whole(dir.resolve("in"), Map.of("maxBytesPerTrigger", "1m"))) {
            assertThat(batches(source, ENGINE)).hasSize(1);
        }
    }

    @Test
    void aRestartReadsTheSameFiles() throws Exception {
        Map<String, String> options = Map.of("wholetext", "true", "maxFilesPerTrigger", "1");
        Path checkpoint = dir.resolve("checkpoint/sources/0");
        Offset first;
        Offset second;
        try (Source source = new TextConnector().source().open(context(dir.resolve("in"), null, options, checkpoint))) {
            first = source.latest(source.initial(), ENGINE);
            second = source.latest(first, ENGINE);
        }
        try (Source source = new TextConnector().source().open(context(dir.resolve("in"), null, options, checkpoint))) {
            source.restore(first, second);
            assertThat(read(source, first, second)).containsExactly(row(LONG));
            assertThat(read(source, second, source.latest(second, ENGINE))).containsExactly(row("packed\n\n"));
        }
    }

    @Test
    void aFileThatIsNoUtf8IsABadRow() throws Exception {
        Path bad = dir.resolve("bad");
        Files.createDirectories(bad);
        Files.write(bad.resolve("1.txt"), new byte[] {'a', '\n', (byte) 0xFF});
        write(bad.resolve("2.txt"), "good\n");
        try (Source failing = whole(bad, Map.of());
                Source dropping = whole(bad, Map.of("mode", "dropMalformed"))) {
            assertThatThrownBy(() -> readAll(failing))
                    .hasMessageContaining("[MALFORMED_ROW]")
                    .hasMessageContaining("1.txt, line 1")
                    .hasMessageContaining("UTF-8");
            AtomicInteger dropped = new AtomicInteger();
            Offset end = dropping.latest(dropping.initial(), ReadLimit.ALL);
            assertThat(read(dropping, dropping.initial(), end, allColumns(dropping), 1, dropped))
                    .containsExactly(row("good\n"));
            assertThat(dropped).hasValue(1);
        }
    }

    @Test
    void onlyTextHasTheOptionAndItIsYesOrNo() {
        assertThatThrownBy(() -> source(new TextConnector(), dir.resolve("in"), null, Map.of("wholetext", "all")))
                .hasMessageContaining("[BAD_OPTION]")
                .hasMessageContaining("true|false");
        assertThatThrownBy(() -> source(
                        new JsonConnector(),
                        dir.resolve("in"),
                        schema("a", DataType.BIGINT),
                        Map.of("wholetext", "true")))
                .hasMessageContaining("[UNKNOWN_OPTION]");
    }
}
