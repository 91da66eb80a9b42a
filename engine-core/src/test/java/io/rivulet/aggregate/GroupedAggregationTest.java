package io.rivulet.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.error.RivuletException;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.StateColumn;
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
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every aggregate, over all rows at once and over partial states, with nulls and filters. */
final class GroupedAggregationTest {
    /** @param parts how many parts the rows are cut into; more than one goes through partial states */
    private static @Nullable Object aggregate(
            int parts, String function, DataType type, List<? extends @Nullable Object> values) {
        return aggregate(parts, function, type, values, null);
    }

    private static @Nullable Object aggregate(
            int parts,
            String function,
            DataType type,
            List<? extends @Nullable Object> values,
            @Nullable List<Boolean> filter) {
        Schema schema = Schema.of(Field.of("v", type), Field.of("f", DataType.BOOLEAN));
        AggregateCall call = new AggregateCall(
                function, List.of(0), filter == null ? -1 : 1, AggregateFunctions.resultType(function, List.of(type)));
        MemoryPool memory = MemoryPool.root("test", 1 << 24);
        GroupedAggregation total = new GroupedAggregation(schema, 0, List.of(call));
        TableBucket groups = table(total, memory).bucket(StateTable.TIMELESS);
        int[] group = locate(groups);
        TableBucket merged = table(total, memory).bucket(StateTable.TIMELESS);
        TableBucket mergedAsRun = table(total, memory).bucket(StateTable.TIMELESS);
        assertThat(locate(merged)).isEqualTo(group);
        assertThat(locate(mergedAsRun)).isEqualTo(group);
        for (int p = 0; p < parts; p++) {
            int from = values.size() * p / parts;
            int to = values.size() * (p + 1) / parts;
            ColumnBatch batch =
                    batch(schema, values.subList(from, to), filter == null ? null : filter.subList(from, to));
            if (parts == 1) {
                total.accumulate(groups, batch, null, new int[batch.size()], batch.size());
            } else {
                StateTable part = partial(schema, call, batch, memory);
                TableBucket partGroups = part.bucketAt(0);
                total.combine(groups, part.rows(partGroups, group, 1), 0, null, group, 1);
                total.merge(merged, group, partGroups, group, 1);
                total.joinRuns(mergedAsRun, 0, mergedAsRun, 0, partGroups, 0, 1);
            }
        }
        if (parts > 1) {
            Object expected = total.results(groups, group, 1)[0].objectAt(0);
            assertThat(total.results(merged, group, 1)[0].objectAt(0))
                    .as("merged row by row")
                    .isEqualTo(expected);
            assertThat(total.results(mergedAsRun, group, 1)[0].objectAt(0))
                    .as("merged as a run")
                    .isEqualTo(expected);
        }
        return total.results(groups, group, 1)[0].objectAt(0);
    }

    private static StateTable partial(Schema schema, AggregateCall call, ColumnBatch batch, MemoryPool memory) {
        GroupedAggregation part = new GroupedAggregation(schema, 0, List.of(call));
        StateTable table = table(part, memory);
        TableBucket groups = table.bucket(StateTable.TIMELESS);
        locate(groups);
        part.accumulate(groups, batch, null, new int[batch.size()], batch.size());
        return table;
    }

    private static StateTable table(GroupedAggregation aggregation, MemoryPool memory) {
        return new StateTable(new TableSpec("test", List.of(), aggregation.stateColumns()), memory);
    }

    private static int[] locate(TableBucket groups) {
        KeyBatch keys = new KeyBatch(0);
        keys.load(new ColumnVector[0], 1);
        int[] group = new int[1];
        groups.locate(keys, null, 1, group);
        return group;
    }

    private static ColumnBatch batch(
            Schema schema, List<? extends @Nullable Object> values, @Nullable List<Boolean> filter) {
        ColumnBuilder value = new ColumnBuilder(schema.type(0), 4);
        ColumnBuilder condition = new ColumnBuilder(DataType.BOOLEAN, 4);
        for (int i = 0; i < values.size(); i++) {
            value.append(values.get(i));
            condition.append(filter == null ? null : filter.get(i));
        }
        return new ColumnBatch(schema, new ColumnVector[] {value.build(), condition.build()}, values.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void integersSumExactlyAndAverageAsDoubles(int parts) {
        List<@Nullable Integer> values = Arrays.asList(3, null, 4, 5, null);
        assertThat(aggregate(parts, "sum", DataType.INT, values)).isEqualTo(12L);
        assertThat(aggregate(parts, "avg", DataType.INT, values)).isEqualTo(4.0);
        assertThat(aggregate(parts, "count", DataType.INT, values)).isEqualTo(3L);
        assertThat(aggregate(parts, "min", DataType.INT, values)).isEqualTo(3);
        assertThat(aggregate(parts, "max", DataType.INT, values)).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aGroupWithoutValuesIsNullButCountsZero(int parts) {
        List<@Nullable Long> nulls = Arrays.asList(null, null, null);
        for (String function : List.of("sum", "avg", "min", "max", "stddev", "var_pop", "first", "last")) {
            assertThat(aggregate(parts, function, DataType.BIGINT, nulls))
                    .as(function)
                    .isNull();
        }
        assertThat(aggregate(parts, "count", DataType.BIGINT, nulls)).isEqualTo(0L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void firstAndLastTakeNullsToo(int parts) {
        assertThat(aggregate(parts, "first", DataType.STRING, Arrays.asList(null, "b", "c")))
                .isNull();
        assertThat(aggregate(parts, "first", DataType.STRING, Arrays.asList("a", null, "c")))
                .isEqualTo("a");
        assertThat(aggregate(parts, "last", DataType.STRING, Arrays.asList("a", "b", null)))
                .isNull();
        assertThat(aggregate(parts, "last", DataType.DATE, List.of(LocalDate.EPOCH, LocalDate.of(2001, 1, 1))))
                .isEqualTo(LocalDate.of(2001, 1, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void extremesOrderNaNAboveAllNumbersAndTextByItsBytes(int parts) {
        List<Double> doubles = List.of(1.0, Double.NaN, -3.0, Double.POSITIVE_INFINITY);
        assertThat(aggregate(parts, "max", DataType.DOUBLE, doubles)).isEqualTo(Double.NaN);
        assertThat(aggregate(parts, "min", DataType.DOUBLE, doubles)).isEqualTo(-3.0);
        assertThat(aggregate(parts, "min", DataType.DOUBLE, List.of(Double.NaN, Double.NaN)))
                .isEqualTo(Double.NaN);
        assertThat(aggregate(parts, "max", DataType.FLOAT, List.of(1.5f, -2f))).isEqualTo(1.5f);
        assertThat(aggregate(parts, "max", DataType.STRING, List.of("a", "é", "z")))
                .isEqualTo("é");
        assertThat(aggregate(parts, "min", DataType.STRING, List.of("b", "", "z")))
                .isEqualTo("");
        assertThat(aggregate(parts, "max", DataType.BOOLEAN, List.of(false, true)))
                .isEqualTo(true);
        assertThat(aggregate(parts, "min", DataType.TIMESTAMP, List.of(Instant.ofEpochSecond(-5), Instant.EPOCH)))
                .isEqualTo(Instant.ofEpochSecond(-5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void decimalsStayExact(int parts) {
        DecimalType small = new DecimalType(10, 2);
        List<BigDecimal> values = List.of(new BigDecimal("1.10"), new BigDecimal("-2.25"), new BigDecimal("4.00"));
        assertThat(aggregate(parts, "sum", small, values)).isEqualTo(new BigDecimal("2.85"));
        assertThat(aggregate(parts, "avg", small, values)).isEqualTo(new BigDecimal("0.950000"));
        DecimalType wide = new DecimalType(30, 0);
        BigDecimal big = new BigDecimal("123456789012345678901234567890");
        assertThat(aggregate(parts, "sum", wide, List.of(big, big.negate(), big)))
                .isEqualTo(big);
        assertThat(aggregate(parts, "max", wide, List.of(big.negate(), big))).isEqualTo(big);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void spreadAgreesWithItsDefinition(int parts) {
        List<Double> values = List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0);
        assertThat((Double) aggregate(parts, "stddev_pop", DataType.DOUBLE, values))
                .isCloseTo(2.0, within());
        assertThat((Double) aggregate(parts, "var_samp", DataType.DOUBLE, values))
                .isCloseTo(32.0 / 7, within());
        assertThat(aggregate(parts, "stddev", DataType.DOUBLE, List.of(1.0))).isNull();
        assertThat(aggregate(parts, "var_pop", DataType.DOUBLE, List.of(1.0))).isEqualTo(0.0);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-12);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFilterLetsOnlyTrueRowsIn(int parts) {
        List<Integer> values = List.of(1, 2, 4, 8);
        List<Boolean> filter = Arrays.asList(true, null, false, true);
        assertThat(aggregate(parts, "sum", DataType.INT, values, filter)).isEqualTo(9L);
        assertThat(aggregate(parts, "count", DataType.INT, values, filter)).isEqualTo(2L);
        assertThat(aggregate(parts, "count_if", DataType.BOOLEAN, List.of(true, true, false, false), filter))
                .isEqualTo(1L);
        assertThat(aggregate(parts, "min", DataType.INT, values, List.of(false, false, false, false)))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void conditionsAreAndedAndOredWithoutNulls(int parts) {
        List<@Nullable Boolean> mixed = Arrays.asList(true, null, false, true, null);
        assertThat(aggregate(parts, "bool_and", DataType.BOOLEAN, mixed)).isEqualTo(false);
        assertThat(aggregate(parts, "every", DataType.BOOLEAN, Arrays.asList(true, null, true)))
                .isEqualTo(true);
        assertThat(aggregate(parts, "some", DataType.BOOLEAN, mixed)).isEqualTo(true);
        assertThat(aggregate(parts, "bool_or", DataType.BOOLEAN, List.of(false, false)))
                .isEqualTo(false);
        assertThat(aggregate(parts, "any", DataType.BOOLEAN, Arrays.asList(null, null)))
                .isNull();
    }

    @Test
    void sumsBeyondTheirTypeAreErrors() {
        assertThatThrownBy(() -> aggregate(1, "sum", DataType.BIGINT, List.of(Long.MAX_VALUE, 1L)))
                .isInstanceOf(RivuletException.class)
                .hasMessageContaining("ARITHMETIC_OVERFLOW")
                .hasMessageContaining("sum(v)");
    }

    /** Whether a sum on the way is outside does not matter, so neither do the order of rows and their parts. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void triedSumsAreNullWhereTheWholeSumIsOutside(int parts) {
        long most = Long.MAX_VALUE;
        List<@Nullable Long> back = Arrays.asList(most, 1L, null, most, -most, -1L);
        assertThat(aggregate(parts, "try_sum", DataType.BIGINT, back)).isEqualTo(most);
        assertThat(aggregate(parts, "try_sum", DataType.BIGINT, List.of(most, 1L)))
                .isNull();
        assertThat(aggregate(parts, "try_sum", DataType.BIGINT, List.of(-most, -1L)))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(aggregate(parts, "try_sum", DataType.BIGINT, List.of(-most, -1L, -1L)))
                .isNull();
        assertThat(aggregate(parts, "try_sum", DataType.INT, List.of(Integer.MAX_VALUE, 1)))
                .isEqualTo(1L << 31);
        assertThat(aggregate(parts, "try_sum", DataType.TINYINT, Arrays.asList(null, null)))
                .isNull();
        assertThat(aggregate(parts, "try_sum", DataType.DOUBLE, List.of(1.5, 2.0)))
                .isEqualTo(3.5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void triedSumsAndMeansOfDecimals(int parts) {
        DecimalType small = new DecimalType(10, 2);
        List<BigDecimal> prices = List.of(new BigDecimal("1.10"), new BigDecimal("-2.25"), new BigDecimal("4.00"));
        assertThat(aggregate(parts, "try_sum", small, prices)).isEqualTo(new BigDecimal("2.85"));
        assertThat(aggregate(parts, "try_avg", small, prices)).isEqualTo(new BigDecimal("0.950000"));
        DecimalType wide = new DecimalType(38, 0);
        BigDecimal most = new BigDecimal("9".repeat(38));
        assertThat(aggregate(parts, "try_sum", wide, List.of(most, most, most, most)))
                .isNull();
        assertThat(aggregate(parts, "try_sum", wide, List.of(most, most, most.negate(), most, most.negate())))
                .isEqualTo(most);
        assertThat(aggregate(parts, "try_sum", wide, List.of(most.negate(), most.negate(), most)))
                .isEqualTo(most.negate());
        // the mean's type has four digits behind the point, and room for that many fewer before it
        assertThat(aggregate(parts, "try_avg", wide, List.of(most, most))).isNull();
        assertThat(aggregate(parts, "try_avg", wide, List.of(most, most.negate())))
                .isEqualTo(new BigDecimal("0.0000"));
        assertThat(aggregate(parts, "try_avg", DataType.INT, List.of(3, 4))).isEqualTo(3.5);
    }

    @Test
    void aMeanOutsideOfItsTypeIsAnError() {
        BigDecimal most = new BigDecimal("9".repeat(38));
        assertThatThrownBy(() -> aggregate(1, "avg", new DecimalType(38, 0), List.of(most)))
                .hasMessageStartingWith("[ARITHMETIC_OVERFLOW] the mean 9999");
    }

    @Test
    void aggregatesOverTheSameValuesShareTheirState() {
        Schema schema = Schema.of(Field.required("v", DataType.DOUBLE));
        List<AggregateCall> calls = new ArrayList<>();
        calls.add(new AggregateCall("count", List.of(), -1, DataType.BIGINT));
        for (String function : List.of("sum", "avg", "count")) {
            calls.add(new AggregateCall(
                    function, List.of(0), -1, AggregateFunctions.resultType(function, List.of(DataType.DOUBLE))));
        }
        assertThat(new GroupedAggregation(schema, 0, calls)
                        .stateColumns().stream().map(StateColumn::name).toList())
                .containsExactly("count(*)", "sum(v)");
    }

    @Test
    void namesAndTypesAreCheckedWhileResolving() {
        assertThatThrownBy(() -> AggregateFunctions.resultType("summ", List.of(DataType.INT)))
                .hasMessageContaining("did you mean 'sum'");
        assertThatThrownBy(() -> AggregateFunctions.resultType("sum", List.of(DataType.STRING)))
                .hasMessageContaining("takes a number");
    }
}
