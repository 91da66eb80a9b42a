package io.rivulet.testkit;

import static io.rivulet.Functions.bool_and;
import static io.rivulet.Functions.bool_or;
import static io.rivulet.Functions.col;
import static io.rivulet.Functions.expr;
import static io.rivulet.Functions.max_by;
import static io.rivulet.Functions.min_by;
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
    }
}
