package io.rivulet.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.aggregate.AggregateCall;
import io.rivulet.connector.OutputMode;
import io.rivulet.function.Bindings;
import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.Operator;
import io.rivulet.operator.exchange.ExchangeWriter;
import io.rivulet.state.StateTable;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Groups that go from tasks to partitions, in their tables or as batches, give what one operator gives that sees all
 * rows: random windows, rows, keys that come and go, and watermarks. A failure names its seed.
 */
final class HandedOverGroupsTest {
    private static final Schema INPUT = Schema.of(
            Field.required("t", DataType.BIGINT),
            Field.required("k", DataType.STRING),
            Field.required("v", DataType.BIGINT));
    private static final Schema OUTPUT = Schema.of(
            Field.required(
                    "w",
                    new StructType(Schema.of(
                            Field.required("start", DataType.BIGINT), Field.required("end", DataType.BIGINT)))),
            Field.required("k", DataType.STRING),
            Field.required("n", DataType.BIGINT),
            Field.of("sum", DataType.BIGINT));
    private static final List<AggregateCall> CALLS = List.of(
            new AggregateCall("count", List.of(), -1, DataType.BIGINT),
            new AggregateCall("sum", List.of(2), -1, DataType.BIGINT));

    private static final class Collected implements Operator {
        private final List<String> rows = new ArrayList<>();

        @Override
        public void begin(BatchStart start) {}

        @Override
        public void process(ColumnBatch batch) {
            for (int i = 0; i < batch.size(); i++) {
                rows.add(batch.row(i).toString());
            }
        }

        @Override
        public void finish(BatchEnd end) {}

        @Override
        public void close() {}
    }

    /** An exchange that takes tables, or refuses them. */
    private static final class Left implements ExchangeWriter.Target {
        private final boolean takesTables;
        private final List<List<ColumnBatch>> batches = new ArrayList<>();
        private final List<StateTable> tables = new ArrayList<>();

        Left(boolean takesTables, int partitions) {
            this.takesTables = takesTables;
            for (int p = 0; p < partitions; p++) {
                batches.add(new ArrayList<>());
            }
        }

        @Override
        public void add(int partition, ColumnBatch batch) {
            batches.get(partition).add(batch);
        }

        @Override
        public boolean add(StateTable groups) {
            if (takesTables) {
                tables.add(groups);
            }
            return takesTables;
        }

        void drain(int partition, int partitions, SlidingAggregateOperator into) {
            batches.get(partition).forEach(into::process);
            batches.get(partition).clear();
            tables.forEach(table -> into.takeGroups(table, partition, partitions));
        }

        void clear() {
            tables.forEach(table -> table.dropThrough(Long.MAX_VALUE));
            tables.clear();
        }
    }

    private static ColumnBatch rows(Random random, int count, long now, int disorder, int firstKey, int keys) {
        ColumnBuilder time = new ColumnBuilder(DataType.BIGINT, count);
        ColumnBuilder key = new ColumnBuilder(DataType.STRING, count);
        ColumnBuilder value = new ColumnBuilder(DataType.BIGINT, count);
        for (int i = 0; i < count; i++) {
            time.append(now - random.nextInt(disorder));
            key.append("key " + (firstKey + random.nextInt(keys)));
            value.append((long) random.nextInt(100));
        }
        return new ColumnBatch(INPUT, new ColumnVector[] {time.build(), key.build(), value.build()}, count);
    }

    private static void randomCase(Random random, boolean takesTables, Set<String> seen) {
        int partitions = 1 + random.nextInt(3);
        int taskCount = 1 + random.nextInt(3);
        int slide = 1 + random.nextInt(4);
        WindowSpec window = new WindowSpec(slide * (1L + random.nextInt(5)) + 1, slide, 0);
        int keys = 1 + random.nextInt(random.nextBoolean() ? 10 : 3000);
        int drift = random.nextInt(2) * random.nextInt(2 * keys);
        Grouping grouping = new Grouping(
                "op", INPUT, 1, window, -1, CALLS, OutputMode.APPEND, true, OUTPUT, Set.of(), Bindings.EMPTY);
        MemoryPool memory = MemoryPool.root("test", Long.MAX_VALUE);
        Collected expected = new Collected();
        Collected actual = new Collected();
        List<StateTable> tables = new ArrayList<>();
        StateTable all = grouping.table(memory);
        SlidingAggregateOperator direct = new SlidingAggregateOperator(grouping, all, false, memory, 64, expected);
        List<SlidingAggregateOperator> behind = new ArrayList<>();
        for (int p = 0; p < partitions; p++) {
            tables.add(grouping.table(memory));
            behind.add(new SlidingAggregateOperator(grouping, tables.get(p), true, memory, 64, actual));
        }
        List<Left> left = new ArrayList<>();
        List<PartialAggregateOperator> tasks = new ArrayList<>();
        for (int t = 0; t < taskCount; t++) {
            left.add(new Left(takesTables, partitions));
            ExchangeWriter writer = new ExchangeWriter(new int[] {1}, partitions, left.get(t));
            tasks.add(new PartialAggregateOperator(grouping, memory, 64, writer));
        }
        long watermark = Long.MIN_VALUE;
        for (int b = 0; b < 12; b++) {
            BatchStart start = new BatchStart(b, 0, watermark);
            direct.begin(start);
            behind.forEach(operator -> operator.begin(start));
            for (PartialAggregateOperator task : tasks) {
                task.begin(start);
                for (int vector = random.nextInt(3); vector > 0; vector--) {
                    ColumnBatch batch = rows(random, 1 + random.nextInt(2000), b * 5L, 8, b * drift, keys);
                    direct.process(batch);
                    task.process(batch);
                }
            }
            watermark = b == 11 ? Long.MAX_VALUE : Math.max(watermark, b * 5L - random.nextInt(8));
            BatchEnd end = new BatchEnd(watermark);
            tasks.forEach(task -> task.finish(end));
            left.forEach(l -> l.tables.forEach(table -> seen.add("a table")));
            for (int p = 0; p < partitions; p++) {
                int partition = p;
                left.forEach(l -> l.drain(partition, partitions, behind.get(partition)));
            }
            direct.finish(end);
            behind.forEach(operator -> operator.finish(end));
            left.forEach(Left::clear);
            assertThat(behind.stream().mapToLong(o -> o.metrics().rowsUpdated()).sum())
                    .isEqualTo(direct.metrics().rowsUpdated());
            assertThat(behind.stream().mapToLong(o -> o.metrics().rowsRemoved()).sum())
                    .isEqualTo(direct.metrics().rowsRemoved());
            Collections.sort(expected.rows);
            Collections.sort(actual.rows);
            assertThat(actual.rows).isEqualTo(expected.rows);
            assertThat(tables.stream().mapToLong(StateTable::rowCount).sum()).isEqualTo(all.rowCount());
            all.clearChanges();
            for (StateTable table : tables) {
                long numbering = table.numbering();
                table.clearChanges();
                if (table.numbering() != numbering) {
                    seen.add("keys numbered anew");
                }
            }
            expected.rows.clear();
            actual.rows.clear();
        }
        direct.close();
        behind.forEach(Operator::close);
        tasks.forEach(Operator::close);
        assertThat(memory.reserved()).isZero();
    }

    @Test
    void givesWhatOneOperatorGives() {
        Set<String> seen = new HashSet<>();
        for (long seed = 1; seed <= 60; seed++) {
            try {
                randomCase(new Random(seed * 0x9E3779B97F4A7C15L), seed % 4 != 0, seen);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(seen).containsExactlyInAnyOrder("a table", "keys numbered anew");
    }
}
