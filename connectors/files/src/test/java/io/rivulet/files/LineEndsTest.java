package io.rivulet.files;

import static io.rivulet.files.Inputs.UTC;
import static io.rivulet.files.Inputs.batch;
import static io.rivulet.files.Inputs.batches;
import static io.rivulet.files.Inputs.csv;
import static io.rivulet.files.Inputs.read;
import static io.rivulet.files.Inputs.readAll;
import static io.rivulet.files.Inputs.row;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.sinkContext;
import static io.rivulet.files.Inputs.source;
import static io.rivulet.files.Inputs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.connector.WriteContext;
import io.rivulet.file.LocalFileAccess;
import io.rivulet.time.Clock;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a record: LF, CR LF and CR, or what the option lineSep says and nothing else. */
@NullUnmarked // rows hold nulls
class LineEndsTest {
    private static final Schema AB = schema("a", DataType.BIGINT, "b", DataType.STRING);
    private static final Schema LINE = schema("value", DataType.STRING);
    private static final ReadLimit ONE_ROW = new ReadLimit(1, Long.MAX_VALUE, Long.MAX_VALUE);

    @TempDir
    Path dir;

    private static Source text(Path path, String lineSep) {
        return source(new TextConnector(), path, null, Map.of("lineSep", lineSep));
    }

    private static List<List<Object>> together(List<List<List<Object>>> batches) {
        return batches.stream().flatMap(List::stream).toList();
    }

    @Test
    void withoutTheOptionEachKindOfLineEndEndsALine() throws Exception {
        write(dir.resolve("text/a.txt"), "one\rtwo\r\nthree\n\rfour\r\r\nfive\r");
        write(dir.resolve("csv/a.csv"), "1,\"x\ry\r\n\"\r2,z\r\n\r3,\n4,w\r");
        write(dir.resolve("json/a.json"), "{\"a\":1}\r{\"a\":2}\r\n{\"a\":3}\n");
        try (Source text = source(new TextConnector(), dir.resolve("text"), null, Map.of());
                Source csv = csv(dir.resolve("csv"), AB, Map.of());
                Source json = source(new JsonConnector(), dir.resolve("json"), AB, Map.of())) {
            List<List<Object>> lines =
                    List.of(row("one"), row("two"), row("three"), row(""), row("four"), row(""), row("five"));
            assertThat(readAll(text)).isEqualTo(lines);
            assertThat(together(batches(text, ONE_ROW))).isEqualTo(lines);
            assertThat(readAll(csv)).containsExactly(row(1L, "x\ry\r\n"), row(2L, "z"), row(3L, null), row(4L, "w"));
            assertThat(batches(csv, ONE_ROW)).hasSize(4);
            assertThat(readAll(json)).containsExactly(row(1L, null), row(2L, null), row(3L, null));
        }
    }

    @Test
    void aCarriageReturnAtTheEndOfTheBufferStillTakesItsLineFeed() throws Exception {
        for (int length = (1 << 16) - 3; length <= (1 << 16) + 1; length++) {
            String line = "x".repeat(length);
            for (String end : new String[] {"\r\n", "\r", "\n"}) {
                Path in = dir.resolve(length + "-" + (int) end.charAt(0) + end.length());
                write(in.resolve("a.txt"), line + end + "y" + end);
                try (Source source = source(new TextConnector(), in, null, Map.of())) {
                    assertThat(readAll(source)).containsExactly(row(line), row("y"));
                    assertThat(together(batches(source, ONE_ROW))).containsExactly(row(line), row("y"));
                }
            }
        }
    }

    @Test
    void theOptionsTextEndsARecordAndNothingElseDoes() throws Exception {
        write(dir.resolve("text/a.txt"), "Michael, 29\nAndy, 30\r\n,,Justin");
        write(dir.resolve("csv/a.csv"), "1,x\ny;;2,\"a;;b\"\r;;;3,c;;\n");
        write(dir.resolve("json/a.json"), "{\"a\":1,\n\"b\":\"x\"}\u001e{\"a\":2}\u001e\u001e\n");
        try (Source comma = text(dir.resolve("text"), ",");
                Source csv = csv(dir.resolve("csv"), AB, Map.of("lineSep", ";;", "mode", "dropMalformed"));
                Source json = source(new JsonConnector(), dir.resolve("json"), AB, Map.of("lineSep", "\u001e"))) {
            assertThat(readAll(comma))
                    .as("as Spark's guide shows it")
                    .containsExactly(row("Michael"), row(" 29\nAndy"), row(" 30\r\n"), row(""), row("Justin"));
            assertThat(readAll(csv))
                    .as("the second record has text behind a quote, the third begins with a ;")
                    .containsExactly(row(1L, "x\ny"));
            assertThat(readAll(json)).containsExactly(row(1L, "x"), row(2L, null));
        }
    }

    @Test
    void theFirstOfTwoPlacesWhereASeparatorMayStandEndsTheRecord() throws Exception {
        write(dir.resolve("a.txt"), "xaaab|aab|a");
        try (Source two = text(dir, "aa");
                Source three = text(dir, "aab")) {
            assertThat(readAll(two)).containsExactly(row("x"), row("ab|"), row("b|a"));
            assertThat(readAll(three)).containsExactly(row("xa"), row("|"), row("|a"));
        }
    }

    @Test
    void escapesStandForCharactersThatAreHardToType() throws Exception {
        write(dir.resolve("a.txt"), "one\r\ntwo\nthree\r\n\tfour\0five");
        try (Source crLf = text(dir, "\\r\\n");
                Source tab = text(dir, "\\t");
                Source nul = text(dir, "\\0")) {
            assertThat(readAll(crLf)).containsExactly(row("one"), row("two\nthree"), row("\tfour\0five"));
            assertThat(readAll(tab)).hasSize(2);
            assertThat(readAll(nul)).hasSize(2);
        }
    }

    @Test
    void linesAreCountedBySeparatorsForMessages() throws Exception {
        write(dir.resolve("a.csv"), "1,x|2,y|three,z|");
        try (Source source = csv(dir, AB, Map.of("lineSep", "|"))) {
            assertThatThrownBy(() -> readAll(source))
                    .hasMessageContaining("[MALFORMED_ROW]")
                    .hasMessageContaining("a.csv, line 3, byte 8");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "||", "|\n", "\r\n", "\n", "ö"})
    void batchesAndTasksCutAtSeparatorsAndGiveTheSameRowsAgain(String lineSep) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("a,b").append(lineSep);
        List<List<Object>> expected = new ArrayList<>();
        for (long i = 0; i < 20_000; i++) {
            String value = "v" + random.nextInt(1_000_000) + (random.nextInt(10) == 0 ? lineSep + "\"x" : "");
            text.append(i).append(",\"").append(value.replace("\"", "\"\"")).append('"');
            if (random.nextInt(50) == 0) {
                text.append(lineSep); // a blank record
            }
            text.append(lineSep);
            expected.add(row(i, value));
        }
        write(dir.resolve("a.csv"), text.toString());
        Map<String, String> options = Map.of("header", "true", "lineSep", lineSep, "maxBytesPerTrigger", "123456");
        try (Source source = csv(dir, AB, options);
                Source restarted = csv(dir, AB, options)) {
            assertThat(readAll(source)).as("seed %d", seed).isEqualTo(expected);
            restarted.latest(restarted.initial(), ReadLimit.ALL);
            List<List<Object>> rows = new ArrayList<>();
            ReadLimit limit = new ReadLimit(5_000, Long.MAX_VALUE, Long.MAX_VALUE);
            Offset at = source.initial();
            int count = 0;
            for (Offset next = source.latest(at, limit); !next.equals(at); next = source.latest(at, limit)) {
                List<List<Object>> batch = read(source, at, next);
                assertThat(read(restarted, at, next)).as("seed %d", seed).isEqualTo(batch);
                rows.addAll(batch);
                at = next;
                count++;
            }
            assertThat(rows).as("seed %d", seed).isEqualTo(expected);
            assertThat(count).isGreaterThan(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"|", "||", "\r\n", "\u001e"})
    void whatASinkWritesASourceReads(String lineSep) throws Exception {
        List<List<Object>> rows =
                List.of(row(1L, "x"), row(2L, "a" + lineSep + "b"), row(3L, "|"), row(4L, "c\nd"), row(5L, "\r"));
        Map<String, String> options = Map.of("lineSep", lineSep);
        roundTrip(new CsvConnector(), AB, rows, options);
        List<List<Object>> harmless = List.of(row(1L, "x"), row(2L, "c\nd"), row(3L, "\u001e"));
        roundTrip(new JsonConnector(), AB, harmless, options);
        roundTrip(new TextConnector(), LINE, List.of(row("x"), row(""), row("y")), options);
    }

    private void roundTrip(
            ConnectorProvider connector, Schema schema, List<List<Object>> rows, Map<String, String> options)
            throws Exception {
        Path out = dir.resolve(connector.format());
        writeTo(connector, out, schema, rows, options);
        try (Source source = source(connector, out, schema, options)) {
            assertThat(readAll(source)).isEqualTo(rows);
        }
    }

    private static void writeTo(
            ConnectorProvider connector,
            Path out,
            Schema schema,
            List<List<Object>> rows,
            Map<String, String> options) {
        try (Sink sink = connector.sink().open(sinkContext(out, "q", schema, options))) {
            SinkWriter writer = sink.writer(new WriteContext(0, 0, 0));
            writer.write(batch(schema, rows));
            sink.commit(0, List.of(writer.prepare()));
        }
    }

    @Test
    void sinksWriteTheTextBehindEachRecord() throws Exception {
        writeTo(
                new TextConnector(),
                dir.resolve("out"),
                LINE,
                List.of(row("x"), row("y")),
                Map.of("lineSep", "\\r\\n"));
        assertThat(Files.readString(dir.resolve("out/part-0000000000-00000.txt")))
                .isEqualTo("x\r\ny\r\n");
    }

    @Test
    void aRowThatCouldNotBeReadBackIsRefused() {
        Map<String, String> options = Map.of("lineSep", "||");
        assertThatThrownBy(
                        () -> writeTo(new JsonConnector(), dir.resolve("json"), AB, List.of(row(1L, "a||b")), options))
                .hasMessageContaining("[BAD_ARGUMENT]")
                .hasMessageContaining("a||b")
                .hasMessageContaining("lineSep");
        assertThatThrownBy(() -> writeTo(
                        new CsvConnector(),
                        dir.resolve("csv"),
                        AB,
                        List.of(row(1L, "a|")),
                        Map.of("lineSep", "||", "quote", "")))
                .hasMessageContaining("[BAD_ARGUMENT]")
                .hasMessageContaining("line end");
    }

    @Test
    void schemasAreInferredFromTheRecordsThatTheOptionCuts() throws Exception {
        write(dir.resolve("a.json"), "{\"a\":1,\n\"b\":\"x\"}|{\"c\":2.5}|");
        Map<String, String> options = Map.of("lineSep", "|");
        Schema found = new JsonConnector()
                .source()
                .schema(new SourceContext(
                        dir.toString(), null, options, null, false, UTC, LocalFileAccess.INSTANCE, Clock.system()));
        assertThat(found.ddl()).isEqualTo("a BIGINT, b STRING, c DOUBLE");
    }

    @Test
    void badSeparatorsAreRefused() throws Exception {
        write(dir.resolve("a.csv"), "1,x\n");
        for (String bad : new String[] {"", "abc"}) {
            assertThatThrownBy(() -> csv(dir, AB, Map.of("lineSep", bad)))
                    .hasMessageContaining("[BAD_OPTION]")
                    .hasMessageContaining("one or two characters");
        }
        assertThatThrownBy(() -> text(dir, ""))
                .hasMessageContaining("[BAD_OPTION]")
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> source(new JsonConnector(), dir, AB, Map.of("lineSep", "")))
                .hasMessageContaining("[BAD_OPTION]");
        for (String bad : new String[] {",", "x,", "\"", "\n\""}) {
            assertThatThrownBy(() -> csv(dir, AB, Map.of("lineSep", bad)))
                    .hasMessageContaining("[BAD_OPTION]")
                    .hasMessageContaining("'sep' or of 'quote'");
            assertThatThrownBy(() -> new CsvConnector()
                            .sink()
                            .open(sinkContext(dir.resolve("out"), "q", AB, Map.of("lineSep", bad))))
                    .hasMessageContaining("[BAD_OPTION]");
        }
    }
}
