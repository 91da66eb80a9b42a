package io.rivulet.files;

import static io.rivulet.files.Inputs.allColumns;
import static io.rivulet.files.Inputs.batch;
import static io.rivulet.files.Inputs.batches;
import static io.rivulet.files.Inputs.csv;
import static io.rivulet.files.Inputs.modifiedAt;
import static io.rivulet.files.Inputs.read;
import static io.rivulet.files.Inputs.readAll;
import static io.rivulet.files.Inputs.row;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.sinkContext;
import static io.rivulet.files.Inputs.source;
import static io.rivulet.files.Inputs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.Source;
import io.rivulet.connector.WriteContext;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // rows hold nulls
class TextAndGzipTest {
    private static final Schema AB = schema("a", DataType.BIGINT, "b", DataType.STRING);
    private static final Schema LINE = schema("value", DataType.STRING);
    private static final ReadLimit ENGINE = new ReadLimit(1_000_000, 1 << 30, Long.MAX_VALUE);

    @TempDir
    Path dir;

    private static byte[] gzip(String text) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static Path writeGzip(Path file, String... members) throws Exception {
        Files.createDirectories(file.getParent());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String member : members) {
            bytes.writeBytes(gzip(member));
        }
        return Files.write(file, bytes.toByteArray());
    }

    private static Source text(Object path, Map<String, String> options) {
        return source(new TextConnector(), path, null, options);
    }

    // ---- text

    @Test
    void everyLineIsARowBlankOnesToo() throws Exception {
        write(dir.resolve("a.txt"), "\uFEFFone\r\n\n  two, \"three\" ö\n\r\nlast");
        try (Source source = text(dir, Map.of())) {
            assertThat(source.schema()).isEqualTo(LINE);
            assertThat(readAll(source))
                    .containsExactly(row("one"), row(""), row("  two, \"three\" ö"), row(""), row("last"));
            assertThat(batches(source, new ReadLimit(2, Long.MAX_VALUE, Long.MAX_VALUE)))
                    .extracting(List::size)
                    .containsExactly(2, 2, 1);
            Offset end = source.latest(source.initial(), ReadLimit.ALL);
            assertThat(read(source, source.initial(), end, new int[0], 1, new AtomicInteger()))
                    .as("rows without columns, as a count takes them")
                    .hasSize(5);
        }
    }

    @Test
    void aLineThatIsNoUtf8IsMalformed() throws Exception {
        Files.write(dir.resolve("a.txt"), new byte[] {'o', 'k', '\n', 'a', (byte) 0xFF, '\n', 'e', 'n', 'd', '\n'});
        try (Source failing = text(dir, Map.of());
                Source dropping = text(dir, Map.of("mode", "dropMalformed"))) {
            assertThatThrownBy(() -> readAll(failing))
                    .hasMessageContaining("[MALFORMED_ROW]")
                    .hasMessageContaining("a.txt, line 2, byte 3")
                    .hasMessageContaining("UTF-8");
            AtomicInteger dropped = new AtomicInteger();
            Offset end = dropping.latest(dropping.initial(), ReadLimit.ALL);
            assertThat(read(dropping, dropping.initial(), end, allColumns(dropping), 1, dropped))
                    .containsExactly(row("ok"), row("end"));
            assertThat(dropped).hasValue(1);
        }
    }

    @Test
    void linesAreWrittenAndReadBack() throws Exception {
        Path out = dir.resolve("out");
        try (Sink sink = new TextConnector().sink().open(sinkContext(out, "q", LINE, Map.of()))) {
            SinkWriter writer = sink.writer(new WriteContext(0, 0, 0));
            writer.write(batch(LINE, List.of(row("one"), row((Object) null), row("ö"))));
            sink.commit(0, List.of(writer.prepare()));
        }
        assertThat(Files.readString(out.resolve("part-0000000000-00000.txt"))).isEqualTo("one\n\nö\n");
        try (Source source = text(out, Map.of())) {
            assertThat(readAll(source)).containsExactly(row("one"), row(""), row("ö"));
        }
    }

    @Test
    void whatTextCannotHoldIsRefused() throws Exception {
        write(dir.resolve("in/a.txt"), "x\n");
        assertThatThrownBy(() -> new TextConnector().sink().open(sinkContext(dir.resolve("out"), "q", AB, Map.of())))
                .hasMessageContaining("[BAD_SCHEMA]")
                .hasMessageContaining("one STRING column");
        assertThatThrownBy(() -> source(new TextConnector(), dir.resolve("in"), AB, Map.of()))
                .hasMessageContaining("[BAD_SCHEMA]");
        assertThatThrownBy(() -> text(dir.resolve("in"), Map.of("header", "true")))
                .hasMessageContaining("[UNKNOWN_OPTION]");
        assertThatThrownBy(() -> text(dir.resolve("in"), Map.of("mode", "ignore")))
                .hasMessageContaining("[BAD_OPTION]")
                .hasMessageContaining("failFast|dropMalformed");
    }

    // ---- gzip

    @Test
    void gzipFilesAreReadByTheirNameInAllFormats() throws Exception {
        modifiedAt(writeGzip(dir.resolve("csv/1.csv.gz"), "a,b\n1,x\n", "2,y\n"), 1);
        modifiedAt(write(dir.resolve("csv/2.csv"), "b,a\nz,3\n"), 2);
        writeGzip(dir.resolve("json/a.json.GZ"), "{\"a\":1,\"b\":\"x\"}\n");
        writeGzip(dir.resolve("text/a.gz"), "one\n\ntwo");
        try (Source csv = csv(dir.resolve("csv"), AB, Map.of("header", "true"));
                Source json = source(new JsonConnector(), dir.resolve("json"), AB, Map.of());
                Source text = text(dir.resolve("text"), Map.of())) {
            assertThat(readAll(csv)).containsExactly(row(1L, "x"), row(2L, "y"), row(3L, "z"));
            assertThat(readAll(json)).containsExactly(row(1L, "x"));
            assertThat(readAll(text)).containsExactly(row("one"), row(""), row("two"));
        }
    }

    @Test
    void batchesCutCompressedFilesAtRecordsAndGiveTheSameRowsAgain() throws Exception {
        Random random = new Random(7);
        StringBuilder content = new StringBuilder("a,b\n");
        List<List<Object>> expected = new ArrayList<>();
        for (long i = 0; i < 3000; i++) {
            String value = "v" + random.nextInt(1_000_000);
            content.append(i).append(",\"").append(value).append("\n\"\n");
            expected.add(row(i, value + "\n"));
        }
        writeGzip(dir.resolve("in/a.csv.gz"), content.toString());
        for (Map<String, String> limits :
                List.of(Map.of("maxRowsPerTrigger", "700"), Map.of("maxBytesPerTrigger", "9000"))) {
            Map<String, String> options = new java.util.HashMap<>(limits);
            options.put("header", "true");
            List<List<Object>> rows = new ArrayList<>();
            int count = 0;
            try (Source source = csv(dir.resolve("in"), AB, options)) {
                Offset at = source.initial();
                Offset next = source.latest(at, ENGINE);
                while (!next.equals(at)) {
                    List<List<Object>> batch = read(source, at, next);
                    try (Source later = csv(dir.resolve("in"), AB, options)) {
                        later.latest(later.initial(), ReadLimit.ALL);
                        assertThat(read(later, at, next)).isEqualTo(batch);
                    }
                    rows.addAll(batch);
                    at = next;
                    next = source.latest(at, ENGINE);
                    count++;
                }
            }
            assertThat(rows).isEqualTo(expected);
            assertThat(count).isGreaterThan(4);
        }
    }

    @Test
    void aCompressedFileIsOneSplitAndFilesAreReadSideBySide() throws Exception {
        String rows = "1,x\n".repeat(100_000);
        writeGzip(dir.resolve("1.csv.gz"), rows);
        writeGzip(dir.resolve("2.csv.gz"), rows);
        try (Source source = csv(dir, AB, Map.of())) {
            Offset end = source.latest(source.initial(), ReadLimit.ALL);
            assertThat(source.splits(source.initial(), end, 4)).hasSize(2);
            assertThat(read(source, source.initial(), end)).hasSize(200_000);
        }
    }

    @Test
    void damagedGzipIsNamedWithItsFile() throws Exception {
        StringBuilder rows = new StringBuilder();
        Random random = new Random(3);
        for (int i = 0; i < 5000; i++) {
            rows.append(i).append(",").append(random.nextLong()).append('\n');
        }
        byte[] good = gzip(rows.toString());
        byte[] flipped = good.clone();
        flipped[good.length - 6] ^= 1;
        Map<String, byte[]> damaged = Map.of(
                "cut off", Arrays.copyOf(good, good.length / 2),
                "trailer missing", Arrays.copyOf(good, good.length - 4),
                "header only", Arrays.copyOf(good, 5),
                "no gzip", "1,x\n2,y\n".getBytes(StandardCharsets.UTF_8),
                "checksum", flipped);
        for (Map.Entry<String, byte[]> damage : damaged.entrySet()) {
            Files.write(dir.resolve("a.csv.gz"), damage.getValue());
            try (Source source = csv(dir, AB, Map.of())) {
                assertThatThrownBy(() -> batches(source, ENGINE))
                        .as(damage.getKey())
                        .hasMessageContaining("[MALFORMED_FILE]")
                        .hasMessageContaining("a.csv.gz");
                assertThatThrownBy(() -> readAll(source)).as(damage.getKey()).hasMessageContaining("[MALFORMED_FILE]");
            }
        }
    }

    @Test
    void anEmptyCompressedFileHasNoRows() throws Exception {
        modifiedAt(writeGzip(dir.resolve("1.csv.gz"), ""), 1);
        modifiedAt(writeGzip(dir.resolve("2.csv.gz"), "a,b\n"), 2);
        modifiedAt(writeGzip(dir.resolve("3.csv.gz"), "a,b\n1,x"), 3);
        try (Source source = csv(dir, AB, Map.of("header", "true"))) {
            assertThat(batches(source, ENGINE)).containsExactly(List.of(row(1L, "x")));
        }
    }
}
