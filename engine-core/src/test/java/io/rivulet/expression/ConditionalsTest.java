package io.rivulet.expression;

import static io.rivulet.expression.EvaluationCases.error;
import static io.rivulet.expression.EvaluationCases.typed;
import static io.rivulet.expression.EvaluationCases.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.error.ErrorCode;
import io.rivulet.expression.EvaluationCases.Typed;
import io.rivulet.expression.codegen.ExpressionCompiler;
import io.rivulet.function.Bindings;
import io.rivulet.function.FunctionRef;
import io.rivulet.function.FunctionRegistry;
import io.rivulet.function.NullRule;
import io.rivulet.function.ScalarFunction;
import io.rivulet.function.UserFunction;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Selection;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConditionalsTest {
    private static final Typed NULL = typed(null, DataType.BOOLEAN);
    private static final Typed NO_INT = typed(null, DataType.INT);

    @Test
    void logicHasThreeValues() {
        @Nullable Boolean[] values = {true, false, null};
        for (Boolean a : values) {
            for (Boolean b : values) {
                boolean anyNull = a == null || b == null;
                boolean anyFalse = Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b);
                boolean anyTrue = Boolean.TRUE.equals(a) || Boolean.TRUE.equals(b);
                Boolean and = anyFalse ? Boolean.FALSE : anyNull ? null : Boolean.TRUE;
                Boolean or = anyTrue ? Boolean.TRUE : anyNull ? null : Boolean.FALSE;
                Typed left = typed(a, DataType.BOOLEAN);
                Typed right = typed(b, DataType.BOOLEAN);
                assertThat(value("and", left, right)).as(a + " AND " + b).isEqualTo(and);
                assertThat(value("or", left, right)).as(a + " OR " + b).isEqualTo(or);
            }
        }
        assertThat(value("not", NULL)).isNull();
        assertThat(value("not", true)).isEqualTo(false);
    }

    @Test
    void comparisons() {
        assertThat(value("=", Double.NaN, Double.NaN)).isEqualTo(true);
        assertThat(value(">", Double.NaN, Double.POSITIVE_INFINITY)).isEqualTo(true);
        assertThat(value("=", -0.0, 0.0)).isEqualTo(true);
        assertThat(value("<", "a", "b")).isEqualTo(true);
        assertThat(value("=", 1, 1L)).isEqualTo(true);
        assertThat(value("=", "1", 1)).isEqualTo(true);
        assertThat(value("<>", NO_INT, 1)).isNull();
        assertThat(value("<=>", NO_INT, NO_INT)).isEqualTo(true);
        assertThat(value("<=>", NO_INT, 1)).isEqualTo(false);
        assertThat(value("<=>", 1, 1)).isEqualTo(true);
        assertThat(value("between", 2, 1, 3)).isEqualTo(true);
        assertThat(value("in", 2, 1, 3)).isEqualTo(false);
        assertThat(value("in", 2, 1, NO_INT)).isNull();
        assertThat(value("in", 2, NO_INT, 2)).isEqualTo(true);
        assertThat(value("greatest", 1, NO_INT, 3)).isEqualTo(3);
        assertThat(value("least", "b", "a")).isEqualTo("a");
        assertThat(value("greatest", Double.NaN, 1.0)).isEqualTo(Double.NaN);
        assertThat(value("least", new BigDecimal("1.5"), 2)).isEqualTo(new BigDecimal("1.5"));
    }

    @Test
    void nulls() {
        assertThat(value("coalesce", NO_INT, 2, 3)).isEqualTo(2);
        assertThat(value("nvl", NO_INT, 2)).isEqualTo(2);
        assertThat(value("nvl2", NO_INT, 2, 3)).isEqualTo(3);
        assertThat(value("nullif", 2, 2)).isNull();
        assertThat(value("nullif", 2, 3)).isEqualTo(2);
        assertThat(value("isnull", NO_INT)).isEqualTo(true);
        assertThat(value("isnotnull", NO_INT)).isEqualTo(false);
        assertThat(value("nanvl", Double.NaN, 1.0)).isEqualTo(1.0);
        assertThat(value("if", NULL, 1, 2)).isEqualTo(2);
        assertThat(value("if", true, 1, 2.5)).isEqualTo(1.0);
    }

    @Test
    void mathematics() {
        assertThat(value("sqrt", 4)).isEqualTo(2.0);
        assertThat(value("ceil", 1.2)).isEqualTo(2L);
        assertThat(value("floor", -1.2)).isEqualTo(-2L);
        assertThat(value("ceil", new BigDecimal("1.2"))).isEqualTo(new BigDecimal("2"));
        assertThat(value("round", 2.5)).isEqualTo(3.0);
        assertThat(value("bround", 2.5)).isEqualTo(2.0);
        assertThat(value("round", 1.255, 2)).isEqualTo(1.26);
        assertThat(value("round", 1250, -2)).isEqualTo(1300);
        assertThat(value("pow", 2, 10)).isEqualTo(1024.0);
        assertThat(value("ln", 0.0)).isNull();
        assertThat(value("log10", 1000)).isEqualTo(3.0);
        assertThat(value("sign", -3)).isEqualTo(-1.0);
        assertThat(value("factorial", 5)).isEqualTo(120L);
        assertThat(value("pi")).isEqualTo(Math.PI);
        assertThat(value("hash", 1, "a")).isEqualTo(value("hash", 1, "a")).isNotEqualTo(value("hash", 2, "a"));
    }

    @Test
    void branchesAreEvaluatedOnlyForTheRowsThatTakeThem() {
        Schema schema = Schema.of(Field.of("x", DataType.INT));
        InputRef x = Expressions.column(schema, "x");
        Expression isZero = Expressions.call("=", x, Literal.of(0));
        Expression inverse = Expressions.call("/", Literal.of(1), x);
        Expression guarded = Expressions.call("if", isZero, Literal.of(0.0), inverse);
        Expression chained = Expressions.call(
                "and", Expressions.call("<>", x, Literal.of(0)), Expressions.call(">", inverse, Literal.of(0.3)));
        Expression coalesced = Expressions.call(
                "coalesce", Expressions.call("nullif", x, Literal.of(0)), Expressions.call("div", x, x));
        for (EvaluationMode mode : EvaluationCases.modes()) {
            EvaluationContext context = EvaluationContext.of(mode);
            ColumnBatch batch = batch(schema, 0, 2, null, 4);
            assertThat(objects(ExpressionEvaluators.projection(List.of(guarded), context)
                            .evaluate(batch)[0]))
                    .containsExactly(0.0, 0.5, null, 0.25);
            Selection passing = ExpressionEvaluators.filter(chained, context).filter(batch);
            assertThat(passing)
                    .isNotNull()
                    .satisfies(p -> assertThat(p.count()).isEqualTo(1))
                    .satisfies(p -> assertThat(p.rows()[0]).isEqualTo(1));
            assertThatThrownBy(() -> ExpressionEvaluators.projection(List.of(coalesced), context)
                            .evaluate(batch))
                    .hasMessageContaining("0 div 0");
            assertThat(ExpressionEvaluators.filter(new Not(new IsNull(x)), context)
                            .filter(batch(schema, 1, 2)))
                    .isNull();
            ColumnVector[] fused = ExpressionEvaluators.filteredProjection(
                            Expressions.call(">", x, Literal.of(1)), List.of(x, inverse), context)
                    .evaluate(batch);
            assertThat(objects(fused[0])).containsExactly(2, 4);
            assertThat(objects(fused[1])).containsExactly(0.5, 0.25);
        }
    }

    private static ColumnBatch batch(Schema schema, @Nullable Integer... values) {
        ColumnBuilder builder = new ColumnBuilder(DataType.INT, 4);
        for (Integer value : values) {
            builder.append(value);
        }
        return new ColumnBatch(schema, new ColumnVector[] {builder.build()}, values.length);
    }

    private static List<@Nullable Object> objects(ColumnVector vector) {
        List<@Nullable Object> objects = new ArrayList<>();
        for (int i = 0; i < vector.size(); i++) {
            objects.add(vector.objectAt(i));
        }
        return objects;
    }

    /** Functions of a user. */
    public static final class Own {
        private Own() {}

        /** Twice the value, null for null and for 13. */
        @ScalarFunction(name = "twice", nulls = NullRule.CALLED)
        public static @Nullable Long twice(@Nullable Long value) {
            return value == null || value == 13 ? null : (Long) (2 * value);
        }
    }

    @Test
    void usersAddFunctions() {
        FunctionRegistry registry = FunctionRegistry.builtin().with(Own.class);
        Schema schema = Schema.of(Field.of("x", DataType.INT));
        Expression twice = Expressions.call(registry, "TWICE", List.of(Expressions.column(schema, "x")));
        assertThat(EvaluationCases.value(twice, schema, List.of(typed(4, DataType.INT))))
                .isEqualTo(8L);
        assertThat(EvaluationCases.value(twice, schema, List.of(typed(13, DataType.INT))))
                .isNull();
        UserFunction.Of1<Integer, String> lambda = x -> x == null ? null : "<" + 10 / x + ">";
        Expression call = new UserCall(
                new FunctionRef("show"), List.of(Expressions.column(schema, "x")), DataType.STRING, true, true);
        for (EvaluationMode mode : EvaluationCases.modes()) {
            EvaluationContext context =
                    new EvaluationContext(mode, ZoneOffset.UTC, Bindings.of(Map.of("show", lambda)));
            Projection projection = ExpressionEvaluators.projection(List.of(call), context);
            assertThat(projection.compiled()).isEqualTo(mode == EvaluationMode.COMPILED);
            assertThat(objects(projection.evaluate(batch(schema, 5, null))[0])).containsExactly("<2>", null);
            assertThatThrownBy(() -> projection.evaluate(batch(schema, 0)))
                    .hasMessageContaining("'show' failed on [0]")
                    .extracting("code")
                    .isEqualTo(ErrorCode.USER_CODE);
        }
    }

    @Test
    void largeExpressionsAreSplitIntoMethods() {
        Schema schema = Schema.of(Field.of("x", DataType.INT));
        InputRef x = Expressions.column(schema, "x");
        List<Expression> conditions = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        List<Expression> items = new ArrayList<>(List.of(x));
        Expression sum = x;
        for (int i = 0; i < 1000; i++) {
            conditions.add(Expressions.call("=", x, Literal.of(i)));
            values.add(Expressions.call("+", x, Literal.of(2 * i)));
            items.add(Literal.of(3 * i));
            sum = i < 300 ? Expressions.call("+", sum, x) : sum;
        }
        Expression choice = Expressions.caseWhen(conditions, values, Literal.of(-1));
        Expression in = Expressions.call("in", items);
        List<Typed> row = List.of(typed(999, DataType.INT));
        assertThat(EvaluationCases.value(choice, schema, row)).isEqualTo(2997);
        assertThat(EvaluationCases.value(in, schema, row)).isEqualTo(true);
        assertThat(EvaluationCases.value(sum, schema, row)).isEqualTo(999 * 301);
    }

    @Test
    void equalExpressionsShareAClassAndAutoSwitchesToIt() {
        Schema schema = Schema.of(Field.of("x", DataType.INT));
        Expression tripled = Expressions.call("*", Expressions.column(schema, "x"), Literal.of(3));
        EvaluationContext compiled = EvaluationContext.of(EvaluationMode.COMPILED);
        ExpressionEvaluators.projection(List.of(tripled), compiled);
        long classes = ExpressionCompiler.compiledClasses();
        Projection auto = ExpressionEvaluators.projection(List.of(tripled), EvaluationContext.of(EvaluationMode.AUTO));
        assertThat(auto.compiled())
                .as("the compiler is loaded, so AUTO compiles at once")
                .isTrue();
        assertThat(objects(auto.evaluate(batch(schema, 2, null))[0])).containsExactly(6, null);
        assertThat(ExpressionCompiler.compiledClasses()).isEqualTo(classes);
        assertThat(ExpressionEvaluators.codegenSource(null, List.of(tripled), compiled))
                .contains("ArithmeticFunctions.multiply");
    }

    @Test
    void typesThatDoNotFitAreRefused() {
        assertThat(error("=", true, 1).code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(error("coalesce", true, 1).code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThat(error("and", 1, true).code()).isEqualTo(ErrorCode.TYPE_MISMATCH);
        assertThatThrownBy(() -> new Cast(Literal.of(true), DataType.DATE, false))
                .hasMessageContaining("BOOLEAN cannot be cast to DATE");
    }
}
