package io.rivulet.bench.kernel;

import io.rivulet.bench.workload.EventFill;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.StateColumn;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.state.TableSpec;
import io.rivulet.type.SimpleType;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Validity;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** Hashing the keys of a column batch and finding their rows in a packed table that holds them all. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowLookupBenchmark {
    private static final int ROWS = EventFill.ARRAY_ROWS;

    /** Different keys in the table. */
    @Param({"1000", "1000000"})
    public long keys;

    /** What the keys are. */
    @Param({"DENSE", "SPREAD", "NULLABLE", "TEXT", "PAIR"})
    public Keys lie = Keys.DENSE;

    /** What keys are. */
    public enum Keys {
        /** Whole numbers side by side from 0 on. */
        DENSE,
        /** Whole numbers spread over all longs. */
        SPREAD,
        /** As {@link #DENSE}, of a column that may be null, as those of files may. */
        NULLABLE,
        /** Texts of some fourteen letters that may be null. */
        TEXT,
        /** Such a text and a number. */
        PAIR;

        private boolean texts() {
            return this == TEXT || this == PAIR;
        }
    }

    private final int[] groups = new int[ROWS];
    private KeyBatch batch = new KeyBatch(1);
    private ColumnVector[][] inputs = {};
    private TableBucket bucket = table().bucket(0);
    private int next;

    /** Makes the table and enough batches that their keys do not stay in the cache of a large table. */
    @Setup
    public void fill() {
        EventFill events = new EventFill(keys, 200);
        bucket = table().bucket(0);
        batch = new KeyBatch(lie == Keys.PAIR ? 2 : 1);
        inputs = new ColumnVector[lie.texts() ? 64 : 512][];
        for (int i = 0; i < inputs.length; i++) {
            long[] key = new long[ROWS];
            events.fill((long) i * ROWS, ROWS, null, key, null, null);
            if (lie == Keys.SPREAD) {
                spread(key);
            }
            ColumnVector numbers = new LongVector(SimpleType.BIGINT, key, ROWS, Validity.ALL_PRESENT);
            inputs[i] = lie == Keys.PAIR
                    ? new ColumnVector[] {texts(key), numbers}
                    : new ColumnVector[] {lie == Keys.TEXT ? texts(key) : numbers};
        }
        for (int i = 0; i < inputs.length; i++) {
            locate();
        }
    }

    private static void spread(long[] keys) {
        for (int i = 0; i < keys.length; i++) {
            keys[i] *= 0x9E3779B97F4A7C15L; // odd, so no two keys become one
        }
    }

    private static ColumnVector texts(long[] keys) {
        ColumnBuilder texts = new ColumnBuilder(SimpleType.STRING, keys.length);
        for (long key : keys) {
            texts.append("customer " + (10_000 + key));
        }
        return texts.build();
    }

    private List<StateColumn> keyColumns() {
        StateColumn text = StateColumn.key("name", SimpleType.STRING, true);
        return switch (lie) {
            case DENSE, SPREAD -> List.of(StateColumn.key("key", SimpleType.BIGINT, false));
            case NULLABLE -> List.of(StateColumn.key("key", SimpleType.BIGINT, true));
            case TEXT -> List.of(text);
            case PAIR -> List.of(text, StateColumn.key("key", SimpleType.BIGINT, true));
        };
    }

    private StateTable table() {
        TableSpec spec = new TableSpec(
                "lookup",
                keyColumns(),
                List.of(
                        StateColumn.value("count", SimpleType.BIGINT, 0),
                        StateColumn.value("sum", SimpleType.DOUBLE, 0),
                        StateColumn.value("max", SimpleType.DOUBLE, 0)));
        return new StateTable(spec, MemoryPool.root("benchmark", Long.MAX_VALUE));
    }

    /** The rows of a batch's keys. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public int[] locate() {
        next = (next + 1) % inputs.length;
        ColumnVector[] input = inputs[next];
        batch.load(input, ROWS);
        bucket.locate(batch, null, ROWS, groups);
        return groups;
    }
}
