package io.rivulet.files;

import static io.rivulet.files.Inputs.batches;
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
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.MapType;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // rows hold nulls
class JsonSourceTest {
    private static final Schema AB = schema("a", DataType.BIGINT, "b", DataType.STRING);

    @TempDir
    Path dir;

    private Source json(Schema schema, Map<String, String> options) {
        return source(new JsonConnector(), dir, schema, options);
    }

    @Test
    void missingFieldsAreNullAndUnknownOnesArePassedOver() throws Exception {
        write(
                dir.resolve("a.json"),
                "{\"b\":\"x\",\"other\":{\"a\":[1,{}]},\"a\":1}\r\n\n{\"a\":null}\n {} \n{\"b\":\"\\u00f6\\n\"}");
        try (Source source = json(AB, Map.of())) {
            assertThat(readAll(source))
                    .containsExactly(row(1L, "x"), row(null, null), row(null, null), row(null, "ö\n"));
        }
    }

    @Test
    void aStringColumnTakesAnyValueAsText() throws Exception {
        write(
                dir.resolve("a.json"),
                "{\"b\":1.50}\n{\"b\":true}\n{\"a\":1, \"b\": {\"x\": [1, 2]} , \"c\":1}\n{\"b\":[ ]}\n");
        try (Source source = json(AB, Map.of())) {
            assertThat(readAll(source))
                    .extracting(r -> r.get(1))
                    .containsExactly("1.50", "true", "{\"x\": [1, 2]}", "[ ]");
        }
    }

    @Test
    void oneRowPerBatch() throws Exception {
        write(dir.resolve("a.json"), "{\"a\":1}\n{\"a\":2}\n{\"a\":3}");
        try (Source source = json(schema("a", DataType.BIGINT), Map.of("maxRowsPerTrigger", "1"))) {
            assertThat(batches(source, new ReadLimit(100, 1 << 20, 10)))
                    .containsExactly(List.of(row(1L)), List.of(row(2L)), List.of(row(3L)));
        }
    }

    @Test
    void malformedRowsFailOrAreDroppedWhole() throws Exception {
        write(dir.resolve("a.json"), """
                {"a":1,"b":"x"}
                {"b":"y","a":"1"}
                {"a":1.5}
                {"a":99999999999999999999}
                [1]
                {"a":1
                {"a":1}{"a":2}
                {"a":1,"a":2}
                nonsense
                {"a":2}
                """);
        AtomicInteger malformed = new AtomicInteger();
        try (Source dropping = json(AB, Map.of("mode", "dropMalformed"));
                Source failing = json(AB, Map.of())) {
            Offset end = dropping.latest(dropping.initial(), ReadLimit.ALL);
            assertThat(read(dropping, dropping.initial(), end, new int[] {0, 1}, 1, malformed))
                    .containsExactly(row(1L, "x"), row(2L, null));
            assertThat(malformed).hasValue(8);
            assertThatThrownBy(() -> readAll(failing))
                    .hasMessageContaining("[MALFORMED_ROW]")
                    .hasMessageContaining("a.json, line 2, byte 16, column a: '1' is no BIGINT");
        }
    }

    @Test
    void nestedMisfitsAreMalformed() throws Exception {
        Schema schema = schema("l", new ArrayType(DataType.INT), "m", new MapType(DataType.INT, DataType.STRING));
        write(
                dir.resolve("a.json"),
                "{\"l\":[1,2],\"m\":{\"1\":\"x\"}}\n{\"l\":[1,\"2\"]}\n{\"l\":3}\n{\"m\":{\"k\":\"x\"}}\n{\"l\":[]}\n");
        AtomicInteger malformed = new AtomicInteger();
        try (Source source = json(schema, Map.of("mode", "dropMalformed"))) {
            Offset end = source.latest(source.initial(), ReadLimit.ALL);
            assertThat(read(source, source.initial(), end, new int[] {0, 1}, 1, malformed))
                    .containsExactly(row(List.of(1, 2), Map.of(1, "x")), row(List.of(), null));
            assertThat(malformed).hasValue(3);
        }
    }

    @Test
    void whatIsGivenTwiceIsMalformedAtAnyDepth() throws Exception {
        Schema schema = schema(
                "s",
                new StructType(schema("x", DataType.INT, "y", DataType.INT)),
                "m",
                new MapType(DataType.INT, DataType.STRING));
        for (String twice : List.of(
                "{\"m\":{},\"m\":{}}", "{\"s\":{\"x\":null,\"y\":1,\"x\":2}}", "{\"m\":{\"1\":\"a\",\"01\":\"b\"}}")) {
            write(dir.resolve("a.json"), twice + "\n");
            try (Source source = json(schema, Map.of())) {
                assertThatThrownBy(() -> Inputs.readAll(source))
                        .hasMessageContaining("MALFORMED_ROW")
                        .hasMessageContaining("given a second time");
            }
        }
    }

    @Test
    void onlyWantedColumnsAreParsed() throws Exception {
        write(dir.resolve("a.json"), "{\"a\":\"no number\",\"b\":\"x\"}\n");
        try (Source source = json(AB, Map.of())) {
            Offset end = source.latest(source.initial(), ReadLimit.ALL);
            assertThat(read(source, source.initial(), end, new int[] {1}, 1, new AtomicInteger()))
                    .containsExactly(row("x"));
        }
    }
}
