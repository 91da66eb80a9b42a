package io.rivulet.files;

import static io.rivulet.files.Inputs.allColumns;
import static io.rivulet.files.Inputs.schema;
import static io.rivulet.files.Inputs.source;
import static io.rivulet.files.Inputs.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.BadRows;
import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that do not parse are offered whole, with place and reason, before the mode decides. */
@NullUnmarked // rows hold nulls
class BadRowsTest {
    private static final Schema AB = schema("a", DataType.BIGINT, "b", DataType.STRING);

    @TempDir
    Path dir;

    private static final class Taken implements BadRows {
        final List<String> rows = new ArrayList<>();
        final boolean takes;
        int dropped;

        Taken(boolean takes) {
            this.takes = takes;
        }

        @Override
        public boolean take(String raw, String place, String reason) {
            rows.add(raw + " | " + place.substring(place.lastIndexOf('/') + 1) + " | " + reason);
            return takes;
        }

        @Override
        public void dropped() {
            dropped++;
        }
    }

    private List<List<Object>> read(ConnectorProvider provider, Map<String, String> options, BadRows bad) {
        List<List<Object>> rows = new ArrayList<>();
        try (Source source = source(provider, dir, AB, options)) {
            ReadContext context = new ReadContext(AB, allColumns(source), 2, Inputs.UTC, bad);
            Offset end = source.latest(source.initial(), ReadLimit.ALL);
            for (Split split : source.splits(source.initial(), end, 1)) {
                try (SplitReader reader = source.reader(split, context)) {
                    ColumnBatch batch;
                    while ((batch = reader.next()) != null) {
                        for (int i = 0; i < batch.rowCount(); i++) {
                            rows.add(batch.row(i).values());
                        }
                    }
                }
            }
        }
        return rows;
    }

    @Test
    void csvRowsAreOfferedWhole() throws Exception {
        write(dir.resolve("a.csv"), "1,x\n\"two\nlines\",y\n3\n4,z\n");
        Taken taken = new Taken(true);
        assertThat(read(new CsvConnector(), Map.of(), taken)).containsExactly(Inputs.row(1L, "x"), Inputs.row(4L, "z"));
        assertThat(taken.rows)
                .containsExactly(
                        "\"two\nlines\",y | a.csv, line 2, byte 4 | column a: 'two\nlines' is no BIGINT",
                        "3 | a.csv, line 4, byte 18 | '3' has 1 fields instead of 2");
        assertThat(taken.dropped).isZero();
    }

    @Test
    void jsonRowsAreOfferedWhole() throws Exception {
        write(dir.resolve("a.json"), "{\"a\":1}\n{\"a\":\"x\",\"b\":\"y\"}\nnonsense\n{\"a\":4}\n");
        Taken taken = new Taken(true);
        assertThat(read(new JsonConnector(), Map.of(), taken)).hasSize(2);
        assertThat(taken.rows)
                .hasSize(2)
                .first()
                .isEqualTo("{\"a\":\"x\",\"b\":\"y\"} | a.json, line 2, byte 8 | column a: 'x' is no BIGINT");
        assertThat(taken.rows.get(1)).startsWith("nonsense | a.json, line 3, byte 26 | ");
    }

    @Test
    void theModeDecidesAboutRowsThatNobodyTakes() throws Exception {
        write(dir.resolve("a.csv"), "1,x\nbad,y\n");
        Taken refused = new Taken(false);
        assertThatThrownBy(() -> read(new CsvConnector(), Map.of(), refused))
                .hasMessageContaining("[MALFORMED_ROW]")
                .hasMessageContaining("a.csv, line 2, byte 4, column a: 'bad' is no BIGINT");
        assertThat(refused.rows).hasSize(1);
        Taken dropped = new Taken(false);
        assertThat(read(new CsvConnector(), Map.of("mode", "dropMalformed"), dropped))
                .hasSize(1);
        assertThat(dropped.dropped).isEqualTo(1);
    }

    @Test
    void theRawTextIsBounded() throws Exception {
        write(dir.resolve("a.csv"), "1,x\nbad," + "y".repeat(100_000) + "\n2,z\n");
        Taken taken = new Taken(true);
        assertThat(read(new CsvConnector(), Map.of(), taken)).hasSize(2);
        assertThat(taken.rows)
                .singleElement()
                .asString()
                .contains("… (the first 65536 of 100004 bytes)")
                .hasSizeLessThan(66_000);
    }
}
