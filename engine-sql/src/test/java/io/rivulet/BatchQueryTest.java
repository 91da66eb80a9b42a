package io.rivulet;

import static io.rivulet.Functions.avg;
import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.expr;
import static io.rivulet.Functions.lit;
import static io.rivulet.Functions.max;
import static io.rivulet.Functions.sum;
import static io.rivulet.Functions.when;
import static io.rivulet.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.error.RivuletException;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.sql.parser.SqlParser;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounded tables through the same operators as streams. */
class BatchQueryTest {
    private Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    private DataFrame flights() {
        FeedSource source = new FeedSource(SqlParser.schema("ts TIMESTAMP, origin STRING, delay INT"));
        source.add(Instant.ofEpochSecond(1), "SFO", 20)
                .add(Instant.ofEpochSecond(5), "LAX", 0)
                .add(Instant.ofEpochSecond(12), "SFO", 10)
                .add(Instant.ofEpochSecond(15), "SFO", null)
                .add(Instant.ofEpochSecond(23), "LAX", 40);
        return engine.read(source);
    }

    private static List<List<Object>> values(DataFrame frame) {
        List<List<Object>> values = new ArrayList<>();
        for (Row row : frame.collect()) {
            values.add(new ArrayList<>(row.values()));
        }
        return values;
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,2048", "3,1", "3,3", "3,2048"})
    void groupsAndAggregatesAtAnyParallelismAndVectorSize(int parallelism, int vectorSize) {
        engine.close();
        engine = Engine.builder()
                .parallelism(parallelism)
                .vectorSize(vectorSize)
                .evaluationMode(EvaluationMode.INTERPRETED)
                .build();
        DataFrame result = flights()
                .groupBy("origin")
                .agg(
                        count("*").as("flights"),
                        avg(when(col("delay").gt(15), 1.0).otherwise(0.0)).as("late"),
                        sum("delay").divide(count("delay")).plus(1).as("mean1"))
                .sort("origin");
        assertThat(result.schema().ddl())
                .isEqualTo("origin STRING, flights BIGINT NOT NULL, late DOUBLE, mean1 DOUBLE");
        assertThat(values(result)).containsExactly(List.of("LAX", 2L, 0.5, 21.0), List.of("SFO", 3L, 1.0 / 3, 16.0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void groupsByTumblingWindows(int parallelism) {
        engine.close();
        engine = Engine.builder().parallelism(parallelism).build();
        DataFrame result = flights()
                .groupBy(window(col("ts"), "10 seconds"), col("origin"))
                .count()
                .select("window.start", "window.end", "origin", "count")
                .sort("start", "origin");
        assertThat(values(result))
                .containsExactly(
                        List.of(Instant.ofEpochSecond(0), Instant.ofEpochSecond(10), "LAX", 1L),
                        List.of(Instant.ofEpochSecond(0), Instant.ofEpochSecond(10), "SFO", 1L),
                        List.of(Instant.ofEpochSecond(10), Instant.ofEpochSecond(20), "SFO", 2L),
                        List.of(Instant.ofEpochSecond(20), Instant.ofEpochSecond(30), "LAX", 1L));
    }

    @Test
    void groupsByAColumnThatIsAWindow() {
        DataFrame result = flights()
                .withColumn("w", window(col("ts"), "10 seconds"))
                .filter(col("w.start").lt(Instant.ofEpochSecond(20)))
                .groupBy("w")
                .agg(count("*").as("n"))
                .selectExpr("w.end AS until", "n")
                .sort("until");
        assertThat(values(result))
                .containsExactly(List.of(Instant.ofEpochSecond(10), 2L), List.of(Instant.ofEpochSecond(20), 2L));
    }

    @Test
    void aggregatesWithoutGroupsGiveOneRowAlsoOverNothing() {
        assertThat(values(flights().filter("delay > 1000").agg(count("*"), sum("delay"))))
                .containsExactly(java.util.Arrays.asList(0L, null));
        assertThat(flights().count()).isEqualTo(5);
    }

    @Test
    void filtersAggregatesSeparately() {
        DataFrame result = flights()
                .agg(
                        count("*").filterWhere(col("origin").equalTo("SFO")).as("sfo"),
                        expr("sum(delay) FILTER (WHERE delay > 15) AS late"));
        assertThat(values(result)).containsExactly(List.of(3L, 60L));
        assertThat(values(flights().agg(count("*").filterWhere(lit(null))))).containsExactly(List.of(0L));
    }

    @Test
    void refusesRowsThatDoNotFitTheirColumns() {
        Schema schema = Schema.of(Field.required("a", DataType.INT), Field.of("b", DataType.INT));
        assertThatThrownBy(() ->
                        engine.createDataFrame(schema, List.of(new Row(schema, new @Nullable Object[] {null, 1}))))
                .hasMessageContaining("TYPE_MISMATCH")
                .hasMessageContaining("column a")
                .hasMessageContaining("NOT NULL");
        assertThatThrownBy(() -> new Row(schema, new Object[] {1}))
                .hasMessageContaining("BAD_ARGUMENT")
                .hasMessageContaining("[a, b]");
    }

    @Test
    void selectsComputesRenamesAndDrops() {
        DataFrame result = flights()
                .withColumn("hours", col("delay").divide(lit(60)))
                .withColumnRenamed("origin", "airport")
                .drop("ts")
                .filter("delay IS NOT NULL AND airport LIKE 'L%'")
                .selectExpr("*", "CASE WHEN delay > 15 THEN 'late' ELSE 'fine' END AS verdict");
        assertThat(result.columns()).containsExactly("airport", "delay", "hours", "verdict");
        assertThat(values(result))
                .containsExactly(List.of("LAX", 0, 0.0, "fine"), List.of("LAX", 40, 40 / 60.0, "late"));
    }

    @Test
    void sortsWithNullsFirstAscendingAndLastDescending() {
        assertThat(values(flights().select("delay").sort("delay")))
                .extracting(row -> row.get(0))
                .containsExactly(null, 0, 10, 20, 40);
        assertThat(values(flights().select("delay").sort(col("delay").desc()).limit(2)))
                .containsExactly(List.of(40), List.of(20));
        assertThat(values(flights()
                                .select("delay")
                                .sort(col("delay").descNullsFirst())
                                .limit(1))
                        .get(0))
                .containsExactly((Object) null);
        assertThat(values(flights()
                        .sort(col("delay").negate().ascNullsLast())
                        .select("delay")
                        .limit(1)))
                .containsExactly(List.of(40));
    }

    record OriginDelay(
            String origin, long flights, @Nullable Integer worst) {}

    @Test
    void readsRowsAsRecordsAndMakesTablesOfRecords() {
        DataFrame grouped = flights()
                .groupBy("origin")
                .agg(count("*").as("flights"), max("delay").as("worst"));
        assertThat(grouped.as(OriginDelay.class).collect())
                .containsExactlyInAnyOrder(new OriginDelay("SFO", 3, 20), new OriginDelay("LAX", 2, 40));
        assertThatThrownBy(() -> flights().as(OriginDelay.class)).hasMessageContaining("UNKNOWN_COLUMN");
        DataFrame made = engine.createDataFrame(List.of(new OriginDelay("OAK", 1, null)), OriginDelay.class);
        assertThat(made.schema().ddl()).isEqualTo("origin STRING, flights BIGINT NOT NULL, worst INT");
        assertThat(made.as(OriginDelay.class).collect()).containsExactly(new OriginDelay("OAK", 1, null));
    }

    @Test
    void explainsLogicalPlansStagesAndCode() {
        DataFrame frame = flights()
                .filter("delay > 5 + 5")
                .select(col("delay").multiply(2).as("twice"));
        assertThat(frame.explain()).startsWith("== Physical plan ==\nStage 0: ").contains("Filter (delay > 10)");
        assertThat(frame.explain(true))
                .startsWith("== Logical plan ==\nProject [(delay * 2) AS twice]\n  Filter (delay > (5 + 5))")
                .contains("== Optimised plan ==");
        assertThat(frame.explain("codegen")).contains("== Generated code ==").contains("class ");
        assertThatThrownBy(() -> frame.explain("plans")).hasMessageContaining("BAD_OPTION");
    }

    @Test
    void showsASchemaAsATree() {
        assertThat(flights().select(col("delay"), window(col("ts"), "1 hour")).treeString())
                .isEqualTo("""
                        root
                         |-- delay: int (nullable = true)
                         |-- window: struct (nullable = true)
                         |    |-- start: timestamp (nullable = true)
                         |    |-- end: timestamp (nullable = true)
                        """);
    }

    @Test
    void showsATable() {
        assertThat(flights().select("origin", "delay").showString(2, 20))
                .contains("origin")
                .contains("SFO")
                .contains("LAX");
    }

    @Test
    void callsFunctionsOfTheUser() {
        engine.udf()
                .register(
                        "shout", (@Nullable String s) -> s == null ? null : s + "!", DataType.STRING, DataType.STRING);
        assertThat(values(flights().selectExpr("shout(origin)").limit(1))).containsExactly(List.of("SFO!"));
        assertThatThrownBy(() -> flights().selectExpr("shuot(origin)"))
                .hasMessageContaining("UNKNOWN_FUNCTION")
                .hasMessageContaining("did you mean 'shout'");
    }

    @Test
    void batchQueriesIgnoreWatermarks() {
        assertThat(flights()
                        .withWatermark("ts", "0 seconds")
                        .groupBy(window(col("ts"), "10 seconds"))
                        .count()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void refusesToCollectAStream() {
        FeedSource source = new FeedSource(SqlParser.schema("a INT"));
        assertThatThrownBy(() -> engine.readStream(source).collect())
                .isInstanceOf(RivuletException.class)
                .hasMessageContaining("UNSUPPORTED_OPERATION")
                .hasMessageContaining("writeStream()");
        assertThatThrownBy(
                        () -> engine.read(source).writeStream().format("noop").start())
                .hasMessageContaining("readStream()");
    }

    @Test
    void ofAnOptionInSeveralCasesTheLastCounts(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("a.csv"), "1;2\n");
        assertThat(engine.read()
                        .schema("a INT, b INT")
                        .option("sep", "|")
                        .option("SEP", ",")
                        .option("Sep", ";")
                        .csv(file.toString())
                        .count())
                .isEqualTo(1);
    }

    @Test
    void namesFormatsAndOptionsThatAreNotThere() {
        assertThatThrownBy(() -> engine.read().format("cvs").load("x"))
                .hasMessageContaining("UNKNOWN_FORMAT")
                .hasMessageContaining("noop");
        assertThatThrownBy(() -> Engine.builder().option("paralellism", 2).build())
                .hasMessageContaining("UNKNOWN_OPTION")
                .hasMessageContaining("did you mean 'parallelism'");
        assertThatThrownBy(() -> Engine.builder().timeZone("Mars/Base").build()).hasMessageContaining("BAD_OPTION");
    }
}
