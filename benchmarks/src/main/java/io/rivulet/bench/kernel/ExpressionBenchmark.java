package io.rivulet.bench.kernel;

import io.rivulet.bench.workload.EventFill;
import io.rivulet.expression.EvaluationContext;
import io.rivulet.expression.EvaluationMode;
import io.rivulet.expression.Expression;
import io.rivulet.expression.ExpressionEvaluators;
import io.rivulet.expression.Expressions;
import io.rivulet.expression.Literal;
import io.rivulet.expression.Projection;
import io.rivulet.expression.RowFilter;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.IntVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Selection;
import io.rivulet.vector.Validity;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** W3's filter and projection over one column batch that stays in the cache. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExpressionBenchmark {
    private static final int ROWS = EventFill.ARRAY_ROWS;
    private static final Schema SCHEMA = Schema.of(
            Field.required("key", DataType.BIGINT),
            Field.required("value", DataType.DOUBLE),
            Field.required("kind", DataType.INT));

    /** How expressions are run. */
    @Param({"INTERPRETED", "COMPILED"})
    public EvaluationMode mode = EvaluationMode.INTERPRETED;

    private final ColumnBatch batch = events();
    private @Nullable RowFilter filter;
    private @Nullable Projection projection;
    private @Nullable Projection both;

    private static ColumnBatch events() {
        long[] key = new long[ROWS];
        double[] value = new double[ROWS];
        int[] kind = new int[ROWS];
        new EventFill(1000, 200).fill(0, ROWS, null, key, value, kind);
        ColumnVector[] columns = {
            new LongVector(DataType.BIGINT, key, ROWS, Validity.ALL_PRESENT),
            new DoubleVector(DataType.DOUBLE, value, ROWS, Validity.ALL_PRESENT),
            new IntVector(DataType.INT, kind, ROWS, Validity.ALL_PRESENT)
        };
        return new ColumnBatch(SCHEMA, columns, ROWS);
    }

    private static Expression condition() {
        return Expressions.call("=", Expressions.column(SCHEMA, "kind"), new Literal(1, DataType.INT));
    }

    private static List<Expression> outputs() {
        Expression twice = Expressions.call("*", Expressions.column(SCHEMA, "value"), new Literal(2, DataType.INT));
        return List.of(Expressions.call("+", twice, Expressions.column(SCHEMA, "key")));
    }

    private EvaluationContext context() {
        return EvaluationContext.of(mode);
    }

    /** {@code kind = 1}: one row in four. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public @Nullable Selection filter() {
        RowFilter made = filter;
        if (made == null) {
            made = ExpressionEvaluators.filter(condition(), context());
            filter = made;
        }
        return made.filter(batch);
    }

    /** {@code value * 2 + key} of every row. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public ColumnVector[] project() {
        Projection made = projection;
        if (made == null) {
            made = ExpressionEvaluators.projection(outputs(), context());
            projection = made;
        }
        return made.evaluate(batch);
    }

    /** Both in one pass; per row of the input. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public ColumnVector[] filterAndProject() {
        Projection made = both;
        if (made == null) {
            made = ExpressionEvaluators.filteredProjection(condition(), outputs(), context());
            both = made;
        }
        return made.evaluate(batch);
    }
}
