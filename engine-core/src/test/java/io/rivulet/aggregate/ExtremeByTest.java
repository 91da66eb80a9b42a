package io.rivulet.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.memory.MemoryPool;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.state.TableSpec;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code max_by} and {@code min_by} over all rows at once and over partial states in the order of the rows. */
final class ExtremeByTest {
    private static @Nullable Object chosen(
            int parts,
            String function,
            DataType type,
            List<? extends @Nullable Object> values,
            DataType orderType,
            List<? extends @Nullable Object> orders) {
        Schema schema = Schema.of(Field.of("v", type), Field.of("o", orderType));
        List<AggregateCall> calls = List.of(new AggregateCall(function, List.of(0, 1), -1, type));
        MemoryPool memory = MemoryPool.root("test", 1 << 24);
        GroupedAggregation total = new GroupedAggregation(schema, 0, calls);
        TableBucket groups = oneGroup(total, memory);
        for (int p = 0; p < parts; p++) {
            int from = values.size() * p / parts;
            int to = values.size() * (p + 1) / parts;
            ColumnBuilder value = new ColumnBuilder(type, 4);
            ColumnBuilder order = new ColumnBuilder(orderType, 4);
            values.subList(from, to).forEach(value::append);
            orders.subList(from, to).forEach(order::append);
            ColumnBatch batch = new ColumnBatch(schema, new ColumnVector[] {value.build(), order.build()}, to - from);
            if (parts == 1) {
                total.accumulate(groups, batch, null, new int[to - from], to - from);
                continue;
            }
            GroupedAggregation part = new GroupedAggregation(schema, 0, calls);
            TableSpec spec = new TableSpec("part", List.of(), part.stateColumns());
            try (StateTable table = new StateTable(spec, memory)) {
                TableBucket bucket = locateOne(table);
                part.accumulate(bucket, batch, null, new int[to - from], to - from);
                total.combine(groups, table.rows(bucket, new int[1], 1), 0, null, new int[1], 1);
            }
        }
        return total.results(groups, new int[1], 1)[0].objectAt(0);
    }

    private static TableBucket oneGroup(GroupedAggregation aggregation, MemoryPool memory) {
        return locateOne(new StateTable(new TableSpec("test", List.of(), aggregation.stateColumns()), memory));
    }

    private static TableBucket locateOne(StateTable table) {
        KeyBatch none = new KeyBatch(0);
        none.load(new ColumnVector[0], 1);
        TableBucket bucket = table.bucket(StateTable.TIMELESS);
        bucket.locate(none, null, 1, new int[1]);
        return bucket;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theFirstOfEqualOrderValuesWinsAndNullOrdersAreSkipped(int parts) {
        List<String> names = List.of("a", "b", "c", "d", "e");
        List<@Nullable Integer> orders = Arrays.asList(null, 7, 3, 7, 3);
        assertThat(chosen(parts, "max_by", DataType.STRING, names, DataType.INT, orders))
                .isEqualTo("b");
        assertThat(chosen(parts, "min_by", DataType.STRING, names, DataType.INT, orders))
                .isEqualTo("c");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void theValueMayBeNullAndAGroupWithoutOrdersIsNull(int parts) {
        List<@Nullable Long> values = Arrays.asList(1L, null, 3L);
        assertThat(chosen(parts, "max_by", DataType.BIGINT, values, DataType.INT, List.of(1, 2, 1)))
                .isNull();
        assertThat(chosen(parts, "min_by", DataType.BIGINT, values, DataType.INT, List.of(1, 2, 1)))
                .isEqualTo(1L);
        assertThat(chosen(parts, "min_by", DataType.BIGINT, values, DataType.INT, Arrays.asList(null, null, null)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void everyTypeOrdersAsSqlDoes(int parts) {
        List<Integer> values = List.of(0, 1, 2, 3);
        assertThat(chosen(
                        parts,
                        "max_by",
                        DataType.INT,
                        values,
                        DataType.DOUBLE,
                        List.of(-1.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NaN)))
                .isEqualTo(1);
        assertThat(chosen(parts, "min_by", DataType.INT, values, DataType.DOUBLE, List.of(0.0, -0.0, -2.5, -2.0)))
                .isEqualTo(2);
        assertThat(chosen(parts, "max_by", DataType.INT, values, DataType.FLOAT, List.of(-1f, -0.5f, -3f, -0.75f)))
                .isEqualTo(1);
        assertThat(chosen(parts, "max_by", DataType.INT, values, DataType.STRING, List.of("b", "a", "bb", "")))
                .isEqualTo(2);
        DecimalType wide = new DecimalType(30, 0);
        List<BigDecimal> decimals = List.of(
                new BigDecimal("-123456789012345678901234567890"), BigDecimal.ONE, BigDecimal.TEN, BigDecimal.ZERO);
        assertThat(chosen(parts, "min_by", DataType.INT, values, wide, decimals))
                .isEqualTo(0);
        assertThat(chosen(parts, "max_by", wide, decimals, DataType.INT, List.of(4, 1, 2, 3)))
                .isEqualTo(decimals.get(0));
        List<LocalDate> dates =
                List.of(LocalDate.EPOCH, LocalDate.of(1969, 1, 1), LocalDate.of(2001, 1, 1), LocalDate.of(2000, 1, 1));
        assertThat(chosen(parts, "max_by", DataType.DATE, dates, DataType.DATE, dates))
                .isEqualTo(LocalDate.of(2001, 1, 1));
    }
}
