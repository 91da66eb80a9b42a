package io.rivulet.bench.kernel;

import io.rivulet.aggregate.AggregateCall;
import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.bench.workload.EventFill;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.StateColumn;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.state.TableSpec;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Validity;
import java.util.List;
import java.util.Objects;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Taking the rows of a column batch up into their groups: count, sum, avg and max of a double. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AccumulateBenchmark {
    private static final int ROWS = EventFill.ARRAY_ROWS;
    private static final Schema SCHEMA =
            Schema.of(Field.required("key", SimpleType.BIGINT), Field.required("value", SimpleType.DOUBLE));

    /** Different keys in the table. */
    @Param({"1000", "1000000"})
    public long keys;

    private ColumnBatch[] inputs = {};
    private int[][] groups = {};
    private GroupedAggregation aggregation = aggregation();
    private @Nullable TableBucket bucket;
    private int next;

    /** Makes the table, and enough batches that their groups do not stay in the cache of a large table. */
    @Setup
    public void fill() {
        EventFill events = new EventFill(keys, 200);
        aggregation = aggregation();
        TableSpec spec = new TableSpec(
                "groups", List.of(StateColumn.key("key", SimpleType.BIGINT, false)), aggregation.stateColumns());
        TableBucket filled = new StateTable(spec, MemoryPool.root("benchmark", Long.MAX_VALUE)).bucket(0);
        KeyBatch located = new KeyBatch(1);
        inputs = new ColumnBatch[512];
        groups = new int[inputs.length][ROWS];
        for (int i = 0; i < inputs.length; i++) {
            long[] key = new long[ROWS];
            double[] value = new double[ROWS];
            events.fill((long) i * ROWS, ROWS, null, key, value, null);
            ColumnVector[] columns = {
                new LongVector(SimpleType.BIGINT, key, ROWS, Validity.ALL_PRESENT),
                new DoubleVector(SimpleType.DOUBLE, value, ROWS, Validity.ALL_PRESENT)
            };
            inputs[i] = new ColumnBatch(SCHEMA, columns, ROWS);
            located.load(columns, ROWS);
            filled.locate(located, null, ROWS, groups[i]);
        }
        bucket = filled;
    }

    private GroupedAggregation aggregation() {
        return new GroupedAggregation(
                SCHEMA,
                1,
                List.of(
                        new AggregateCall("count", List.of(), -1, SimpleType.BIGINT),
                        new AggregateCall("sum", List.of(1), -1, SimpleType.DOUBLE),
                        new AggregateCall("avg", List.of(1), -1, SimpleType.DOUBLE),
                        new AggregateCall("max", List.of(1), -1, SimpleType.DOUBLE)));
    }

    /** The groups of a batch, updated. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public TableBucket accumulate() {
        TableBucket filled = Objects.requireNonNull(bucket);
        next = (next + 1) % inputs.length;
        aggregation.accumulate(filled, inputs[next], null, groups[next], ROWS);
        return filled;
    }
}
