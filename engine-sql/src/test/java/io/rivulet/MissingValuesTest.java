package io.rivulet;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.sql.parser.SqlParser;
import io.rivulet.vector.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Columns and rows that are not there: na(), distinct, several columns at once. */
class MissingValuesTest {
    private final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    private DataFrame frame() {
        FeedSource source = new FeedSource(SqlParser.schema("n INT, d DOUBLE, s STRING, b BOOLEAN"));
        source.add(1, 1.5, "a", true)
                .add(null, Double.NaN, "b", null)
                .add(3, null, null, false)
                .add(null, null, null, null);
        return engine.read(source);
    }

    private static List<List<@Nullable Object>> values(DataFrame frame) {
        List<List<@Nullable Object>> values = new ArrayList<>();
        for (Row row : frame.collect()) {
            values.add(new ArrayList<>(row.values()));
        }
        return values;
    }

    private static List<@Nullable Object> row(@Nullable Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    @Test
    void rowsWithMissingValuesAreDropped() {
        assertThat(values(frame().na().drop())).containsExactly(row(1, 1.5, "a", true));
        assertThat(values(frame().na().drop("all").select("s")))
                .containsExactly(row("a"), row("b"), row((Object) null));
        assertThat(values(frame().na().drop(new String[] {"D"}).select("n"))).containsExactly(row(1));
        assertThat(values(frame().na().drop("all", new String[] {"n", "b"}).select("n")))
                .containsExactly(row(1), row(3));
        assertThat(values(frame().na().drop(2).select("n"))).containsExactly(row(1), row(3));
        assertThat(values(frame().na().drop(1, new String[] {"d", "s"}).select("s")))
                .containsExactly(row("a"), row("b"));
    }

    @Test
    void missingValuesAreFilledByType() {
        assertThat(values(frame().na().fill(7).select("n", "d")))
                .containsExactly(row(1, 1.5), row(7, 7.0), row(3, 7.0), row(7, 7.0));
        assertThat(values(frame().na().fill(0.5, new String[] {"d"}).select("n", "d")))
                .containsExactly(row(1, 1.5), row(null, 0.5), row(3, 0.5), row(null, 0.5));
        assertThat(values(frame().na().fill("?").na().fill(true).select("s", "b")))
                .containsExactly(row("a", true), row("b", true), row("?", false), row("?", true));
        assertThat(values(frame().na().fill(Map.of("n", 2.9, "S", "x")).select("n", "s")))
                .containsExactly(row(1, "a"), row(2, "b"), row(3, "x"), row(2, "x"));
        assertThat(frame().na().fill(1).schema().names()).containsExactly("n", "d", "s", "b");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> frame().na().drop("some"))
                .hasMessageContaining("BAD_ARGUMENT")
                .hasMessageContaining("any and all");
        assertThatThrownBy(() -> frame().na().fill(1, new String[] {"s"}))
                .hasMessageContaining("TYPE_MISMATCH")
                .hasMessageContaining("'s' is STRING");
        assertThatThrownBy(() -> frame().na().fill(Map.of("m", 1)))
                .hasMessageContaining("UNKNOWN_COLUMN")
                .hasMessageContaining("'m'");
        assertThatThrownBy(() -> frame().na().drop(new String[] {"m"})).hasMessageContaining("UNKNOWN_COLUMN");
    }

    @Test
    void severalColumnsAreMadeOfTheSameInput() {
        Map<String, Column> columns = new LinkedHashMap<>();
        columns.put("n", col("n").plus(1));
        columns.put("m", col("n").multiply(10));
        DataFrame made = frame().select("n", "s").withColumns(columns).limit(1);
        assertThat(made.columns()).containsExactly("n", "s", "m");
        assertThat(values(made)).containsExactly(row(2, "a", 10));
        assertThat(frame().withColumnsRenamed(Map.of("N", "number", "s", "text"))
                        .columns())
                .containsExactly("number", "d", "text", "b");
        Map<String, Column> twice = new LinkedHashMap<>();
        twice.put("x", lit(1));
        twice.put("X", lit(2));
        assertThatThrownBy(() -> frame().withColumns(twice)).hasMessageContaining("BAD_ARGUMENT");
        assertThatThrownBy(() -> frame().withColumnsRenamed(Map.of("m", "x"))).hasMessageContaining("UNKNOWN_COLUMN");
    }

    @Test
    void distinctGivesEachRowOnce() {
        DataFrame twice = frame().union(frame());
        assertThat(values(twice.distinct())).containsExactlyInAnyOrderElementsOf(values(frame()));
        assertThat(values(twice.select("s").distinct().filter(col("s").isNotNull())))
                .containsExactlyInAnyOrder(row("a"), row("b"));
        assertThat(twice.groupBy("s").count().groupBy("count").count().count()).isEqualTo(2);
    }
}
