package io.rivulet.sql.analysis;

import static io.rivulet.sql.planning.Relations.analyser;
import static io.rivulet.sql.planning.Relations.filter;
import static io.rivulet.sql.planning.Relations.select;
import static io.rivulet.sql.planning.Relations.sql;
import static io.rivulet.sql.planning.Relations.stream;
import static io.rivulet.sql.planning.Relations.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.planning.Explain;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What names and types come to, and what is refused. */
class AnalyserTest {
    private final LogicalPlan events =
            table("ts TIMESTAMP, user STRING, price DOUBLE, n INT NOT NULL, s STRUCT<a: INT>");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "USER | USER STRING",
                "s.A | A INT",
                "n + 1 | (n + 1) INT NOT NULL",
                "n + 1.5 | (n + 1.5) DECIMAL(12,1) NOT NULL",
                "price * n AS total | total DOUBLE",
                "n / 2 AS half | half DOUBLE NOT NULL",
                "coalesce(price, n) AS c | c DOUBLE NOT NULL",
                "case when n > 1 then 1 else 2.5 end AS c | c DECIMAL(11,1) NOT NULL",
                "user = 'x' OR n IN (1, 2) AS b | b BOOLEAN",
                "ts > '2020-01-01' AS b | b BOOLEAN",
                "window(ts, '5 minutes').start AS s | s TIMESTAMP",
            })
    void findsNamesAndTypes(String expression, String column) {
        assertThat(select(events, expression).schema().ddl()).isEqualTo(column);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "pirce | UNKNOWN_COLUMN | there is no column 'pirce'; did you mean 'price'? The columns here are [ts, user,",
                "s.b | UNKNOWN_COLUMN | it has [a]",
                "uper(user) | UNKNOWN_FUNCTION | did you mean 'upper'?",
                "n + ts | TYPE_MISMATCH | (in (n + ts))",
                "window(user, 'ages') | BAD_CAST | ages",
                "window(n, '5 seconds') | TYPE_MISMATCH | n",
                "sum(sum(n)) | UNSUPPORTED_OPERATION | not into each other",
                "sum(user) | TYPE_MISMATCH | sum takes a number, not STRING (in sum(user))",
                "count(distinct s) | TYPE_MISMATCH | DISTINCT needs values that are no array, map or struct, not STRUCT",
                "upper(user) filter (where n > 1) | UNSUPPORTED_OPERATION | FILTER",
                "struct(window(ts, '9 s', '3 s'), window(ts, '8 s', '4 s')) | UNSUPPORTED_OPERATION | 2 sliding windows",
                "sum(window(ts, '9 s', '3 s').end) | UNSUPPORTED_OPERATION | it cannot stand here",
            })
    void refusesWithTheWayOut(String expression, String code, String message) {
        assertThatThrownBy(() -> select(events, expression))
                .hasMessageContaining(code)
                .hasMessageContaining(message);
    }

    @Test
    void filtersNeedConditions() {
        assertThatThrownBy(() -> filter(events, "n + 1"))
                .hasMessageContaining("TYPE_MISMATCH")
                .hasMessageContaining("(n + 1) is INT");
    }

    @Test
    void takesAggregatesOutOfExpressions() {
        LogicalPlan plan = analyser()
                .aggregate(
                        events,
                        sql("upper(user) AS u", "n"),
                        sql("sum(price) / count(price) + 1 AS m", "sum(price)", "concat(upper(user), u) AS uu"));
        assertThat(plan.schema().ddl()).isEqualTo("u STRING, n INT NOT NULL, m DOUBLE, sum(price) DOUBLE, uu STRING");
        assertThat(Explain.logical(plan)).isEqualTo("""
                        Project [u, n, ((sum(price) / CAST(count(price) AS DOUBLE)) + CAST(1 AS DOUBLE)) AS m, sum(price), concat(u, u) AS uu]
                          Aggregate by [upper(user), n] compute [sum(price), count(price)]
                            Table events [ts, user, price, n, s]
                        """);
    }

    @Test
    void aCallGivenTwiceIsComputedOnce() {
        LogicalPlan plan = analyser().aggregate(events, sql("user"), sql("count(*) AS a", "count(1) AS b"));
        assertThat(plan.schema().names()).containsExactly("user", "a", "b");
        assertThat(Explain.logical(plan)).contains("compute [count(*)]");
    }

    @Test
    void columnsBesideAggregatesMustBeGroupedBy() {
        assertThatThrownBy(() -> analyser().aggregate(events, sql("user"), sql("sum(n) + price")))
                .hasMessageContaining("UNKNOWN_COLUMN")
                .hasMessageContaining("'price' is neither grouped by nor inside an aggregate; grouped by is [user]");
        assertThatThrownBy(() -> analyser().aggregate(events, sql("s"), sql("count(*)")))
                .hasMessageContaining("UNSUPPORTED_OPERATION")
                .hasMessageContaining("STRUCT");
        assertThatThrownBy(() -> analyser().aggregate(events, sql("sum(n)"), sql("count(*)")))
                .hasMessageContaining("cannot be grouped by the aggregate");
    }

    @Test
    void groupingByAWindowColumnGroupsByTheWindow() {
        LogicalPlan named = select(events, "window(ts, '10 seconds') AS w", "n");
        LogicalPlan plan = analyser().aggregate(filter(named, "n > 1"), sql("w"), sql("max(n)", "w.end"));
        assertThat(Explain.logical(plan)).isEqualTo("""
                        Project [w, max(n), w.end AS end]
                          Aggregate by [window(time of w, 10 seconds)] compute [max(n)]
                            Filter (n > 1)
                              Project [window(ts, 10 seconds) AS w, n, ts AS time of w]
                                Table events [ts, user, price, n, s]
                        """);
    }

    @Test
    void watermarksAreCarriedByColumnsAndWindows() {
        LogicalPlan timed = analyser().withWatermark(events, "ts", Duration.ofSeconds(10));
        assertThat(EventTime.columns(timed).stream()).containsExactly(0);
        LogicalPlan projected = select(
                timed, "n", "ts AS t", "window(ts, '1 minute')", "window.end IS NULL AS x".replace("window.end", "ts"));
        assertThat(EventTime.columns(projected).stream()).containsExactly(1, 2);
        LogicalPlan grouped = analyser().aggregate(timed, sql("window(ts, '1 minute')", "user"), sql("count(*)"));
        assertThat(EventTime.columns(grouped).stream()).containsExactly(0);
        assertThatThrownBy(() -> analyser().withWatermark(projected, "t", Duration.ZERO))
                .hasMessageContaining("a watermark is defined already, on t");
    }

    @Test
    void watermarksNeedATimestampAndADelay() {
        assertThatThrownBy(() -> analyser().withWatermark(events, "n", Duration.ZERO))
                .hasMessageContaining("TYPE_MISMATCH");
        assertThatThrownBy(() -> analyser().withWatermark(events, "ts", Duration.ofSeconds(-1)))
                .hasMessageContaining("negative");
        assertThatThrownBy(() -> analyser().withWatermark(events, "time", Duration.ZERO))
                .hasMessageContaining("UNKNOWN_COLUMN");
    }

    @Test
    void renamesAndDropsWhatIsThere() {
        assertThat(analyser().drop(events, List.of("TS", "s")).schema().names()).containsExactly("user", "price", "n");
        assertThat(analyser().rename(events, "n", "count").schema().names())
                .containsExactly("ts", "user", "price", "count", "s");
        assertThatThrownBy(() -> analyser().drop(events, List.of("m"))).hasMessageContaining("UNKNOWN_COLUMN");
        assertThat(analyser()
                        .withColumn(events, "N", sql("n + 1").get(0))
                        .schema()
                        .names())
                .containsExactly("ts", "user", "price", "N", "s");
    }

    @Test
    void ambiguousNamesAreRefused() {
        LogicalPlan twice = select(stream("a INT"), "a", "a + 1 AS A");
        assertThatThrownBy(() -> select(twice, "a")).hasMessageContaining("more than one column is named 'a'");
    }
}
