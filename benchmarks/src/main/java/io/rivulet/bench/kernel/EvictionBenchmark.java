package io.rivulet.bench.kernel;

import io.rivulet.aggregate.AggregateCall;
import io.rivulet.connector.OutputMode;
import io.rivulet.function.Bindings;
import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.Operator;
import io.rivulet.operator.aggregate.AggregateOperator;
import io.rivulet.operator.aggregate.Grouping;
import io.rivulet.state.StateTable;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import io.rivulet.type.StructType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Validity;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A batch that closes one window of 100 groups where a million groups are held in 10 000 windows: 100 rows come in for a
 * new window, 100 groups are given out and dropped. One operation is the whole batch; it must take less than 1 ms,
 * because eviction costs what leaves and not what stays.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EvictionBenchmark {
    /** Groups held. */
    static final int HELD = 1_000_000;

    /** Groups of one window. */
    static final int OF_A_WINDOW = 100;

    private static final int WINDOWS = HELD / OF_A_WINDOW;
    private static final long WINDOW_MICROS = 1_000_000;
    private static final Schema INPUT = Schema.of(
            Field.required("ts", SimpleType.TIMESTAMP),
            Field.required("key", SimpleType.BIGINT),
            Field.required("value", SimpleType.DOUBLE));
    private static final Schema OUTPUT = Schema.of(
            Field.required(
                    "window",
                    new StructType(Schema.of(
                            Field.required("start", SimpleType.TIMESTAMP),
                            Field.required("end", SimpleType.TIMESTAMP)))),
            Field.required("key", SimpleType.BIGINT),
            Field.required("count", SimpleType.BIGINT),
            Field.required("sum", SimpleType.DOUBLE));

    private final Counting given = new Counting();
    private StateTable table = table();
    private AggregateOperator operator = operator();
    private long batch;

    /** Fills the windows, then checks what one batch gives out and leaves. */
    @Setup
    public void fill() {
        table = table();
        operator = operator();
        batch = 0;
        while (batch < WINDOWS) {
            run(Long.MIN_VALUE);
        }
        evict();
        if (table.rowCount() != HELD || given.counts != OF_A_WINDOW || given.sums != 0.5 * OF_A_WINDOW) {
            throw new IllegalStateException("a batch gave out a count of " + given.counts + " and a sum of "
                    + given.sums + " and left " + table.rowCount() + " groups");
        }
    }

    /** One batch. */
    @Benchmark
    public long evict() {
        long oldest = batch - WINDOWS;
        given.rows = 0;
        given.counts = 0;
        given.sums = 0;
        run((oldest + 1) * WINDOW_MICROS);
        if (given.rows != OF_A_WINDOW) {
            throw new IllegalStateException(given.rows + " groups were given out");
        }
        return given.rows;
    }

    /** Rows for the next window, then the batch's end at a watermark. */
    private void run(long watermark) {
        long[] ts = new long[OF_A_WINDOW];
        long[] key = new long[OF_A_WINDOW];
        double[] value = new double[OF_A_WINDOW];
        Arrays.fill(ts, batch * WINDOW_MICROS);
        for (int i = 0; i < OF_A_WINDOW; i++) {
            key[i] = i * 7919L;
            value[i] = 0.5;
        }
        ColumnVector[] columns = {
            new LongVector(SimpleType.TIMESTAMP, ts, OF_A_WINDOW, Validity.ALL_PRESENT),
            new LongVector(SimpleType.BIGINT, key, OF_A_WINDOW, Validity.ALL_PRESENT),
            new DoubleVector(SimpleType.DOUBLE, value, OF_A_WINDOW, Validity.ALL_PRESENT)
        };
        operator.begin(new BatchStart(batch, 0, Long.MIN_VALUE));
        operator.process(new ColumnBatch(INPUT, columns, OF_A_WINDOW));
        operator.finish(new BatchEnd(watermark));
        table.clearChanges();
        batch++;
    }

    private static Grouping grouping() {
        return new Grouping(
                "groups",
                INPUT,
                1,
                new WindowSpec(WINDOW_MICROS, WINDOW_MICROS, 0),
                -1,
                List.of(
                        new AggregateCall("count", List.of(), -1, SimpleType.BIGINT),
                        new AggregateCall("sum", List.of(2), -1, SimpleType.DOUBLE)),
                OutputMode.APPEND,
                true,
                OUTPUT,
                Set.of(),
                Bindings.EMPTY);
    }

    private static StateTable table() {
        return grouping().table(MemoryPool.root("benchmark", Long.MAX_VALUE));
    }

    private AggregateOperator operator() {
        return new AggregateOperator(grouping(), List.of(table), false, false, 4096, given);
    }

    /** Adds up what it is given. */
    private static final class Counting implements Operator {
        private long rows;
        private long counts;
        private double sums;

        @Override
        public void begin(BatchStart start) {}

        @Override
        public void process(ColumnBatch batch) {
            rows += batch.rowCount();
            long[] count = ((LongVector) batch.column(2)).values();
            double[] sum = ((DoubleVector) batch.column(3)).values();
            for (int i = 0; i < batch.size(); i++) {
                counts += count[i];
                sums += sum[i];
            }
        }

        @Override
        public void finish(BatchEnd end) {}

        @Override
        public void close() {}
    }
}
