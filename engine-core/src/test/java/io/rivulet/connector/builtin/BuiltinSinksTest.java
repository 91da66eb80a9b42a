package io.rivulet.connector.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.OutputMode;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.WriteContext;
import io.rivulet.file.LocalFileAccess;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Selection;
import io.rivulet.vector.TableText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // rows hold nulls
class BuiltinSinksTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("n", DataType.BIGINT), Field.of("name", DataType.STRING), Field.of("t", DataType.TIMESTAMP));
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static ColumnBatch rows(Object... values) {
        ColumnBuilder[] builders = ColumnBuilder.forSchema(SCHEMA, 4);
        for (int i = 0; i < values.length; i++) {
            builders[i % 3].append(values[i]);
        }
        ColumnVector[] columns = {builders[0].build(), builders[1].build(), builders[2].build()};
        return new ColumnBatch(SCHEMA, columns, values.length / 3);
    }

    private static SinkContext context(String query, OutputMode mode, Map<String, String> options) {
        return new SinkContext(query, null, SCHEMA, mode, options, true, true, UTC, LocalFileAccess.INSTANCE);
    }

    private static List<SinkMessage> prepare(Sink sink, long batch, ColumnBatch... batches) {
        SinkWriter writer = sink.writer(new WriteContext(batch, 0, 0));
        for (ColumnBatch rows : batches) {
            writer.write(rows);
        }
        return List.of(sink.decode(writer.prepare().encode()));
    }

    @Test
    void consoleLinesUpAndSaysWhatItLeavesOut() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        Sink sink = new ConsoleConnector(out)
                .sink()
                .open(context("q", OutputMode.UPDATE, Map.of("numRows", "2", "truncate", "8")));
        List<SinkMessage> messages = prepare(
                sink,
                3,
                rows(1L, "a", Instant.parse("2001-01-01T00:47:00Z"), -22L, "much too long", null),
                rows(3L, "unseen", null));
        sink.commit(3, messages);
        sink.commit(3, messages);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("""
                        -------------------------------------------
                        Batch: 3
                        -------------------------------------------
                        +---+--------+--------+
                        |  n|name    |t       |
                        +---+--------+--------+
                        |  1|a       |2001-...|
                        |-22|much ...|NULL    |
                        +---+--------+--------+
                        only showing top 2 rows

                        """);
    }

    @Test
    void tableTextShowsValuesAsSqlDoes() {
        assertThat(TableText.text(Instant.parse("2001-01-01T00:47:00Z"), UTC)).isEqualTo("2001-01-01 00:47:00");
        assertThat(TableText.text(Instant.parse("2001-01-01T00:47:10.50Z"), UTC))
                .isEqualTo("2001-01-01 00:47:10.5");
        assertThat(TableText.text(new byte[] {1, -1}, UTC)).isEqualTo("[01 FF]");
        assertThat(TableText.text(List.of(1, "x"), UTC)).isEqualTo("[1, x]");
        assertThat(TableText.text(Map.of("k", 1), UTC)).isEqualTo("{k -> 1}");
    }

    @Test
    void memoryTableAddsReplacesAndTakesEachBatchOnce() {
        MemoryTable table = new MemoryTable();
        Sink sink = table.sink().open(context("q", OutputMode.APPEND, Map.of()));
        ColumnBatch two = rows(1L, "a", null, 2L, "b", null);
        sink.commit(0, prepare(sink, 0, two.select(new Selection(new int[] {1}, 1))));
        sink.close();
        Sink restarted = table.sink().open(context("q", OutputMode.APPEND, Map.of()));
        restarted.commit(0, prepare(restarted, 0, two));
        restarted.commit(1, prepare(restarted, 1, rows(3L, "c", null)));
        assertThat(table.rows()).extracting(r -> r.get("n")).containsExactly(2L, 3L);
        assertThat(table.lastBatch()).isEqualTo(1);

        MemoryTable complete = new MemoryTable();
        Sink replacing = complete.sink().open(context("q", OutputMode.COMPLETE, Map.of()));
        replacing.commit(0, prepare(replacing, 0, two));
        replacing.commit(1, prepare(replacing, 1, rows(9L, "z", null)));
        assertThat(complete.rows()).extracting(r -> r.get("n")).containsExactly(9L);
    }

    @Test
    void callbacksGetEveryBatchOnceAndTheirFailuresAreNamed() {
        List<String> seen = new ArrayList<>();
        Sink each = CallbackSinks.forEach(row -> seen.add((String) row.get("name")))
                .open(context("q", OutputMode.APPEND, Map.of()));
        assertThat(each.publication()).isEqualTo(Sink.Publication.BEFORE_COMMIT_POINT);
        each.commit(0, prepare(each, 0, rows(1L, "a", null, 2L, "b", null)));
        assertThat(seen).containsExactly("a", "b");

        List<Long> ids = new ArrayList<>();
        Sink failing = CallbackSinks.forEachBatch((batches, id) -> {
                    ids.add(id);
                    if (ids.size() == 1) {
                        throw new IOException("no connection");
                    }
                })
                .open(context("q", OutputMode.APPEND, Map.of()));
        List<SinkMessage> messages = prepare(failing, 7, rows(1L, "a", null));
        assertThatThrownBy(() -> failing.commit(7, messages))
                .hasMessageContaining("[USER_CODE]")
                .hasMessageContaining("batch 7")
                .hasMessageContaining("no connection");
        failing.commit(7, messages);
        failing.commit(7, messages);
        assertThat(ids).containsExactly(7L, 7L);
    }

    @Test
    void consoleAndNoopAreFoundByName() {
        assertThat(ServiceLoader.load(ConnectorProvider.class))
                .extracting(ConnectorProvider::format)
                .contains("console", "noop");
        Sink noop = new NoopConnector().sink().open(context("q", OutputMode.COMPLETE, Map.of()));
        noop.commit(0, prepare(noop, 0, rows(1L, "a", null)));
        assertThatThrownBy(() -> new NoopConnector().sink().open(context("q", OutputMode.APPEND, Map.of("x", "1"))))
                .hasMessageContaining("[UNKNOWN_OPTION]");
    }
}
