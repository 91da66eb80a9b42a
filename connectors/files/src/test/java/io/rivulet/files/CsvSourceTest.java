package io.rivulet.files;

import static io.rivulet.files.Inputs.batches;
import static io.rivulet.files.Inputs.csv;
import static io.rivulet.files.Inputs.modifiedAt;
import static io.rivulet.files.Inputs.read;
import static io.rivulet.files.Inputs.readAll;
import static io.rivulet.files.Inputs.row;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.Schema;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // rows hold nulls
class CsvSourceTest {
    private static final Schema AB = schema("a", DataType.BIGINT, "b", DataType.STRING);

    @TempDir
    Path dir;

    @Test
    void readsFilesInOrderOfModificationThenPath() throws Exception {
        modifiedAt(write(dir.resolve("z.csv"), "1,old\n"), 100);
        modifiedAt(write(dir.resolve("b.csv"), "3,new b\n"), 200);
        modifiedAt(write(dir.resolve("a.csv"), "2,new a\n"), 200);
        try (Source source = csv(dir, AB, Map.of())) {
            assertThat(readAll(source)).containsExactly(row(1L, "old"), row(2L, "new a"), row(3L, "new b"));
        }
    }

    @Test
    void passesOverHiddenNamesAndEmptyFilesAndTakesALastLineWithoutLineEnd() throws Exception {
        write(dir.resolve(".hidden.csv"), "9,x\n");
        write(dir.resolve("_temporary.csv"), "9,x\n");
        write(dir.resolve("_other/manifest"), "9,x\n");
        write(dir.resolve("empty.csv"), "");
        write(dir.resolve("data.csv"), "\uFEFF1,x\r\n\r\n\n2,y");
        try (Source source = csv(dir, AB, Map.of())) {
            assertThat(readAll(source)).containsExactly(row(1L, "x"), row(2L, "y"));
        }
    }

    @Test
    void pathMayBeAFileOrAGlob() throws Exception {
        write(dir.resolve("2024/a.csv"), "1,x\n");
        write(dir.resolve("2025/b.csv"), "2,y\n");
        write(dir.resolve("2025/c.txt"), "no,csv,at,all\n");
        try (Source file = csv(dir.resolve("2024/a.csv"), AB, Map.of());
                Source glob = csv(dir + "/20*/*.csv", AB, Map.of());
                Source deep = csv(dir + "/**/*.{csv,tsv}", AB, Map.of())) {
            assertThat(readAll(file)).containsExactly(row(1L, "x"));
            assertThat(readAll(glob)).containsExactlyInAnyOrder(row(1L, "x"), row(2L, "y"));
            assertThat(readAll(deep)).containsExactlyInAnyOrder(row(1L, "x"), row(2L, "y"));
        }
    }

    @Test
    void whatIsNoGlobIsRefusedAtOnce() throws Exception {
        write(dir.resolve("a.csv"), "1,x\n");
        for (String glob : List.of("[abc", "{a", "{a/x,b}.csv")) {
            assertThatThrownBy(() -> csv(dir + "/" + glob, AB, Map.of()))
                    .hasMessageContaining("[BAD_OPTION]")
                    .hasMessageContaining(glob)
                    .hasMessageContaining("across a /");
        }
    }

    @Test
    void textThatIsNotUtf8IsABadRow() throws Exception {
        Files.write(dir.resolve("a.csv"), "1,M\u00fcller\n2,\"\u00fc\"\n3,ok\n".getBytes(StandardCharsets.ISO_8859_1));
        write(dir.resolve("b.csv"), "4,M\u00fcller\n5,\uD83D\uDE00\n");
        try (Source strict = csv(dir, AB, Map.of());
                Source lenient = csv(dir, AB, Map.of("mode", "dropMalformed"))) {
            assertThatThrownBy(() -> readAll(strict))
                    .hasMessageContaining("[MALFORMED_ROW]")
                    .hasMessageContaining("a.csv, line 1")
                    .hasMessageContaining("column b")
                    .hasMessageContaining("UTF-8");
            assertThat(readAll(lenient))
                    .containsExactlyInAnyOrder(row(3L, "ok"), row(4L, "M\u00fcller"), row(5L, "\uD83D\uDE00"));
        }
    }

    @Test
    void missingPathIsNamed() {
        assertThatThrownBy(() -> csv(dir.resolve("nothing"), AB, Map.of()))
                .hasMessageContaining("[PATH_NOT_FOUND]")
                .hasMessageContaining("nothing");
        assertThatThrownBy(() -> csv(dir.resolve("nothing") + "/*.csv", AB, Map.of()))
                .hasMessageContaining("[PATH_NOT_FOUND]");
    }

    @Test
    void oneRowPerBatchCutsInsideFilesAndQuotedLineEnds() throws Exception {
        modifiedAt(write(dir.resolve("1.csv"), "1,\"two\nlines, \"\"quoted\"\"\"\n2,plain\n"), 1);
        modifiedAt(write(dir.resolve("2.csv"), "3,\"\"\n"), 2);
        try (Source source = csv(dir, AB, Map.of("maxRowsPerTrigger", "1"))) {
            assertThat(batches(source, new ReadLimit(1_000_000, Long.MAX_VALUE, Long.MAX_VALUE)))
                    .containsExactly(
                            List.of(row(1L, "two\nlines, \"quoted\"")),
                            List.of(row(2L, "plain")),
                            List.of(row(3L, "")));
        }
    }

    @Test
    void limitsOnFilesAndBytesHold() throws Exception {
        for (int i = 0; i < 4; i++) {
            modifiedAt(write(dir.resolve(i + ".csv"), i + ",x\n" + i + ",y\n"), i);
        }
        try (Source files = csv(dir, AB, Map.of("maxFilesPerTrigger", "3"));
                Source bytes = csv(dir, AB, Map.of("maxBytesPerTrigger", "13"));
                Source one = csv(dir, AB, Map.of("maxBytesPerTrigger", "1"))) {
            ReadLimit engine = new ReadLimit(1_000_000, 1 << 30, Long.MAX_VALUE);
            assertThat(batches(files, engine)).extracting(List::size).containsExactly(6, 2);
            assertThat(batches(bytes, engine)).extracting(List::size).containsExactly(3, 3, 2);
            assertThat(batches(one, engine))
                    .extracting(List::size)
                    .containsOnly(1)
                    .hasSize(8);
        }
    }

    @Test
    void headerNamesTheColumnsWhateverTheirOrder() throws Exception {
        write(dir.resolve("a.csv"), "B,extra,\"a\"\nx,?,1\n");
        write(dir.resolve("b.csv"), "a,b\n");
        try (Source source = csv(dir, AB, Map.of("header", "true", "maxRowsPerTrigger", "1"))) {
            assertThat(readAll(source)).containsExactly(row(1L, "x"));
            assertThat(batches(source, new ReadLimit(10, 1 << 20, 10)))
                    .as("a file that is only a header gives no row")
                    .flatMap(rows -> rows)
                    .containsExactly(row(1L, "x"));
        }
    }

    @Test
    void wrongHeaderNamesFileAndDifference() throws Exception {
        write(dir.resolve("a.csv"), "a,c\n1,x\n");
        try (Source source = csv(dir, AB, Map.of("header", "true"))) {
            assertThatThrownBy(() -> readAll(source))
                    .hasMessageContaining("[HEADER_MISMATCH]")
                    .hasMessageContaining("a.csv")
                    .hasMessageContaining("lacks the declared columns [b]")
                    .hasMessageContaining("[c]");
        }
    }

    @Test
    void nullIsTheEmptyFieldAndTheNullText() throws Exception {
        write(dir.resolve("a.csv"), ",NA\n1,\"NA\"\n2,\"\"\n");
        try (Source source = csv(dir, AB, Map.of("nullValue", "NA"))) {
            assertThat(readAll(source)).containsExactly(row(null, null), row(1L, "NA"), row(2L, ""));
        }
    }

    @Test
    void separatorQuoteAndFormatsCanBeChosen() throws Exception {
        write(dir.resolve("a.csv"), "'x\t1'\t24.12.2024 18:30\t24.12.2024\n");
        Schema schema = schema("s", DataType.STRING, "t", DataType.TIMESTAMP, "d", DataType.DATE);
        Map<String, String> options =
                Map.of("sep", "\\t", "quote", "'", "timestampFormat", "dd.MM.yyyy HH:mm", "dateFormat", "dd.MM.yyyy");
        try (Source source = csv(dir, schema, options)) {
            assertThat(readAll(source))
                    .containsExactly(row("x\t1", Instant.parse("2024-12-24T18:30:00Z"), LocalDate.of(2024, 12, 24)));
        }
    }

    @Test
    void timestampsAreIsoWithBlankOrTAndAnyZone() throws Exception {
        write(dir.resolve("a.csv"), """
                2001-01-01T00:47:00Z
                2001-01-01 00:47:00.123456
                2001-01-01
                2001-01-01T00:47+01:00
                1969-12-31 23:59:59.5 Europe/Berlin
                2000-02-29T23:59:59.9999999Z
                0001-01-01T00:00:00Z
                """);
        try (Source source = csv(dir, schema("t", DataType.TIMESTAMP), Map.of())) {
            assertThat(readAll(source))
                    .extracting(r -> r.get(0))
                    .containsExactly(
                            Instant.parse("2001-01-01T00:47:00Z"),
                            Instant.parse("2001-01-01T00:47:00.123456Z"),
                            Instant.parse("2001-01-01T00:00:00Z"),
                            Instant.parse("2000-12-31T23:47:00Z"),
                            Instant.parse("1969-12-31T22:59:59.5Z"),
                            Instant.parse("2000-02-29T23:59:59.999999Z"),
                            Instant.parse("0001-01-01T00:00:00Z"));
        }
    }

    @Test
    void numbersAreExactAndWhatDoesNotFitIsMalformed() throws Exception {
        Schema schema = schema("d", DataType.DOUBLE, "e", new DecimalType(6, 2), "i", DataType.INT);
        write(dir.resolve("a.csv"), "0.1,12.345,-2147483648\n-1e300,-1,+7\nNaN,0,0\n123456789.123456789,9999.99,1\n");
        try (Source source = csv(dir, schema, Map.of())) {
            assertThat(readAll(source))
                    .containsExactly(
                            row(0.1, new BigDecimal("12.35"), Integer.MIN_VALUE),
                            row(-1e300, new BigDecimal("-1.00"), 7),
                            row(Double.NaN, new BigDecimal("0.00"), 0),
                            row(Double.parseDouble("123456789.123456789"), new BigDecimal("9999.99"), 1));
        }
        write(
                dir.resolve("a.csv"),
                "0x1,1,1\n1d,1,1\n 1,1,1\n1,10000,1\n1,1,2147483648\n1,1,1.0\n,,\n1,1,99999999999999999999\n-,1,1\n1,1\n");
        AtomicInteger malformed = new AtomicInteger();
        try (Source source = csv(dir, schema, Map.of("mode", "dropMalformed"))) {
            Offset end = source.latest(source.initial(), ReadLimit.ALL);
            assertThat(read(source, source.initial(), end, new int[] {0, 1, 2}, 1, malformed))
                    .containsExactly(row(null, null, null));
            assertThat(malformed).hasValue(9);
        }
    }

    @Test
    void malformedRowFailsWithPlaceAndWayOut() throws Exception {
        write(dir.resolve("a.csv"), "1,x\n2,\"y\nz\"\nthree,x\n");
        try (Source source = csv(dir, AB, Map.of())) {
            assertThatThrownBy(() -> readAll(source))
                    .hasMessageContaining("[MALFORMED_ROW]")
                    .hasMessageContaining("a.csv, line 4, byte 12, column a: 'three' is no BIGINT")
                    .hasMessageContaining("mode=dropMalformed");
        }
    }

    @Test
    void malformedRowsAreDroppedWholeAndCounted() throws Exception {
        write(dir.resolve("a.csv"), "1,x\nx,dropped\n2,y,too many\n3\n4,\"q\"q\n5,z\n6,\"open\n");
        AtomicInteger malformed = new AtomicInteger();
        try (Source source = csv(dir, AB, Map.of("mode", "dropMalformed"))) {
            Offset end = source.latest(source.initial(), ReadLimit.ALL);
            assertThat(read(source, source.initial(), end, new int[] {0, 1}, 1, malformed))
                    .containsExactly(row(1L, "x"), row(5L, "z"));
            assertThat(malformed).hasValue(5);
        }
    }

    @Test
    void onlyWantedColumnsAreParsed() throws Exception {
        write(dir.resolve("a.csv"), "not a number,x\n2,y\n");
        try (Source source = csv(dir, AB, Map.of())) {
            Offset end = source.latest(source.initial(), ReadLimit.ALL);
            assertThat(read(source, source.initial(), end, new int[] {1}, 1, new AtomicInteger()))
                    .containsExactly(row("x"), row("y"));
            assertThat(read(source, source.initial(), end, new int[] {}, 1, new AtomicInteger()))
                    .containsExactly(row(), row());
        }
    }

    @Test
    void largeFilesAreCutIntoSplitsAtRecords() throws Exception {
        StringBuilder text = new StringBuilder("a,b\n");
        for (int i = 0; i < 60_000; i++) {
            text.append(i).append(i % 7 == 0 ? ",\"line\nbreak\"\n" : ",plain text\n");
        }
        write(dir.resolve("a.csv"), text.toString());
        Map<String, String> options = Map.of("header", "true");
        try (Source source = csv(dir, AB, options);
                Source recovered = csv(dir, AB, options)) {
            ReadLimit limit = new ReadLimit(50_000, Long.MAX_VALUE, Long.MAX_VALUE);
            Offset end = source.latest(source.initial(), limit);
            List<? extends Split> splits = source.splits(source.initial(), end, 2);
            assertThat(splits.size()).isGreaterThanOrEqualTo(4);
            assertThat(splits.stream().mapToLong(Split::estimatedRows).sum()).isEqualTo(50_000);
            List<List<Object>> rows = read(source, source.initial(), end);
            assertThat(rows).hasSize(50_000);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i).get(0)).isEqualTo((long) i);
            }
            recovered.latest(recovered.initial(), ReadLimit.ALL);
            assertThat(recovered.splits(source.initial(), end, 2).size()).isGreaterThan(1);
            assertThat(read(recovered, source.initial(), end)).isEqualTo(rows);
        }
    }

    @Test
    void agreesWithAnIndependentReaderOnRandomFilesAndCuts() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] pieces = {"a", "ö", ",", "\"", "\n", "\r\n", " ", "", "long text", "'"};
        for (int run = 0; run < 200; run++) {
            StringBuilder text = new StringBuilder();
            int rows = random.nextInt(20);
            for (int r = 0; r < rows; r++) {
                StringBuilder value = new StringBuilder();
                for (int p = random.nextInt(5); p >= 0; p--) {
                    value.append(pieces[random.nextInt(pieces.length)]);
                }
                text.append(r)
                        .append(",\"")
                        .append(value.toString().replace("\"", "\"\""))
                        .append("\"\n");
            }
            Path file = write(dir.resolve(run + "/a.csv"), text.toString());
            List<List<Object>> expected = new ArrayList<>();
            try (var records = CsvReader.builder().ofCsvRecord(file)) {
                records.forEach(r -> expected.add(row(Long.valueOf(r.getField(0)), r.getField(1))));
            }
            try (Source source = csv(dir.resolve(String.valueOf(run)), AB, Map.of())) {
                List<List<Object>> actual = new ArrayList<>();
                int most = 1 + random.nextInt(4);
                batches(source, new ReadLimit(most, 40, 1)).forEach(actual::addAll);
                assertThat(actual).as("seed %d, run %d", seed, run).isEqualTo(expected);
            }
        }
    }

    @Test
    void optionsAreChecked() throws Exception {
        write(dir.resolve("a.csv"), "1,x\n");
        assertThatThrownBy(() -> csv(dir, AB, Map.of("heeder", "true")))
                .hasMessageContaining("[UNKNOWN_OPTION]")
                .hasMessageContaining("header");
        assertThatThrownBy(() -> csv(dir, AB, Map.of("sep", "||"))).hasMessageContaining("[BAD_OPTION]");
        assertThatThrownBy(() -> csv(dir, AB, Map.of("timestampFormat", "{"))).hasMessageContaining("[BAD_OPTION]");
        assertThatThrownBy(() -> csv(dir, AB, Map.of("maxRowsPerTrigger", "0"))).hasMessageContaining("[BAD_OPTION]");
        assertThat(new CsvConnector().source().options()).hasSizeLessThanOrEqualTo(14);
        assertThat(Files.exists(dir.resolve("a.csv"))).isTrue();
    }
}
