package io.rivulet.files;

import static io.rivulet.files.Inputs.batch;
import static io.rivulet.files.Inputs.readAll;
import static io.rivulet.files.Inputs.row;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.sinkContext;
import static io.rivulet.files.Inputs.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.Source;
import io.rivulet.connector.WriteContext;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.Field;
import io.rivulet.type.MapType;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import io.rivulet.vector.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // rows hold nulls
class RoundTripTest {
    private static final Schema SCALARS = schema(
            "bool", DataType.BOOLEAN,
            "tiny", DataType.TINYINT,
            "small", DataType.SMALLINT,
            "int", DataType.INT,
            "big", DataType.BIGINT,
            "float", DataType.FLOAT,
            "double", DataType.DOUBLE,
            "decimal", new DecimalType(12, 3),
            "wide", new DecimalType(38, 10),
            "string", DataType.STRING,
            "date", DataType.DATE,
            "timestamp", DataType.TIMESTAMP,
            "ntz", DataType.TIMESTAMP_NTZ,
            "months", DataType.INTERVAL_YEAR_MONTH,
            "time", DataType.INTERVAL_DAY_TIME,
            "nothing", DataType.NULL);

    private static final List<List<Object>> ROWS = List.of(
            row(
                    true,
                    (byte) -128,
                    (short) 32767,
                    Integer.MIN_VALUE,
                    Long.MIN_VALUE,
                    1.1f,
                    0.1,
                    new BigDecimal("-0.001"),
                    new BigDecimal("1234567890123456789012345678.0123456789"),
                    "a,\"b\"\n\r\n\tö € 𝄞 \\ \u0001",
                    LocalDate.of(1582, 10, 15),
                    Instant.parse("1969-12-31T23:59:59.999999Z"),
                    LocalDateTime.of(2024, 2, 29, 12, 0, 0, 500_000_000),
                    Period.of(-1, -2, 0),
                    Duration.ofSeconds(90_061, 5_000),
                    null),
            row(
                    false,
                    (byte) 0,
                    (short) 0,
                    0,
                    Long.MAX_VALUE,
                    Float.NaN,
                    Double.NEGATIVE_INFINITY,
                    new BigDecimal("999999999.999"),
                    new BigDecimal("-0.0000000001"),
                    "",
                    LocalDate.of(1, 1, 1),
                    Instant.parse("9999-12-31T23:59:59Z"),
                    LocalDateTime.of(1, 1, 1, 0, 0),
                    Period.of(0, 0, 0),
                    Duration.ZERO,
                    null),
            row(new Object[16]));

    @TempDir
    Path dir;

    private List<List<Object>> roundTrip(
            ConnectorProvider provider,
            Schema schema,
            List<List<Object>> rows,
            Map<String, String> writeOptions,
            Map<String, String> readOptions) {
        try (Sink sink = provider.sink().open(sinkContext(dir.resolve("out"), "q", schema, writeOptions))) {
            SinkWriter writer = sink.writer(new WriteContext(0, 0, 0));
            writer.write(batch(schema, rows));
            sink.commit(0, List.of(writer.prepare()));
        }
        try (Source source = source(provider, dir.resolve("out"), schema, readOptions)) {
            return readAll(source);
        }
    }

    @Test
    void csvKeepsEveryScalar() {
        assertThat(roundTrip(new CsvConnector(), SCALARS, ROWS, Map.of(), Map.of()))
                .isEqualTo(ROWS);
    }

    @Test
    void csvKeepsEveryScalarWithOtherSigns() {
        Map<String, String> options = Map.of("sep", "1", "quote", "'", "nullValue", "0", "header", "true");
        assertThat(roundTrip(new CsvConnector(), SCALARS, ROWS, options, options))
                .isEqualTo(ROWS);
    }

    @Test
    void jsonKeepsEveryScalar() {
        assertThat(roundTrip(new JsonConnector(), SCALARS, ROWS, Map.of(), Map.of()))
                .isEqualTo(ROWS);
    }

    @Test
    void patternsAreUsedBothWays() throws Exception {
        Schema schema = schema("t", DataType.TIMESTAMP, "d", DataType.DATE);
        List<List<Object>> rows = List.of(row(Instant.parse("2024-12-24T18:30:00Z"), LocalDate.of(2024, 12, 24)));
        Map<String, String> options = Map.of("timestampFormat", "dd.MM.yyyy\"HH:mm", "dateFormat", "yyyyMMdd");
        assertThat(roundTrip(new JsonConnector(), schema, rows, options, options))
                .isEqualTo(rows);
        assertThat(Files.readString(dir.resolve("out/part-0000000000-00000.json"), StandardCharsets.UTF_8))
                .isEqualTo("{\"t\":\"24.12.2024\\\"18:30\",\"d\":\"20241224\"}\n");
    }

    @Test
    void jsonKeepsBinaryAndNestedValues() throws Exception {
        Schema point = Schema.of(Field.of("x", DataType.INT), Field.of("tags", new ArrayType(DataType.STRING)));
        Schema schema = schema(
                "list", new ArrayType(new ArrayType(DataType.BIGINT)),
                "map", new MapType(DataType.STRING, DataType.DOUBLE),
                "byId", new MapType(DataType.INT, new StructType(point)),
                "point", new StructType(point));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("a\"b", 1.5);
        map.put("none", null);
        Row one = Inputs.structValue(point, 1, Arrays.asList("x", null));
        List<List<Object>> rows = List.of(
                row(List.of(List.of(1L, 2L), List.of()), map, Map.of(7, one), one),
                row(null, Map.of(), null, Inputs.structValue(point, null, null)));
        assertThat(roundTrip(new JsonConnector(), schema, rows, Map.of(), Map.of()))
                .isEqualTo(rows);
        assertThat(Files.readString(dir.resolve("out/part-0000000000-00000.json"), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"list\":[[1,2],[]],\"map\":{\"a\\\"b\":1.5,\"none\":null},\"byId\":{\"7\":{\"x\":1,"
                                + "\"tags\":[\"x\",null]}},\"point\":{\"x\":1,\"tags\":[\"x\",null]}}\n{\"map\":{},\"point\":{}}\n");
    }

    @Test
    void binaryIsBase64() {
        Schema schema = schema("b", DataType.BINARY);
        byte[] bytes = {0, 1, -1};
        assertThat(roundTrip(new JsonConnector(), schema, List.of(row(bytes)), Map.of(), Map.of())
                        .get(0)
                        .get(0))
                .isEqualTo(bytes);
    }

    @Test
    void aNullThatIsTheWholeLineIsNotLost() {
        Schema schema = schema("n", DataType.INT);
        List<List<Object>> rows = List.of(row(1), row((Object) null), row(3));
        assertThat(roundTrip(new CsvConnector(), schema, rows, Map.of(), Map.of()))
                .isEqualTo(rows);
    }

    @Test
    void bothFormatsAreFoundByName() {
        assertThat(ServiceLoader.load(ConnectorProvider.class))
                .extracting(ConnectorProvider::format)
                .contains("csv", "json");
    }
}
