package io.rivulet.testkit;

import static io.rivulet.Functions.approx_count_distinct;
import static io.rivulet.Functions.bool_and;
import static io.rivulet.Functions.bool_or;
import static io.rivulet.Functions.col;
import static io.rivulet.Functions.collect_list;
import static io.rivulet.Functions.collect_set;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.countDistinct;
import static io.rivulet.Functions.expr;
import static io.rivulet.Functions.max_by;
import static io.rivulet.Functions.min_by;
import static io.rivulet.Functions.sum_distinct;
import static io.rivulet.Functions.window;
import static io.rivulet.testkit.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.Column;
import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.expression.EvaluationMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Aggregates beyond counts, sums and extremes, in every output mode, over restarts and partitions: trades are (second,
 * user, item, price, whether it was a sale).
 */
@Timeout(120)
class MoreAggregatesTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";

    private final MemoryInput trades = MemoryInput.of("t TIMESTAMP, user STRING, item STRING, price INT, sale BOOLEAN");

    @TempDir
    Path checkpoint;

    private static List<@Nullable Object> trade(
            long second,
            @Nullable String user,
            @Nullable String item,
            @Nullable Integer price,
            @Nullable Boolean sale) {
        return row(Instant.ofEpochSecond(second), user, item, price, sale);
    }

    private static Function<Engine, DataFrame> byUser(MemoryInput input, Column... results) {
        return engine -> engine.readStream(input).groupBy("user").agg(results);
    }

    private static Function<Engine, DataFrame> windowed(MemoryInput input, Column... results) {
        return engine -> engine.readStream(input)
                .withWatermark("t", "10 seconds")
                .groupBy(window(col("t"), "5 seconds"), col("user"))
                .agg(results)
                .withColumn("window", expr("unix_timestamp(window.start)"));
    }

    private StreamScript script(Variation variation, OutputMode mode, Function<Engine, DataFrame> query) {
        return StreamScript.of(query).variation(variation).mode(mode).checkpoint(checkpoint);
    }

    // ------------------------------------------------------------------ conditions

    @ParameterizedTest
    @MethodSource(MATRIX)
    void boolAndAndBoolOrSkipNullsAndAreNullWithoutValues(Variation variation) {
        Function<Engine, DataFrame> query = byUser(
                trades,
                bool_and(col("sale")),
                bool_or(col("sale")),
                expr("every(sale) FILTER (WHERE price > 5) AS dear"));
        try (StreamScript script = script(variation, OutputMode.UPDATE, query)) {
            script.add(trades, trade(1, "a", "x", 1, true), trade(1, "b", "x", 9, null), trade(1, "a", "x", 7, true))
                    .expect(row("a", true, true, true), row("b", null, null, null))
                    .add(trades, trade(2, "a", "y", 3, false), trade(2, "b", "y", 8, false))
                    .expect(row("a", false, true, true), row("b", false, false, false))
                    .add(trades, trade(3, "b", "y", 2, true))
                    .expect(row("b", false, true, false));
        }
    }

    // ------------------------------------------------------------------ max_by, min_by

    @ParameterizedTest
    @MethodSource(MATRIX)
    void ofEqualOrderValuesTheFirstRowWins(Variation variation) {
        Function<Engine, DataFrame> query = byUser(trades, max_by("item", "price"), min_by("item", "price"));
        try (StreamScript script = script(variation, OutputMode.UPDATE, query)) {
            script.add(
                            trades,
                            trade(1, "a", "first", 5, null),
                            trade(1, "a", "second", 5, null),
                            trade(1, "b", "one", 2, null),
                            trade(1, "a", "third", 4, null),
                            trade(1, "a", "unpriced", null, null),
                            trade(1, "a", "fourth", 4, null),
                            trade(1, "c", "none", null, null))
                    .expect(row("a", "first", "third"), row("b", "one", "one"), row("c", null, null))
                    .add(trades, trade(2, "a", "late", 5, null), trade(2, "a", null, 4, null))
                    .expect(row("a", "first", "third"))
                    .add(trades, trade(3, "a", null, 6, null), trade(3, "b", "two", 1, null))
                    .expect(row("a", null, "third"), row("b", "one", "two"));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void windowsGiveTheItemOfTheDearestTradeOnceTheyClose(Variation variation) {
        Function<Engine, DataFrame> query = windowed(
                trades,
                expr("max_by(item, price) AS dearest"),
                expr("min_by(price, item) FILTER (WHERE sale) AS firstSold"));
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(
                            trades,
                            trade(10, "a", "x", 1, true),
                            trade(11, "a", "y", 3, true),
                            trade(12, "b", "z", 3, false),
                            trade(16, "a", "z", 3, false))
                    .expectNothing()
                    .add(trades, trade(13, "a", "w", 2, true), trade(25, "a", "x", 4, null))
                    .expect(row(10, "a", "y", 2), row(10, "b", "z", null))
                    .add(trades, trade(40, "a", "x", 4, null))
                    .expect(row(15, "a", "z", null), row(25, "a", "x", null));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void firstAndLastMayIgnoreNulls(Variation variation) {
        Function<Engine, DataFrame> query = byUser(
                trades,
                expr("first(item IGNORE NULLS) AS first"),
                expr("last(item) IGNORE NULLS AS last"),
                expr("last(item) AS newest"));
        try (StreamScript script = script(variation, OutputMode.UPDATE, query)) {
            script.add(trades, trade(1, "a", null, 1, null), trade(2, "a", "x", 1, null), trade(3, "b", null, 1, null))
                    .expect(row("a", "x", "x", "x"), row("b", null, null, null))
                    .add(trades, trade(4, "a", null, 1, null), trade(5, "b", "y", 1, null))
                    .expect(row("a", "x", "x", null), row("b", "y", "y", "y"));
        }
    }

    // ------------------------------------------------------------------ DISTINCT

    @ParameterizedTest
    @MethodSource(MATRIX)
    void distinctValuesCountOncePerGroupOverAllBatches(Variation variation) {
        Function<Engine, DataFrame> query = byUser(
                trades,
                countDistinct("item"),
                expr("count(DISTINCT item, price)"),
                sum_distinct(col("price")),
                expr("avg(DISTINCT price)"),
                expr("count(DISTINCT item) FILTER (WHERE sale)"),
                count("*"));
        try (StreamScript script = script(variation, OutputMode.UPDATE, query)) {
            script.add(
                            trades,
                            trade(1, "a", "x", 4, true),
                            trade(1, "a", "x", 4, true),
                            trade(1, "b", "x", 4, false),
                            trade(1, "a", "y", 4, null),
                            trade(1, "a", null, 2, true),
                            trade(1, null, "x", null, true))
                    .expect(
                            row("a", 2, 2, 6, 3.0, 1, 4),
                            row("b", 1, 1, 4, 4.0, 0, 1),
                            row(null, 1, 0, null, null, 1, 1))
                    .add(trades, trade(2, "a", "x", 6, true), trade(2, "b", "x", 4, true), trade(2, "a", "y", 4, true))
                    .expect(row("a", 2, 3, 12, 4.0, 2, 6), row("b", 1, 1, 4, 4.0, 1, 2))
                    .add(trades, trade(3, null, "x", 1, true), trade(3, null, "z", 1, null))
                    .expect(row(null, 2, 2, 1, 1.0, 1, 3));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void windowsCountDistinctValuesEachForItself(Variation variation) {
        Function<Engine, DataFrame> query = windowed(
                trades, countDistinct("item").as("items"), collect_set("price").as("prices"));
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(
                            trades,
                            trade(10, "a", "x", 1, null),
                            trade(16, "a", "x", 1, null),
                            trade(11, "a", "y", 1, null),
                            trade(12, "b", null, null, null))
                    .expectNothing()
                    .expectState(3)
                    .add(trades, trade(14, "a", "x", 3, null), trade(25, "a", "x", 1, null))
                    .expect(row(10, "a", 2, List.of(1, 3)), row(10, "b", 0, List.of()))
                    .expectState(2)
                    .add(trades, trade(11, "a", "z", 4, null), trade(16, "a", "x", 2, null))
                    .expectNothing()
                    .expectDropped(1)
                    .add(trades, trade(40, "b", "x", 4, null))
                    .expect(row(15, "a", 1, List.of(1, 2)), row(25, "a", 1, List.of(1)))
                    .expectState(1);
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void withoutKeysThereIsOneRowFromTheStart(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(trades)
                .agg(
                        countDistinct("user"),
                        expr("count(DISTINCT *)"),
                        sum_distinct(col("price")),
                        collect_list("item"),
                        bool_or(col("sale")),
                        max_by("item", "price"));
        try (StreamScript script = script(variation, OutputMode.COMPLETE, query)) {
            script.addEmptyBatch(trades)
                    .add(trades, trade(1, "a", null, null, null))
                    .expect(row(1, 0, null, List.of(), null, null))
                    .add(trades, trade(2, "b", "x", 2, true), trade(2, "a", "y", 2, false))
                    .expect(row(2, 2, 2, List.of("x", "y"), true, "x"))
                    .add(trades, trade(2, "b", "x", 2, true))
                    .expect(row(2, 2, 2, List.of("x", "y", "x"), true, "x"));
        }
    }

    // ------------------------------------------------------------------ lists

    @ParameterizedTest
    @MethodSource(MATRIX)
    void listsKeepTheOrderOfTheRowsAndSetsThatOfFirstSight(Variation variation) {
        Function<Engine, DataFrame> query = byUser(
                trades,
                collect_list("item"),
                collect_set("item"),
                expr("collect_list(price) FILTER (WHERE sale)"),
                expr("collect_set(sale)"));
        try (StreamScript script = script(variation, OutputMode.UPDATE, query)) {
            script.add(
                            trades,
                            trade(1, "a", "x", 1, true),
                            trade(1, "b", "y", 2, true),
                            trade(1, "a", null, 3, false),
                            trade(1, "a", "z", 4, null),
                            trade(1, "a", "x", 5, true),
                            trade(1, "c", null, null, null))
                    .expect(
                            row("a", List.of("x", "z", "x"), List.of("x", "z"), List.of(1, 5), List.of(true, false)),
                            row("b", List.of("y"), List.of("y"), List.of(2), List.of(true)),
                            row("c", List.of(), List.of(), List.of(), List.of()))
                    .add(trades, trade(2, "a", "y", 6, true), trade(2, "b", "y", 7, false))
                    .expect(
                            row(
                                    "a",
                                    List.of("x", "z", "x", "y"),
                                    List.of("x", "z", "y"),
                                    List.of(1, 5, 6),
                                    List.of(true, false)),
                            row("b", List.of("y", "y"), List.of("y"), List.of(2), List.of(true, false)));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void overlappingWindowsHoldTheirOwnValues(Variation variation) {
        Function<Engine, DataFrame> query = engine -> engine.readStream(trades)
                .withWatermark("t", "0 seconds")
                .groupBy(window(col("t"), "10 seconds", "5 seconds"))
                .agg(
                        countDistinct("item").as("items"),
                        collect_list("item").as("list"),
                        max_by("item", "price").as("dearest"))
                .withColumn("window", expr("unix_timestamp(window.start)"));
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(trades, trade(11, "a", "x", 1, null), trade(16, "a", "y", 2, null), trade(12, "a", "x", 2, null))
                    .expect(row(5, 1, List.of("x", "x"), "x"))
                    .add(trades, trade(30, "a", "z", 1, null))
                    .expect(row(10, 2, List.of("x", "y", "x"), "y"), row(15, 1, List.of("y"), "y"));
        }
    }

    // ------------------------------------------------------------------ estimates

    @ParameterizedTest
    @MethodSource("io.rivulet.testkit.Variation#all")
    void distinctCountsAreEstimatedOverBatchesAndPartitions(Variation variation) {
        Function<Engine, DataFrame> query = byUser(
                trades,
                approx_count_distinct("item"),
                approx_count_distinct(col("price"), 0.01),
                expr("approx_count_distinct(price) FILTER (WHERE sale)"));
        try (StreamScript script = script(variation, OutputMode.UPDATE, query)) {
            script.add(
                            trades,
                            trade(1, "a", "x", 1, true),
                            trade(1, "a", "y", 1, null),
                            trade(1, "b", null, null, true),
                            trade(1, "a", "x", 2, false))
                    .expect(row("a", 2, 2, 1), row("b", 0, 0, 0))
                    .add(trades, trade(2, "a", "y", 3, true), trade(2, "b", "z", 3, null))
                    .expect(row("a", 2, 3, 2), row("b", 1, 1, 0));
            List<List<@Nullable Object>> many = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                many.add(trade(3, "c", "item " + i % 1000, i, true));
            }
            script.add(trades, many);
            List<@Nullable Object> estimates = script.newRows().get(0);
            assertThat((Long) estimates.get(1)).isBetween(850L, 1150L);
            assertThat((Long) estimates.get(2)).isBetween(1930L, 2070L);
            assertThat((Long) estimates.get(3)).isBetween(1700L, 2300L);
        }
    }

    // ------------------------------------------------------------------ restarts

    private final List<Column> results = new ArrayList<>();

    private DataFrame changing(Engine engine) {
        return engine.readStream(trades).groupBy("user").agg(results.toArray(new Column[0]));
    }

    private static Variation parallel(int partitions) {
        return new Variation(3, partitions, EvaluationMode.INTERPRETED, false);
    }

    @Test
    void anotherParallelismFindsTheValuesThatHaveComeWithTheirGroups() {
        results.addAll(List.of(countDistinct("item"), collect_list("price")));
        try (StreamScript script = script(parallel(1), OutputMode.UPDATE, this::changing)) {
            for (String user : List.of("a", "b", "c", "d", "e", "f", "g")) {
                script.add(trades, trade(1, user, "x", 1, null), trade(1, user, "y", 2, null))
                        .expect(row(user, 2, List.of(1, 2)));
            }
            int price = 3;
            for (int partitions : new int[] {3, 2, 4, 1}) {
                script.variation(parallel(partitions)).restart();
                for (String user : List.of("a", "c", "g")) {
                    List<Integer> prices = new ArrayList<>();
                    for (int p = 1; p <= price; p++) {
                        prices.add(p);
                    }
                    script.add(trades, trade(2, user, price % 2 == 0 ? "x" : "y", price, null))
                            .expect(row(user, 2, prices));
                }
                price++;
            }
        }
    }

    @Test
    void anAddedDistinctAggregateStartsEmptyBesideOnesThatGoOn() {
        results.add(countDistinct("price"));
        try (StreamScript script = script(parallel(2), OutputMode.UPDATE, this::changing)) {
            script.add(trades, trade(1, "a", "x", 5, null), trade(1, "a", "x", 7, null))
                    .expect(row("a", 2));
            results.addAll(List.of(
                    sum_distinct(col("price")),
                    expr("avg(DISTINCT price)"),
                    collect_list("item"),
                    collect_set("item")));
            script.clearSink() // a table keeps its columns
                    .add(trades, trade(2, "a", "y", 5, null), trade(2, "a", "y", 5, null))
                    .expect(row("a", 2, 5, 5.0, List.of("y", "y"), List.of("y")))
                    .restart()
                    .add(trades, trade(3, "a", "z", 7, null), trade(3, "a", "y", 5, null))
                    .expect(row("a", 2, 12, 6.0, List.of("y", "y", "z", "y"), List.of("y", "z")));
        }
    }

    @Test
    void aRemovedDistinctAggregateIsRefusedByName() {
        results.addAll(List.of(count("*"), countDistinct("item"), collect_list("price")));
        try (StreamScript script = script(parallel(2), OutputMode.UPDATE, this::changing)) {
            script.add(trades, trade(1, "a", "x", 5, null)).expect(row("a", 1, 1, List.of(5)));
            script.stop();
            results.remove(2);
            results.remove(1);
            script.expectRefusal(
                    ErrorCode.QUERY_CHANGED,
                    refusal -> assertThat(refusal)
                            .hasMessageContaining("'distinct (item)' of 'aggregate-0' is gone")
                            .hasMessageContaining("'collect_list(price)' of 'aggregate-0' is gone"));
        }
    }

    // ------------------------------------------------------------------ batch, plans and errors

    /** What a batch query gives for the same rows, all partitions alike. */
    private List<List<@Nullable Object>> batch(
            Variation variation, List<List<@Nullable Object>> rows, Column... results) {
        MemoryInput input = MemoryInput.of("t TIMESTAMP, user STRING, item STRING, price INT, sale BOOLEAN");
        rows.forEach(input::add);
        try (Engine engine = variation.apply(Engine.builder()).build()) {
            List<List<@Nullable Object>> all = new ArrayList<>();
            engine.read(input)
                    .groupBy("user")
                    .agg(results)
                    .sort("user")
                    .collect()
                    .forEach(r -> all.add(r.values()));
            return Rows.comparableAll(all);
        }
    }

    @ParameterizedTest
    @MethodSource("io.rivulet.testkit.Variation#withoutRestarts")
    void aBatchQueryGivesTheSame(Variation variation) {
        List<List<@Nullable Object>> rows = Arrays.asList(
                trade(1, "a", "x", 5, true),
                trade(1, "b", "x", 2, null),
                trade(1, "a", "y", 5, false),
                trade(1, "a", "x", null, true),
                trade(1, "b", null, 2, true));
        assertThat(batch(variation, rows, max_by("item", "price"), bool_and(col("sale")), bool_or(col("sale"))))
                .isEqualTo(Rows.comparableAll(List.of(row("a", "x", false, true), row("b", "x", true, true))));
        assertThat(batch(variation, rows, countDistinct("item"), collect_list("price"), collect_set("item")))
                .isEqualTo(Rows.comparableAll(List.of(
                        row("a", 2, List.of(5, 5), List.of("x", "y")), row("b", 1, List.of(2, 2), List.of("x")))));
    }

    private static void refused(String aggregate, ErrorCode code, String... texts) {
        MemoryInput input = MemoryInput.of("t TIMESTAMP, user STRING, item STRING, price INT, sale BOOLEAN");
        try (Engine engine = Engine.create()) {
            assertThatThrownBy(() -> engine.read(input)
                            .groupBy("user")
                            .agg(expr(aggregate))
                            .schema())
                    .isInstanceOf(RivuletException.class)
                    .hasMessageContaining(code.name())
                    .hasMessageContainingAll((CharSequence[]) texts);
        }
    }

    @Test
    void wrongArgumentsAreRefusedByNameBeforeAnythingStarts() {
        refused("bool_and(price)", ErrorCode.TYPE_MISMATCH, "bool_and takes a condition (BOOLEAN), not INT");
        refused("any(sale, sale)", ErrorCode.TYPE_MISMATCH, "any takes a condition", "not 2 arguments");
        refused("max_by(item)", ErrorCode.TYPE_MISMATCH, "max_by takes two arguments", "not 1 argument");
        refused("min_by(item, struct(price))", ErrorCode.TYPE_MISMATCH, "min_by takes two arguments", "STRUCT");
        refused("collect_list(struct(price))", ErrorCode.TYPE_MISMATCH, "collect_list takes a value that is no array");
        refused("collect_set(price, item)", ErrorCode.TYPE_MISMATCH, "collect_set takes", "not 2 arguments");
        refused("count(DISTINCT struct(price))", ErrorCode.TYPE_MISMATCH, "DISTINCT needs values", "STRUCT");
        refused("sum(DISTINCT item)", ErrorCode.TYPE_MISMATCH, "sum takes a number, not STRING");
        refused("count(DISTINCT)", ErrorCode.SYNTAX_ERROR, "line 1:15");
        refused("approx_count_distinct(struct(price))", ErrorCode.TYPE_MISMATCH, "approx_count_distinct takes a value");
        refused("approx_count_distinct(item, 0.0001)", ErrorCode.BAD_ARGUMENT, "from 0.005 to 0.25, not 0.0001");
        refused("approx_count_distinct(item, 0.9)", ErrorCode.BAD_ARGUMENT, "from 0.005 to 0.25, not 0.9");
        refused("approx_count_distinct(item, price)", ErrorCode.BAD_ARGUMENT, "argument 2", "must be a constant");
        refused("length(DISTINCT item)", ErrorCode.UNSUPPORTED_OPERATION, "DISTINCT and FILTER belong to aggregates");
    }
}
