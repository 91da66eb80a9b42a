package io.rivulet.files;

import static io.rivulet.files.Inputs.batch;
import static io.rivulet.files.Inputs.csv;
import static io.rivulet.files.Inputs.readAll;
import static io.rivulet.files.Inputs.row;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.sinkContext;
import static io.rivulet.files.Inputs.source;
import static io.rivulet.files.Inputs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.Source;
import io.rivulet.connector.WriteContext;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.Selection;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // rows hold nulls
class PartitionedSinkTest {
    private static final Schema KDV = schema("k", DataType.STRING, "d", DataType.DATE, "v", DataType.BIGINT);
    private static final LocalDate DAY = LocalDate.of(2024, 1, 31);

    @TempDir
    Path dir;

    private Sink open(ConnectorProvider provider, Schema schema, Map<String, String> options) {
        return provider.sink().open(sinkContext(dir.resolve("out"), "q", schema, options));
    }

    private void writeAll(ConnectorProvider provider, Schema schema, Map<String, String> options, ColumnBatch... all) {
        try (Sink sink = open(provider, schema, options)) {
            for (int i = 0; i < all.length; i++) {
                SinkWriter writer = sink.writer(new WriteContext(i, 0, 0));
                writer.write(all[i]);
                sink.commit(i, List.of(sink.decode(writer.prepare().encode())));
            }
        }
    }

    private List<String> files() throws Exception {
        Path out = dir.resolve("out");
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(Files::isRegularFile)
                    .map(p -> out.relativize(p).toString())
                    .filter(p -> !p.startsWith("_"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void valuesBecomeDirectoriesAndAreReadBack() throws Exception {
        writeAll(
                new CsvConnector(),
                KDV,
                Map.of("partitionBy", "k, d", "header", "true"),
                batch(KDV, List.of(row("a", DAY, 1L), row("b", DAY, 2L), row("a", DAY, 3L), row("a", null, 4L))),
                batch(KDV, List.of(row("a", DAY, 5L))));
        assertThat(files())
                .containsExactly(
                        "k=a/d=2024-01-31/part-0000000000-00000.csv",
                        "k=a/d=2024-01-31/part-0000000001-00000.csv",
                        "k=a/d=__HIVE_DEFAULT_PARTITION__/part-0000000000-00000.csv",
                        "k=b/d=2024-01-31/part-0000000000-00000.csv");
        assertThat(Files.readString(dir.resolve("out").resolve(files().get(0)))).isEqualTo("v\n1\n3\n");
        try (Source source = csv(dir.resolve("out"), KDV, Map.of("header", "true"))) {
            assertThat(readAll(source))
                    .containsExactlyInAnyOrder(
                            row("a", DAY, 1L),
                            row("a", DAY, 3L),
                            row("a", null, 4L),
                            row("b", DAY, 2L),
                            row("a", DAY, 5L));
            assertThat(Inputs.read(
                            source,
                            source.initial(),
                            source.latest(source.initial(), io.rivulet.connector.ReadLimit.ALL),
                            new int[] {1},
                            1,
                            new java.util.concurrent.atomic.AtomicInteger()))
                    .as("a partition column alone")
                    .hasSize(5)
                    .contains(row(DAY));
        }
        try (Source onlyValues = csv(dir.resolve("out"), schema("v", DataType.BIGINT), Map.of("header", "true"))) {
            assertThat(readAll(onlyValues)).hasSize(5);
        }
    }

    @Test
    void aColumnWhoseNameBeginsAsHiddenOnesDoIsReadBackWithoutTheManifest() throws Exception {
        Schema schema = schema("_k", DataType.STRING, "v", DataType.BIGINT);
        writeAll(new CsvConnector(), schema, Map.of("partitionBy", "_k"), batch(schema, List.of(row("a", 1L))));
        try (Source source = csv(dir.resolve("out") + "/*", schema, Map.of())) {
            assertThat(readAll(source)).containsExactly(row("a", 1L));
        }
    }

    @Test
    void theTextThatStandsForNullIsNotNull() throws Exception {
        Schema schema = schema("k", DataType.STRING, "v", DataType.BIGINT);
        List<List<Object>> rows =
                List.of(row(PartitionPath.NULL_NAME, 1L), row(null, 2L), row(PartitionPath.NULL_NAME, 3L));
        writeAll(new CsvConnector(), schema, Map.of("partitionBy", "k"), batch(schema, rows));
        assertThat(files())
                .containsExactly(
                        "k=%5F_HIVE_DEFAULT_PARTITION__/part-0000000000-00000.csv",
                        "k=__HIVE_DEFAULT_PARTITION__/part-0000000000-00000.csv");
        try (Source source = csv(dir.resolve("out"), schema, Map.of())) {
            assertThat(readAll(source)).containsExactlyInAnyOrderElementsOf(rows);
        }
    }

    @Test
    void charactersThatMeanSomethingInPathsAreEscapedAsHiveDoes() throws Exception {
        Schema kv = schema("the:key", DataType.STRING, "v", DataType.BIGINT);
        List<String> keys =
                List.of("a/b", "../..", "x=y", "100%", "sp ace", "ö,☃", "q\"'", "{[^]}", "line\nend", "%2F");
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            rows.add(row(keys.get(i), (long) i));
        }
        rows.add(row("", 98L));
        rows.add(row(null, 99L));
        writeAll(new JsonConnector(), kv, Map.of("partitionBy", "the:key"), batch(kv, rows));
        assertThat(files())
                .hasSize(11)
                .contains(
                        "the%3Akey=a%2Fb/part-0000000000-00000.json",
                        "the%3Akey=x%3Dy/part-0000000000-00000.json",
                        "the%3Akey=100%25/part-0000000000-00000.json",
                        "the%3Akey=line%0Aend/part-0000000000-00000.json",
                        "the%3Akey=__HIVE_DEFAULT_PARTITION__/part-0000000000-00000.json");
        rows.set(keys.size(), row(null, 98L));
        try (Source source = source(new JsonConnector(), dir.resolve("out"), kv, Map.of())) {
            assertThat(readAll(source)).containsExactlyInAnyOrderElementsOf(rows);
        }
    }

    @Test
    void everyScalarComesBackFromItsDirectory() {
        Schema all = schema(
                "i",
                DataType.INT,
                "t",
                DataType.TIMESTAMP,
                "b",
                DataType.BOOLEAN,
                "x",
                DataType.DOUBLE,
                "v",
                DataType.STRING);
        List<Object> row = row(7, Instant.parse("2024-01-31T12:34:56.789Z"), true, 0.5, "rest");
        writeAll(new CsvConnector(), all, Map.of("partitionBy", "i,t,b,x"), batch(all, List.of(row)));
        try (Source source = csv(dir.resolve("out"), all, Map.of())) {
            assertThat(readAll(source)).containsExactly(row);
        }
    }

    @Test
    void moreDirectoriesThanOpenFilesKeepOrderAndRows() throws Exception {
        int keys = 3 * PartitionedWriter.MOST_OPEN + 5;
        Schema kv = schema("k", DataType.BIGINT, "v", DataType.BIGINT);
        for (String compression : List.of("none", "gzip")) {
            Path out = dir.resolve(compression);
            Map<String, String> options = Map.of("partitionBy", "k", "compression", compression);
            try (Sink sink = new CsvConnector().sink().open(sinkContext(out, "q", kv, options))) {
                SinkWriter writer = sink.writer(new WriteContext(0, 0, 0));
                for (long round = 0; round < 4; round++) {
                    List<List<Object>> rows = new ArrayList<>();
                    for (long k = 0; k < keys; k++) {
                        rows.add(row(k, round));
                    }
                    writer.write(batch(kv, rows));
                }
                sink.commit(0, List.of(writer.prepare()));
            }
            try (Source source = csv(out, kv, Map.of())) {
                List<List<Object>> rows = readAll(source);
                assertThat(rows).hasSize(4 * keys);
                Map<Object, List<Object>> byKey = new HashMap<>();
                rows.forEach(r ->
                        byKey.computeIfAbsent(r.get(0), k -> new ArrayList<>()).add(r.get(1)));
                assertThat(byKey).hasSize(keys);
                assertThat(byKey.values())
                        .allSatisfy(values -> assertThat(values).containsExactly(0L, 1L, 2L, 3L));
            }
        }
    }

    @Test
    void onlySelectedRowsAreWritten() {
        ColumnBatch rows = batch(KDV, List.of(row("a", DAY, 1L), row("b", DAY, 2L), row("a", DAY, 3L)));
        writeAll(new CsvConnector(), KDV, Map.of("partitionBy", "k"), rows.select(new Selection(new int[] {0, 2}, 2)));
        try (Source source = csv(dir.resolve("out"), KDV, Map.of())) {
            assertThat(readAll(source)).containsExactly(row("a", DAY, 1L), row("a", DAY, 3L));
        }
    }

    @Test
    void compressedFilesAreGzipAndSayThatByTheirNames() throws Exception {
        writeAll(
                new CsvConnector(),
                KDV,
                Map.of("compression", "gzip", "header", "true"),
                batch(KDV, List.of(row("a", DAY, 1L))));
        assertThat(files()).containsExactly("part-0000000000-00000.csv.gz");
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(dir.resolve("out/part-0000000000-00000.csv.gz")))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("k,d,v\na,2024-01-31,1\n");
        }
    }

    @Test
    void anAbortedAttemptLeavesNoFile() throws Exception {
        try (Sink sink = open(new CsvConnector(), KDV, Map.of("partitionBy", "k"))) {
            SinkWriter writer = sink.writer(new WriteContext(0, 0, 0));
            writer.write(batch(KDV, List.of(row("a", DAY, 1L), row("b", DAY, 2L))));
            writer.prepare();
            writer.abort();
            sink.commit(0, List.of());
        }
        assertThat(files()).isEmpty();
        try (Stream<Path> staged = Files.list(dir.resolve("out/_rivulet/staging"))) {
            assertThat(staged).isEmpty();
        }
    }

    @Test
    void aPathThatDoesNotFitTheDeclaredTypeIsNamed() throws Exception {
        write(dir.resolve("in/k=x/a.csv"), "1\n");
        try (Source source = csv(dir.resolve("in"), schema("k", DataType.INT, "v", DataType.BIGINT), Map.of())) {
            assertThatThrownBy(() -> readAll(source))
                    .hasMessageContaining("[MALFORMED_ROW]")
                    .hasMessageContaining("k=x/a.csv")
                    .hasMessageContaining("'x' in the path is no INT")
                    .hasMessageContaining("column k");
        }
    }

    @Test
    void whatCannotBePartitionedIsRefused() {
        refused(KDV, Map.of("partitionBy", "kk"), "[UNKNOWN_COLUMN]", "did you mean 'k'");
        refused(KDV, Map.of("partitionBy", "k,K"), "[BAD_OPTION]", "twice");
        refused(KDV, Map.of("partitionBy", "k,,v"), "[BAD_OPTION]", "partitionBy");
        refused(KDV, Map.of("partitionBy", "k,d,v"), "[BAD_OPTION]", "every column");
        refused(KDV, Map.of("compression", "zip"), "[BAD_OPTION]", "none|gzip");
        refused(
                schema("a", new ArrayType(DataType.INT), "v", DataType.BIGINT),
                Map.of("partitionBy", "a"),
                "[BAD_SCHEMA]",
                "cast it");
        Schema kv = schema("k", DataType.STRING, "v", DataType.BIGINT);
        assertThatThrownBy(() -> writeAll(
                        new CsvConnector(),
                        kv,
                        Map.of("partitionBy", "k"),
                        batch(kv, List.of(row("x".repeat(300), 1L)))))
                .hasMessageContaining("[BAD_ARGUMENT]")
                .hasMessageContaining("302 bytes long");
    }

    private void refused(Schema schema, Map<String, String> options, String... parts) {
        assertThatThrownBy(() -> open(new JsonConnector(), schema, options).close())
                .hasMessageContainingAll(parts);
    }
}
