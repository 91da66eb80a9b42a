package io.rivulet.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.aggregate.AggregateCall;
import io.rivulet.connector.OutputMode;
import io.rivulet.function.Bindings;
import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.Operator;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableSpec;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Distinct values and lists lie beside the groups, leave with their windows, and come back after a restart. */
final class SideTablesTest {
    private static final long SECOND = 1_000_000;
    private static final StructType WINDOW = new StructType(
            Schema.of(Field.required("start", DataType.TIMESTAMP), Field.required("end", DataType.TIMESTAMP)));
    private static final Schema INPUT =
            Schema.of(Field.of("t", DataType.TIMESTAMP), Field.of("k", DataType.STRING), Field.of("v", DataType.INT));

    private static Grouping grouping(OutputMode mode, Set<String> stored, AggregateCall... calls) {
        List<Field> output = new ArrayList<>(List.of(Field.required("window", WINDOW), Field.of("k", DataType.STRING)));
        for (int i = 0; i < calls.length; i++) {
            output.add(Field.of("r" + i, calls[i].type()));
        }
        WindowSpec window = new WindowSpec(10 * SECOND, 10 * SECOND, 0);
        return new Grouping(
                "aggregate-0",
                INPUT,
                1,
                window,
                -1,
                Arrays.asList(calls),
                mode,
                true,
                new Schema(output),
                stored,
                Bindings.EMPTY);
    }

    private static AggregateCall countDistinct() {
        return new AggregateCall("count", true, List.of(2), List.of(), -1, DataType.BIGINT, null);
    }

    private static AggregateCall sumDistinct() {
        return new AggregateCall("sum", true, List.of(2), List.of(), -1, DataType.BIGINT, null);
    }

    private static AggregateCall list() {
        return new AggregateCall("collect_list", List.of(2), -1, new ArrayType(DataType.INT));
    }

    /** Keeps the rows it gets, without their windows. */
    private static final class Results implements Operator {
        private final List<List<@Nullable Object>> rows = new ArrayList<>();

        @Override
        public void begin(BatchStart start) {
            rows.clear();
        }

        @Override
        public void process(ColumnBatch batch) {
            for (int i = 0; i < batch.rowCount(); i++) {
                rows.add(batch.row(i).values().subList(1, batch.schema().size()));
            }
        }

        @Override
        public void finish(BatchEnd end) {}

        @Override
        public void close() {}
    }

    private final MemoryPool memory = MemoryPool.root("test", 1 << 24);
    private final Results results = new Results();

    private List<StateTable> tables(Grouping grouping) {
        return grouping.tableSpecs().stream()
                .map(spec -> new StateTable(spec, memory))
                .toList();
    }

    private static ColumnBatch rows(Object... values) {
        ColumnBuilder[] builders = ColumnBuilder.forSchema(INPUT, 4);
        for (int i = 0; i < values.length; i++) {
            builders[i % 3].append(i % 3 == 0 ? Instant.ofEpochSecond((Integer) values[i]) : values[i]);
        }
        ColumnVector[] columns =
                Arrays.stream(builders).map(ColumnBuilder::build).toArray(ColumnVector[]::new);
        return new ColumnBatch(INPUT, columns, values.length / 3);
    }

    private void run(AggregateOperator operator, long watermark, ColumnBatch... batches) {
        operator.begin(new BatchStart(0, 0, Long.MIN_VALUE));
        for (ColumnBatch batch : batches) {
            operator.process(batch);
        }
        operator.finish(new BatchEnd(watermark));
        operator.tables().forEach(StateTable::clearChanges);
    }

    private static List<Long> counts(List<StateTable> tables) {
        return tables.stream().map(StateTable::rowCount).toList();
    }

    @Test
    void theyShrinkWhenTheirWindowsClose() {
        Grouping grouping = grouping(OutputMode.APPEND, Set.of(), countDistinct(), sumDistinct(), list());
        assertThat(grouping.tableSpecs().stream().map(TableSpec::operator))
                .containsExactly("aggregate-0", "aggregate-0/distinct (v)", "aggregate-0/list collect_list(v)");
        List<StateTable> tables = tables(grouping);
        try (AggregateOperator operator = new AggregateOperator(grouping, tables, false, false, 2, results)) {
            run(operator, 5 * SECOND, rows(1, "a", 7, 2, "a", 7, 11, "a", 7), rows(3, "b", 8, 12, "a", 9, 4, "a", 5));
            assertThat(results.rows).isEmpty();
            assertThat(counts(tables)).containsExactly(3L, 5L, 6L);
            long full = memory.reserved();
            assertThat(full).isPositive();
            run(operator, 10 * SECOND, rows(5, "b", 8));
            assertThat(results.rows)
                    .containsExactlyInAnyOrder(
                            List.of("a", 2L, 12L, List.of(7, 7, 5)), List.of("b", 1L, 8L, List.of(8, 8)));
            assertThat(counts(tables)).containsExactly(1L, 2L, 2L);
            run(operator, 20 * SECOND);
            assertThat(results.rows).containsExactly(List.of("a", 2L, 16L, List.of(7, 9)));
            assertThat(counts(tables)).containsExactly(0L, 0L, 0L);
        }
        assertThat(memory.reserved()).isZero();
    }

    @Test
    void theirChangesBringThemBack() {
        Grouping grouping = grouping(OutputMode.UPDATE, Set.of(), countDistinct(), list());
        List<StateTable> before = tables(grouping);
        List<StateTable> after = tables(grouping);
        AggregateOperator first = new AggregateOperator(grouping, before, false, false, 16, results);
        first.begin(new BatchStart(0, 0, Long.MIN_VALUE));
        first.process(rows(1, "a", 7, 2, "b", 7, 3, "a", 9));
        first.finish(new BatchEnd(0));
        for (int t = 0; t < before.size(); t++) {
            before.get(t).forEachChange(after.get(t)::apply);
            after.get(t).clearChanges();
        }
        first.close();
        try (AggregateOperator again = new AggregateOperator(grouping, after, false, false, 16, results)) {
            run(again, 0, rows(4, "a", 9, 5, "a", 1));
            assertThat(results.rows).containsExactly(List.of("a", 3L, List.of(7, 9, 9, 1)));
        }
    }

    @Test
    void anAddedFunctionHasValuesOfItsOwn() {
        Set<String> stored = Set.of("count(DISTINCT v)", "/distinct (v)");
        assertThat(grouping(OutputMode.UPDATE, stored, countDistinct(), sumDistinct()).tableSpecs().stream()
                        .map(TableSpec::sideName))
                .containsExactly("", "distinct (v)", "distinct (v) of sum(DISTINCT v)");
    }

    @Test
    void rowsAreSpreadByTheKeysOfTheirGroup() {
        TableSpec distinct = grouping(OutputMode.UPDATE, Set.of(), countDistinct())
                .tableSpecs()
                .get(1);
        assertThat(distinct.keys()).hasSize(2);
        assertThat(distinct.distributedBy()).isEqualTo(1);
        assertThat(distinct.owner()).isEqualTo("aggregate-0");
    }
}
