package io.rivulet.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.ConstantVector;
import io.rivulet.vector.DictionaryVector;
import io.rivulet.vector.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function over column inputs in every way it can be run: interpreted and compiled; one row and 1000; flat,
 * constant and dictionary inputs; all rows or a selection whose other rows hold what must not be looked at.
 */
final class EvaluationCases {
    private EvaluationCases() {}

    /** A value with its type, for inputs whose Java class does not say it. */
    record Typed(@Nullable Object value, DataType type) {}

    static Typed typed(@Nullable Object value, DataType type) {
        return new Typed(value, type);
    }

    static List<EvaluationMode> modes() {
        return List.of(EvaluationMode.INTERPRETED, EvaluationMode.COMPILED);
    }

    static Typed typedOf(@Nullable Object value) {
        return value instanceof Typed t
                ? t
                : new Typed(javaOf(Literal.of(value)), Literal.of(value).type());
    }

    private static @Nullable Object javaOf(Literal literal) {
        return literal.asVector().objectAt(0);
    }

    private static ColumnVector vector(DataType type, @Nullable Object value, int rows) {
        ColumnBuilder builder = new ColumnBuilder(type, rows);
        for (int i = 0; i < rows; i++) {
            builder.append(value);
        }
        return builder.build();
    }

    /** The function's value for the arguments, which all ways of running it agree on. */
    static @Nullable Object value(String function, @Nullable Object... arguments) {
        List<Typed> typed = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<Expression> columns = new ArrayList<>();
        for (Object argument : arguments) {
            Typed t = typedOf(argument);
            fields.add(Field.of("c" + typed.size(), t.type));
            columns.add(new InputRef(typed.size(), t.type, true));
            typed.add(t);
        }
        return value(Expressions.call(function, columns), new Schema(fields), typed);
    }

    /** The value of an expression over columns that hold the same values in every row. */
    static @Nullable Object value(Expression expression, Schema schema, List<Typed> row) {
        Object expected = null;
        boolean first = true;
        for (EvaluationMode mode : modes()) {
            Projection projection = ExpressionEvaluators.projection(List.of(expression), EvaluationContext.of(mode));
            if (mode == EvaluationMode.COMPILED && !Simplifier.isComplex(expression)) {
                assertThat(projection.compiled())
                        .as("%s is compiled", expression)
                        .isTrue();
            }
            for (ColumnBatch batch : batches(schema, row)) {
                ColumnVector result = projection.evaluate(batch)[0];
                assertThat(result.type()).isEqualTo(expression.type());
                assertThat(result.size()).isEqualTo(batch.rowCount());
                for (int i = 0; i < result.size(); i += Math.max(1, result.size() - 1)) {
                    Object value = result.objectAt(i);
                    if (first) {
                        expected = value;
                        first = false;
                    }
                    assertThat(value).as("%s %s of %s", mode, expression, row).isEqualTo(expected);
                    if (!expression.nullable()) {
                        assertThat(value).as("%s is never null", expression).isNotNull();
                    }
                }
            }
        }
        return expected;
    }

    private static List<ColumnBatch> batches(Schema schema, List<Typed> row) {
        List<ColumnBatch> batches = new ArrayList<>();
        batches.add(batch(schema, row, 1, 0));
        batches.add(batch(schema, row, 1000, 0));
        batches.add(batch(schema, row, 7, 1));
        batches.add(batch(schema, row, 7, 2));
        // every second row is null in every column and not selected
        ColumnVector[] columns = new ColumnVector[row.size()];
        for (int c = 0; c < columns.length; c++) {
            ColumnBuilder builder = new ColumnBuilder(schema.type(c), 10);
            for (int i = 0; i < 10; i++) {
                builder.append(i % 2 == 0 ? null : row.get(c).value);
            }
            columns[c] = builder.build();
        }
        batches.add(new ColumnBatch(schema, columns, 10, new Selection(new int[] {1, 3, 5, 7, 9}, 5)));
        return batches;
    }

    private static ColumnBatch batch(Schema schema, List<Typed> row, int rows, int form) {
        ColumnVector[] columns = new ColumnVector[row.size()];
        for (int c = 0; c < columns.length; c++) {
            ColumnVector one = vector(schema.type(c), row.get(c).value, form == 0 ? rows : 1);
            columns[c] = switch (form) {
                case 0 -> one;
                case 1 -> new ConstantVector(one, rows);
                default -> new DictionaryVector(one, new int[rows], rows);
            };
        }
        return new ColumnBatch(schema, columns, rows);
    }

    /** The error of a function's evaluation, the same in all modes; a failure also when there is none. */
    static RivuletException error(String function, @Nullable Object... arguments) {
        RivuletException found = null;
        for (EvaluationMode mode : modes()) {
            try {
                List<Expression> columns = new ArrayList<>();
                List<Field> fields = new ArrayList<>();
                List<Typed> row = new ArrayList<>();
                for (Object argument : arguments) {
                    Typed t = typedOf(argument);
                    columns.add(new InputRef(row.size(), t.type, true));
                    fields.add(Field.of("c" + row.size(), t.type));
                    row.add(t);
                }
                Schema schema = new Schema(fields);
                ExpressionEvaluators.projection(
                                List.of(Expressions.call(function, columns)), EvaluationContext.of(mode))
                        .evaluate(batch(schema, row, 3, 0));
            } catch (RivuletException e) {
                assertThat(e.code()).isNotEqualTo(ErrorCode.INTERNAL);
                if (found != null) {
                    assertThat(e).hasMessage(found.getMessage());
                }
                found = e;
                continue;
            }
            throw new AssertionError(function + " did not fail when " + mode);
        }
        return java.util.Objects.requireNonNull(found);
    }
}
