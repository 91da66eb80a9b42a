package io.rivulet.files;

import static io.rivulet.files.Inputs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.file.LocalFileAccess;
import io.rivulet.time.Clock;
import io.rivulet.type.DataType;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What batch reads without a schema find out from the files. */
class SchemaInferenceTest {
    @TempDir
    Path dir;

    private String ddl(ConnectorProvider provider, boolean streaming, Map<String, String> options) {
        return java.util.Objects.requireNonNull(provider.source())
                .schema(new SourceContext(
                        dir.toString(),
                        null,
                        options,
                        null,
                        streaming,
                        Inputs.UTC,
                        LocalFileAccess.INSTANCE,
                        Clock.system()))
                .ddl();
    }

    @Test
    void csvTypesAreTheNarrowestThatHoldEveryValue() throws Exception {
        write(dir.resolve("a.csv"), """
                i,l,m,x,d,t,b,s,n,mixed
                1,1,1,1,2024-01-31,2024-01-31,true,x,,1
                -7,3000000000,123456789012345678901,0.5,2024-02-01,2024-01-31T12:00:00Z,FALSE,1,,true
                """);
        assertThat(ddl(new CsvConnector(), false, Map.of("header", "true", "inferSchema", "true")))
                .isEqualTo("i INT, l BIGINT, m DECIMAL(21,0), x DOUBLE, d DATE, t TIMESTAMP, b BOOLEAN, s STRING,"
                        + " n STRING, mixed STRING");
    }

    @Test
    void csvWithoutInferenceIsTextAndWithoutHeaderNumbered() throws Exception {
        write(dir.resolve("a.csv"), "1,\"x,y\"\n2,z\n");
        assertThat(ddl(new CsvConnector(), false, Map.of())).isEqualTo("_c0 STRING, _c1 STRING");
        assertThat(ddl(new CsvConnector(), false, Map.of("inferSchema", "true")))
                .isEqualTo("_c0 INT, _c1 STRING");
        assertThat(ddl(new CsvConnector(), false, Map.of("header", "true"))).isEqualTo("1 STRING, x,y STRING");
    }

    @Test
    void aFileWithoutRecordsHasNoHeader() throws Exception {
        Inputs.modifiedAt(write(dir.resolve("a.csv"), "\n\n"), 100);
        Inputs.modifiedAt(write(dir.resolve("b.csv"), "x,y\n1,2\n"), 200);
        assertThat(ddl(new CsvConnector(), false, Map.of("header", "true"))).isEqualTo("x STRING, y STRING");
    }

    @Test
    void aColumnWithoutANameIsNumbered() throws Exception {
        write(dir.resolve("a.csv"), "a,,b\n1,2,3\n");
        assertThat(ddl(new CsvConnector(), false, Map.of("header", "true")))
                .isEqualTo("a STRING, _c1 STRING, b STRING");
        try (Source source = Inputs.csv(
                dir,
                Inputs.schema("_c1", DataType.INT, "a", DataType.INT, "b", DataType.INT),
                Map.of("header", "true"))) {
            assertThat(Inputs.readAll(source)).containsExactly(Inputs.row(2, 1, 3));
        }
    }

    @Test
    void jsonFieldsAreMergedOverLinesInAlphabeticalOrder() throws Exception {
        write(dir.resolve("a.json"), """
                {"z":1,"a":"x","o":{"y":1,"x":null},"l":[1,2.5],"n":null,"e":[]}
                not json
                {"broken":1,
                {"z":2.5,"b":true,"o":{"x":"t"},"a":5,"big":12345678901234567890}
                """);
        assertThat(ddl(new JsonConnector(), false, Map.of()))
                .isEqualTo("a STRING, b BOOLEAN, big DECIMAL(20,0), e ARRAY<STRING>, l ARRAY<DOUBLE>, n STRING,"
                        + " o STRUCT<x: STRING, y: BIGINT>, z DOUBLE");
    }

    @Test
    void directoriesNameColumnsBehindThoseOfTheFiles() throws Exception {
        write(dir.resolve("day=2024-01-31/k=1/a.csv"), "x\n");
        write(dir.resolve("day=2024-02-01/k=__HIVE_DEFAULT_PARTITION__/a.csv"), "y\n");
        assertThat(ddl(new CsvConnector(), false, Map.of())).isEqualTo("_c0 STRING, day DATE, k INT");
        assertThat(ddl(new TextConnector(), false, Map.of())).isEqualTo("value STRING, day DATE, k INT");
    }

    @Test
    void aStreamNeedsADeclaredSchemaAndNoFilesTellNothing() {
        assertThatThrownBy(() -> ddl(new CsvConnector(), true, Map.of("inferSchema", "true")))
                .hasMessageContaining("[BAD_SCHEMA]")
                .hasMessageContaining("for a stream");
        assertThatThrownBy(() -> ddl(new JsonConnector(), false, Map.of()))
                .hasMessageContaining("[BAD_SCHEMA]")
                .hasMessageContaining("no file with rows");
        assertThatThrownBy(() -> ddl(new CsvConnector(), false, Map.of("inferSchema", "maybe")))
                .hasMessageContaining("[BAD_OPTION]")
                .hasMessageContaining("true|false");
    }
}
