package io.rivulet.testkit;

import static io.rivulet.Functions.call;
import static io.rivulet.Functions.col;
import static io.rivulet.Functions.expr;
import static io.rivulet.Functions.window;
import static io.rivulet.testkit.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.connector.OutputMode;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.function.UserAggregate;
import io.rivulet.type.DataType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Aggregates of the user: in Java calls and SQL text, over batches, restarts and partitions. */
@Timeout(120)
class UserAggregatesTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";

    /** The weighted mean of the values, with the name of the heaviest; rows without a value are passed over. */
    static final class WeightedMean implements UserAggregate.Of2<Double, Integer, WeightedMean.Sums, Double> {
        record Sums(double weighted, long weight, @Nullable Integer most) {}

        @Override
        public Class<Sums> stateType() {
            return Sums.class;
        }

        @Override
        public Sums initial() {
            return new Sums(0, 0, null);
        }

        @Override
        public Sums accumulate(Sums sums, @Nullable Double value, @Nullable Integer weight) {
            if (value == null || weight == null) {
                return sums;
            }
            if (weight < 0) {
                throw new IllegalArgumentException("a weight of " + weight);
            }
            return new Sums(sums.weighted() + value * weight, sums.weight() + weight, most(sums.most(), weight));
        }

        @Override
        public Sums combine(Sums left, Sums right) {
            return new Sums(
                    left.weighted() + right.weighted(),
                    left.weight() + right.weight(),
                    right.most() == null ? left.most() : most(left.most(), right.most()));
        }

        private static Integer most(@Nullable Integer a, int b) {
            return a == null ? b : Math.max(a, b);
        }

        @Override
        public @Nullable Double result(Sums sums) {
            return sums.most() == null ? null : sums.weighted() / sums.weight();
        }

        @Override
        public boolean ordered() {
            return false;
        }
    }

    /** Texts put together in the order of their rows: the state is a String, null for no text. */
    @SuppressWarnings("NullAway") // its state may be null, which NullAway does not know of type variables
    static final class Joined implements UserAggregate.Of1<String, @Nullable String, String> {
        @Override
        public Class<@Nullable String> stateType() {
            return String.class;
        }

        @Override
        public @Nullable String initial() {
            return null;
        }

        @Override
        public @Nullable String accumulate(@Nullable String joined, @Nullable String text) {
            return text == null ? joined : joined == null ? text : joined + "," + text;
        }

        @Override
        public @Nullable String combine(@Nullable String left, @Nullable String right) {
            return accumulate(left, right);
        }

        @Override
        public @Nullable String result(@Nullable String joined) {
            return joined;
        }
    }

    private final MemoryInput marks = MemoryInput.of("t TIMESTAMP, user STRING, mark DOUBLE, weight INT, text STRING");

    @TempDir
    Path checkpoint;

    private static List<@Nullable Object> mark(
            long second, String user, @Nullable Double mark, @Nullable Integer weight, @Nullable String text) {
        return row(Instant.ofEpochSecond(second), user, mark, weight, text);
    }

    private static Engine registered(Engine engine) {
        engine.udf().register("weighted_mean", new WeightedMean(), DataType.DOUBLE, DataType.INT, DataType.DOUBLE);
        engine.udf().register("joined", new Joined(), DataType.STRING, DataType.STRING);
        return engine;
    }

    private DataFrame byUser(Engine engine) {
        return registered(engine)
                .readStream(marks)
                .groupBy("user")
                .agg(
                        call("weighted_mean", col("mark"), col("weight")),
                        expr("Weighted_Mean(weight, 1) FILTER (WHERE text IS NOT NULL)"),
                        expr("joined(text)"),
                        expr("joined(DISTINCT text)"),
                        expr("count(DISTINCT text)"));
    }

    private StreamScript script(Variation variation, OutputMode mode, Function<Engine, DataFrame> query) {
        return StreamScript.of(query).variation(variation).mode(mode).checkpoint(checkpoint);
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void theirStateGoesOnOverBatchesAndRestarts(Variation variation) {
        try (StreamScript script = script(variation, OutputMode.UPDATE, this::byUser)) {
            script.add(
                            marks,
                            mark(1, "a", 2.0, 1, "x"),
                            mark(1, "b", null, 3, null),
                            mark(1, "a", 4.0, 3, "y"),
                            mark(1, "a", 8.0, null, "x"))
                    .expect(row("a", 3.5, 2.0, "x,y,x", "x,y", 2), row("b", null, null, null, null, 0))
                    .add(marks, mark(2, "b", 1.0, 5, "z"), mark(2, "a", 0.5, 4, "y"))
                    .expect(row("a", 2.0, 8.0 / 3, "x,y,x,y", "x,y", 2), row("b", 1.0, 5.0, "z", "z", 1));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void windowsCloseWithTheirResultAndRowsKeepTheirOrder(Variation variation) {
        Function<Engine, DataFrame> query = engine -> registered(engine)
                .readStream(marks)
                .withWatermark("t", "0 seconds")
                .groupBy(window(col("t"), "10 seconds", "5 seconds"))
                .agg(expr("weighted_mean(mark, weight) AS mean"), expr("joined(text) AS texts"))
                .withColumn("window", expr("unix_timestamp(window.start)"));
        try (StreamScript script = script(variation, OutputMode.APPEND, query)) {
            script.add(marks, mark(11, "a", 1.0, 1, "x"), mark(16, "a", 3.0, 1, "y"), mark(12, "a", 5.0, 1, "z"))
                    .expect(row(5, 3.0, "x,z"))
                    .add(marks, mark(40, "a", 1.0, 1, "w"))
                    .expect(row(10, 3.0, "x,y,z"), row(15, 3.0, "y"));
        }
    }

    @Test
    void aGroupWithoutRowsGivesTheResultOfTheInitialState() {
        Function<Engine, DataFrame> query = engine ->
                registered(engine).readStream(marks).agg(expr("joined(text)"), expr("weighted_mean(mark, weight)"));
        try (StreamScript script = script(Variation.DEFAULT, OutputMode.COMPLETE, query)) {
            script.add(marks, mark(1, "a", null, null, null))
                    .expect(row(null, null))
                    .restart()
                    .add(marks, mark(1, "a", 1.0, 1, "x"))
                    .expect(row("x", 1.0));
        }
    }

    @Test
    void whatTheyThrowFailsTheQueryWithTheirName() {
        try (StreamScript script = script(Variation.DEFAULT, OutputMode.UPDATE, this::byUser)) {
            script.add(marks, mark(1, "a", 2.0, 1, "x"))
                    .expect(row("a", 2.0, 1.0, "x", "x", 1))
                    .add(marks, mark(1, "a", 2.0, -7, "x"))
                    .expectFailure(
                            ErrorCode.USER_CODE,
                            failure -> assertThat(failure)
                                    .hasMessageContaining("'weighted_mean'")
                                    .hasMessageContaining("[2.0, -7]")
                                    .hasMessageContaining("a weight of -7"));
        }
    }

    @Test
    void anotherParallelismTakesTheStatesAlong() {
        try (StreamScript script =
                script(new Variation(3, 1, EvaluationMode.INTERPRETED, false), OutputMode.UPDATE, this::byUser)) {
            for (String user : List.of("a", "b", "c", "d", "e")) {
                script.add(marks, mark(1, user, 2.0, 1, "x")).expect(row(user, 2.0, 1.0, "x", "x", 1));
            }
            script.variation(new Variation(3, 3, EvaluationMode.INTERPRETED, false))
                    .restart();
            for (String user : List.of("a", "c", "e")) {
                script.add(marks, mark(1, user, 4.0, 1, "x")).expect(row(user, 3.0, 1.0, "x,x", "x", 1));
            }
        }
    }

    /** An aggregate whose state is a list, which no state column can hold. */
    static final class Unkeepable implements UserAggregate.Of1<Long, Unkeepable.Values, Long> {
        record Values(List<Long> values) {}

        @Override
        public Class<Values> stateType() {
            return Values.class;
        }

        @Override
        public Values initial() {
            return new Values(List.of());
        }

        @Override
        public Values accumulate(Values values, @Nullable Long value) {
            return new Values(List.of(Objects.requireNonNull(value)));
        }

        @Override
        public Values combine(Values left, Values right) {
            return left;
        }

        @Override
        public Long result(Values values) {
            return 0L;
        }
    }

    @Test
    void wrongRegistrationsAndCallsAreRefused() {
        try (Engine engine = registered(Engine.create())) {
            assertThatThrownBy(() -> engine.udf().register("bad", new Unkeepable(), DataType.BIGINT, DataType.BIGINT))
                    .hasMessageContaining(ErrorCode.BAD_SCHEMA.name())
                    .hasMessageContaining("the aggregate 'bad'")
                    .hasMessageContaining("component 'values' of Values")
                    .hasMessageContaining("ARRAY<BIGINT>");
            assertThatThrownBy(() -> engine.udf().register("Sum", new Joined(), DataType.STRING, DataType.STRING))
                    .hasMessageContaining("'Sum' is built in");
            assertThatThrownBy(() -> engine.udf().register("upper", new Joined(), DataType.STRING, DataType.STRING))
                    .hasMessageContaining("'upper' is built in");
            assertThatThrownBy(() ->
                            engine.udf().register("sum", (@Nullable Long x) -> x, DataType.BIGINT, DataType.BIGINT))
                    .hasMessageContaining("'sum' is built in");
            DataFrame frame = engine.read(marks);
            assertThatThrownBy(() -> frame.agg(expr("joined(text, text)")))
                    .hasMessageContaining(ErrorCode.TYPE_MISMATCH.name())
                    .hasMessageContaining("'joined' takes 1 argument, not 2");
            assertThatThrownBy(() -> frame.select(expr("upper(joined(joined(text)))")))
                    .hasMessageContaining("cannot stand here");
            assertThat(frame.agg(expr("joined(text) AS all")).explain()).contains("joined(text)");
        }
    }
}
