package io.rivulet.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.error.RivuletException;
import io.rivulet.expression.codegen.ExpressionCompiler;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Selection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random expressions over random columns give the same values, or both fail for their data, interpreted and compiled. */
class CompiledDifferentialTest {
    private static final DataType NARROW = new DecimalType(9, 2);
    private static final DataType WIDE = new DecimalType(30, 4);
    private static final Schema SCHEMA = Schema.of(
            Field.of("b", DataType.BOOLEAN),
            Field.of("i", DataType.INT),
            Field.required("l", DataType.BIGINT),
            Field.of("d", DataType.DOUBLE),
            Field.of("s", DataType.STRING),
            Field.of("t", DataType.TIMESTAMP),
            Field.of("n", NARROW),
            Field.of("w", WIDE),
            Field.of("y", DataType.TINYINT));

    @Test
    void interpretedAndCompiledAgree() {
        long seed = Long.getLong("rivulet.seed", new Random().nextLong());
        Random random = new Random(seed);
        long failures = ExpressionCompiler.failures();
        for (int i = 0; i < 400; i++) {
            List<Expression> outputs = new ArrayList<>();
            for (int o = 0; o <= random.nextInt(3); o++) {
                outputs.add(expression(random, SCHEMA.type(random.nextInt(SCHEMA.size())), 4));
            }
            Expression condition = random.nextBoolean() ? expression(random, DataType.BOOLEAN, 3) : null;
            ColumnBatch batch = batch(random, random.nextInt(3) == 0 ? 0 : 20);
            String place = "seed " + seed + ", case " + i + ": " + outputs + " where " + condition;
            assertThat(run(outputs, condition, batch, EvaluationMode.COMPILED))
                    .as(place)
                    .isEqualTo(run(outputs, condition, batch, EvaluationMode.INTERPRETED));
        }
        assertThat(ExpressionCompiler.failures()).as("seed " + seed).isEqualTo(failures);
    }

    private static Object run(
            List<Expression> outputs, @Nullable Expression condition, ColumnBatch batch, EvaluationMode mode) {
        EvaluationContext context = EvaluationContext.of(mode);
        context.setBatchTimestampMicros(1_700_000_000_000_000L);
        Projection projection = condition == null
                ? ExpressionEvaluators.projection(outputs, context)
                : ExpressionEvaluators.filteredProjection(condition, outputs, context);
        try {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (int again = 0; again < 2; again++) {
                rows.clear();
                for (ColumnVector column : projection.evaluate(batch)) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int r = 0; r < column.size(); r++) {
                        values.add(column.objectAt(r));
                    }
                    rows.add(values);
                }
            }
            if (condition != null) {
                Selection passing =
                        ExpressionEvaluators.filter(condition, context).filter(batch);
                int count = passing == null ? batch.size() : passing.count();
                assertThat(rows.get(0)).hasSize(count);
            }
            return rows;
        } catch (RivuletException e) {
            // which of several errors comes first depends on whether rows or columns are computed first
            return e.code().blame();
        }
    }

    private static ColumnBatch batch(Random random, int percentNull) {
        int rows = 1 + random.nextInt(70);
        ColumnVector[] columns = new ColumnVector[SCHEMA.size()];
        for (int c = 0; c < columns.length; c++) {
            ColumnBuilder builder = new ColumnBuilder(SCHEMA.type(c), rows);
            for (int r = 0; r < rows; r++) {
                boolean isNull = SCHEMA.field(c).nullable() && random.nextInt(100) < percentNull;
                builder.append(isNull ? null : value(random, SCHEMA.type(c)));
            }
            columns[c] = builder.build();
        }
        if (random.nextBoolean()) {
            return new ColumnBatch(SCHEMA, columns, rows);
        }
        int[] chosen = new int[rows];
        int count = 0;
        for (int r = 0; r < rows; r++) {
            chosen[count] = r;
            count += random.nextInt(2);
        }
        return new ColumnBatch(SCHEMA, columns, rows, new Selection(chosen, count));
    }

    private static Object value(Random random, DataType type) {
        int small = random.nextInt(7) - 3;
        if (type == DataType.BOOLEAN) {
            return random.nextBoolean();
        }
        if (type == DataType.STRING) {
            return List.of("", "a", "äb", " x ", "12", "-3").get(random.nextInt(6));
        }
        if (type == DataType.TIMESTAMP) {
            return java.time.Instant.ofEpochSecond(random.nextInt(2_000_000_000) - 500_000_000L);
        }
        if (type instanceof DecimalType decimal) {
            return new BigDecimal(small).add(new BigDecimal("0.25")).setScale(decimal.scale());
        }
        return type == DataType.DOUBLE ? (Object) (random.nextInt(9) == 0 ? Double.NaN : small * 0.5) : (Object) small;
    }

    private static Expression expression(Random random, DataType type, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            if (random.nextInt(4) == 0) {
                Literal literal = random.nextInt(4) == 0
                        ? Literal.ofNull(type)
                        : new Literal(physical(type, value(random, type)), type);
                return literal;
            }
            for (int c = 0; c < SCHEMA.size(); c++) {
                if (SCHEMA.type(c).equals(type)) {
                    return Expressions.column(SCHEMA, c);
                }
            }
        }
        int next = depth - 1;
        switch (random.nextInt(5)) {
            case 0 -> {
                return Expressions.call(
                        "if",
                        expression(random, DataType.BOOLEAN, next),
                        expression(random, type, next),
                        expression(random, type, next));
            }
            case 1 -> {
                return Expressions.call("coalesce", expression(random, type, next), expression(random, type, next));
            }
            case 2 -> {
                return Expressions.call("least", expression(random, type, next), expression(random, type, next))
                                .type()
                                .equals(type)
                        ? Expressions.call("least", expression(random, type, next), expression(random, type, next))
                        : expression(random, type, next);
            }
            default -> {
                return operation(random, type, next);
            }
        }
    }

    private static @Nullable Object physical(DataType type, Object value) {
        return value instanceof String || value instanceof BigDecimal ? value : JavaForms.toPhysical(type, value);
    }

    private static Expression operation(Random random, DataType type, int next) {
        if (type == DataType.BOOLEAN) {
            DataType compared = SCHEMA.type(random.nextInt(SCHEMA.size()));
            String comparison = List.of("=", "<>", "<", "<=", ">", ">=", "<=>").get(random.nextInt(7));
            return switch (random.nextInt(6)) {
                case 4 -> matching(random, next);
                case 0 -> Expressions.call("and", expression(random, type, next), expression(random, type, next));
                case 1 -> Expressions.call("or", expression(random, type, next), expression(random, type, next));
                case 2 -> Expressions.call("not", expression(random, type, next));
                case 3 -> Expressions.call("isnull", expression(random, compared, next));
                default ->
                    Expressions.call(
                            comparison, expression(random, compared, next), expression(random, compared, next));
            };
        }
        if (type == DataType.STRING) {
            DataType from = SCHEMA.type(random.nextInt(SCHEMA.size()));
            return Cast.of(expression(random, from, next), DataType.STRING);
        }
        if (type == DataType.TIMESTAMP) {
            return random.nextBoolean()
                    ? new CurrentTimestamp()
                    : Expressions.call(
                            "+",
                            expression(random, type, next),
                            new Literal(random.nextInt(100) * 1_000_000L, DataType.INTERVAL_DAY_TIME));
        }
        Expression computed = computed(random, type, next);
        return computed.type().equals(type) ? computed : new Cast(computed, type, random.nextInt(3) > 0);
    }

    private static Expression matching(Random random, int next) {
        String function = List.of("like", "ilike", "rlike").get(random.nextInt(3));
        String pattern = List.of("", "a%", "_b", "%2", "-.").get(random.nextInt(5));
        List<Expression> arguments =
                new ArrayList<>(List.of(expression(random, DataType.STRING, next), Literal.of(pattern)));
        if (!function.equals("rlike") && random.nextBoolean()) {
            arguments.add(Literal.of("a"));
        }
        return Expressions.call(function, arguments);
    }

    /** A number that an operator or a rounding makes of numbers of a type. */
    private static Expression computed(Random random, DataType type, int next) {
        Expression number = expression(random, type, next);
        switch (random.nextInt(4)) {
            case 0 -> {
                String rounding =
                        List.of("round", "bround", "ceil", "floor", "try_round").get(random.nextInt(5));
                return random.nextInt(3) == 0
                        ? Expressions.call(rounding, number)
                        : Expressions.call(rounding, number, Literal.of(random.nextInt(7) - 3));
            }
            case 1 -> {
                if (type.isIntegral()) {
                    return switch (random.nextInt(4)) {
                        case 0 -> Expressions.call("~", number);
                        case 1 ->
                            Expressions.call(
                                    List.of("<<", ">>", ">>>").get(random.nextInt(3)),
                                    number,
                                    Literal.of(random.nextInt(70)));
                        default ->
                            Expressions.call(
                                    List.of("&", "|", "^").get(random.nextInt(3)),
                                    number,
                                    expression(random, type, next));
                    };
                }
                Expression part =
                        Literal.of(List.of("year", "second", "dow_iso").get(random.nextInt(3)));
                return Expressions.call("date_part", part, expression(random, DataType.TIMESTAMP, next));
            }
            default -> {
                String operator = List.of("+", "-", "*", "/", "%", "try_add", "try_divide", "try_mod", "try_multiply")
                        .get(random.nextInt(9));
                return Expressions.call(operator, number, expression(random, type, next));
            }
        }
    }
}
