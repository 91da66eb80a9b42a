package io.rivulet;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.aggregate.AggregateFunctions;
import io.rivulet.error.RivuletException;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.function.FunctionReference;
import io.rivulet.function.FunctionReference.Category;
import io.rivulet.function.FunctionReference.Description;
import io.rivulet.function.FunctionReference.Example;
import io.rivulet.time.Clock;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.Row;
import io.rivulet.vector.TableText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the function reference says is true: its examples are run as queries. */
class FunctionExamplesTest {
    private static final Instant NOW = Instant.parse("2024-05-01T12:34:56.789Z");

    private record OneRow(int id) {}

    @ParameterizedTest
    @EnumSource(names = {"INTERPRETED", "COMPILED"})
    void examplesGiveWhatTheySay(EvaluationMode mode) {
        List<String> untrue = new ArrayList<>();
        int examples = 0;
        try (Engine engine = engine(mode)) {
            for (Category category : FunctionReference.read()) {
                DataFrame rows = rows(engine, category);
                for (Description function : category.functions()) {
                    for (Example example : function.examples()) {
                        examples++;
                        String result = result(rows, example.expression());
                        if (!result.equals(example.result())) {
                            untrue.add(example + " gives " + result);
                        }
                    }
                }
            }
        }

        assertThat(untrue).isEmpty();
        assertThat(examples).isGreaterThan(200);
    }

    @Test
    void nullGivesNullUnlessTheDescriptionSaysOtherwise() {
        List<String> untold = new ArrayList<>();
        int calls = 0;
        try (Engine engine = engine(EvaluationMode.INTERPRETED)) {
            DataFrame one = one(engine);
            for (Category category : FunctionReference.read()) {
                for (Description function : category.functions()) {
                    String call = callOfNulls(function);
                    // a window's length must be a constant, and its time is in the examples
                    boolean window =
                            function.name().equals("window") || function.name().equals("window_time");
                    if (call.isEmpty() || window || function.text().contains("null")) {
                        continue;
                    }
                    calls++;
                    String result = result(one, call);
                    if (!result.equals("NULL")) {
                        untold.add(call + " gives " + result);
                    }
                }
            }
        }

        assertThat(untold).isEmpty();
        assertThat(calls).isGreaterThan(100);
    }

    @Test
    void anAggregateOfNoRowsIsNullUnlessTheDescriptionSaysNever() {
        List<String> untold = new ArrayList<>();
        int calls = 0;
        try (Engine engine = engine(EvaluationMode.INTERPRETED)) {
            for (Category category : FunctionReference.read()) {
                DataFrame rows = rows(engine, category);
                for (Description function : category.functions()) {
                    String call = function.examples().get(0).expression();
                    if (AggregateFunctions.isAggregate(function.name()) && call.startsWith(function.name() + "(")) {
                        calls++;
                        String result = result(rows, call + " FILTER (WHERE false)");
                        if (result.equals("NULL") == function.text().contains("never null")) {
                            untold.add(call + " gives " + result);
                        }
                    }
                }
            }
        }

        assertThat(untold).isEmpty();
        assertThat(calls).isGreaterThan(10);
    }

    @Test
    void anExampleOfAnotherResultIsFound() {
        try (Engine engine = engine(EvaluationMode.INTERPRETED)) {
            assertThat(result(one(engine), "1 + 1")).isEqualTo("2");
            assertThat(result(one(engine), "'2'")).isEqualTo("'2'");
            assertThat(result(one(engine), "upper(NULL)")).isEqualTo("NULL");
        }
    }

    private static Engine engine(EvaluationMode mode) {
        return Engine.builder()
                .parallelism(1)
                .evaluationMode(mode)
                .clock(new StandingClock())
                .build();
    }

    private static DataFrame one(Engine engine) {
        return engine.createDataFrame(List.of(new OneRow(1)), OneRow.class);
    }

    /** The rows that a category's examples are over, or one row. */
    private static DataFrame rows(Engine engine, Category category) {
        if (category.rows().isEmpty()) {
            return one(engine);
        }
        List<String> names = category.rows().get(0);
        List<Row> rows = new ArrayList<>();
        for (List<String> values : category.rows().subList(1, category.rows().size())) {
            rows.add(one(engine)
                    .selectExpr(values.toArray(String[]::new))
                    .collect()
                    .get(0));
        }
        Schema first = rows.get(0).schema();
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(Field.of(names.get(i), first.type(i)));
        }
        return engine.createDataFrame(new Schema(fields), rows);
    }

    private static String result(DataFrame rows, String expression) {
        DataFrame query;
        List<Row> result;
        try {
            query = rows.selectExpr(expression);
            result = query.collect();
        } catch (RivuletException e) {
            return String.valueOf(e.getMessage());
        }
        assertThat(result).as(expression).hasSize(1);
        Object value = result.get(0).get(0);
        String text = TableText.text(value, ZoneOffset.UTC);
        return query.schema().type(0) == DataType.STRING && value != null ? "'" + text + "'" : text;
    }

    /** The call with as few arguments as can be, all null; empty for what has no arguments or another syntax. */
    private static String callOfNulls(Description function) {
        String signature = function.signature();
        String name = function.name();
        if (!signature.startsWith(name + "(") || signature.endsWith("()") || AggregateFunctions.isAggregate(name)) {
            return "";
        }
        String arguments = signature.substring(name.length() + 1).replaceAll("\\[.*]", "");
        int count = (int) arguments.chars().filter(c -> c == ',').count() + 1;
        return name + "(" + String.join(", ", Collections.nCopies(count, "NULL")) + ")";
    }

    /** It is always the same time. */
    private static final class StandingClock implements Clock {
        @Override
        public long wallMicros() {
            return TimeUnit.MILLISECONDS.toMicros(NOW.toEpochMilli());
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void await(Object monitor, long untilMicros) {
            throw new AssertionError("a batch query waits for no time");
        }
    }
}
