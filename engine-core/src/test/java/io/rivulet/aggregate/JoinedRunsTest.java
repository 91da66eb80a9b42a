package io.rivulet.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.memory.MemoryPool;
import io.rivulet.state.DenseRows;
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
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is put together run by run is what is merged row by row. */
class JoinedRunsTest {
    private static final int KEYS = 100;
    private static final DecimalType WIDE = new DecimalType(30, 2);
    private static final Schema INPUT = new Schema(List.of(
            Field.required("key", DataType.BIGINT),
            Field.of("long", DataType.BIGINT),
            Field.required("int", DataType.INT),
            Field.of("double", DataType.DOUBLE),
            Field.of("date", DataType.DATE),
            Field.of("wide", WIDE),
            Field.of("small", DataType.SMALLINT)));

    private final MemoryPool memory = MemoryPool.root("test", Long.MAX_VALUE);

    private static AggregateCall call(String function, int column, DataType type) {
        return new AggregateCall(function, column < 0 ? List.of() : List.of(column), -1, type);
    }

    private static ColumnBatch rows(Random random, int count) {
        ColumnBuilder[] columns = new ColumnBuilder[INPUT.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = new ColumnBuilder(INPUT.field(c).type(), count);
        }
        for (int i = 0; i < count; i++) {
            @Nullable
            Object[] row = {
                (long) random.nextInt(KEYS),
                (long) random.nextInt(1000) - 500,
                random.nextInt(1000),
                random.nextInt(20) == 0 ? Double.NaN : random.nextInt(1000) / 8.0,
                LocalDate.ofEpochDay(random.nextInt(1000)),
                new BigDecimal("123456789012345678901234.00").multiply(BigDecimal.valueOf(random.nextInt(100) - 50)),
                (short) random.nextInt(100)
            };
            for (int c = 0; c < row.length; c++) {
                boolean isNull = INPUT.field(c).nullable() && random.nextInt(3) == 0;
                columns[c].append(isNull ? null : row[c]);
            }
        }
        return new ColumnBatch(
                INPUT, Arrays.stream(columns).map(ColumnBuilder::build).toArray(ColumnVector[]::new), count);
    }

    private StateTable table(GroupedAggregation aggregation) {
        List<StateColumn> keys = List.of(StateColumn.key("key", DataType.BIGINT, false));
        return StateTable.withNumberedKeys(new TableSpec("test", keys, aggregation.stateColumns()), memory);
    }

    /** Has all keys numbered, so that the slices that follow are dense. */
    private static void number(StateTable table) {
        ColumnBuilder all = new ColumnBuilder(DataType.BIGINT, KEYS);
        IntStream.range(0, KEYS).forEach(key -> all.append((long) key));
        KeyBatch keys = new KeyBatch(1);
        keys.load(new ColumnVector[] {all.build()}, KEYS);
        table.bucket(0).locate(keys, null, KEYS, new int[KEYS]);
    }

    private static TableBucket fill(StateTable table, long slice, GroupedAggregation aggregation, ColumnBatch batch) {
        KeyBatch keys = new KeyBatch(1);
        keys.load(new ColumnVector[] {batch.column(0)}, batch.size());
        int[] groups = new int[batch.size()];
        TableBucket bucket = table.bucket(slice);
        assertThat(bucket.isDense()).isTrue();
        bucket.locate(keys, null, batch.size(), groups);
        aggregation.accumulate(bucket, batch, null, groups, batch.size());
        return bucket;
    }

    private void requireSame(Random random, List<AggregateCall> calls, boolean joins) {
        GroupedAggregation aggregation = new GroupedAggregation(INPUT, 1, calls);
        assertThat(aggregation.joinsResults()).as("%s", calls).isEqualTo(joins);
        try (StateTable table = table(aggregation);
                DenseRows merged = new DenseRows(table, memory);
                DenseRows joined = new DenseRows(table, memory)) {
            number(table);
            TableBucket held = fill(table, 1, aggregation, rows(random, 150));
            TableBucket added = fill(table, 2, aggregation, rows(random, 150));
            int[] all = IntStream.range(0, KEYS).toArray();
            merged.append(KEYS);
            joined.append(KEYS + 7);
            int[] inEither = presentIn(held, added);
            aggregation.merge(merged.bucket(), all, held, all, KEYS);
            aggregation.merge(merged.bucket(), all, added, all, KEYS);
            ColumnVector[] expected = aggregation.results(merged.bucket(), inEither, inEither.length);

            aggregation.joinRuns(joined.bucket(), 7, held, 0, added, 0, KEYS);
            int[] shifted = Arrays.stream(inEither).map(row -> row + 7).toArray();
            requireEqual(aggregation.results(joined.bucket(), shifted, shifted.length), expected);

            if (joins) {
                ColumnVector[] results = aggregation.joinedResults(held, 3, added, 3, KEYS - 3);
                int[] fromThree =
                        Arrays.stream(inEither).filter(row -> row >= 3).toArray();
                int[] moved = Arrays.stream(fromThree).map(row -> row - 3).toArray();
                requireEqual(take(results, moved), aggregation.results(merged.bucket(), fromThree, fromThree.length));
                int[] own = presentIn(added, added);
                requireEqual(
                        take(aggregation.joinedResults(null, 0, added, 0, KEYS), own),
                        aggregation.results(added, own, own.length));
            }
            aggregation.joinRuns(held, 0, held, 0, added, 0, KEYS);
            requireEqual(aggregation.results(held, inEither, inEither.length), expected);
        }
        assertThat(memory.reserved()).isZero();
    }

    private static int[] presentIn(TableBucket a, TableBucket b) {
        int[] rows = new int[KEYS];
        int inA = a.rows(0, rows);
        int[] all = Arrays.copyOf(rows, inA);
        int inB = b.rows(0, rows);
        return IntStream.concat(Arrays.stream(all), Arrays.stream(rows, 0, inB))
                .sorted()
                .distinct()
                .toArray();
    }

    private static ColumnVector[] take(ColumnVector[] columns, int[] rows) {
        return Arrays.stream(columns).map(c -> c.take(rows, rows.length)).toArray(ColumnVector[]::new);
    }

    private static void requireEqual(ColumnVector[] actual, ColumnVector[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int c = 0; c < expected.length; c++) {
            assertThat(actual[c].type()).isEqualTo(expected[c].type());
            assertThat(values(actual[c])).as("column " + c).isEqualTo(values(expected[c]));
        }
    }

    private static List<@Nullable Object> values(ColumnVector column) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < column.size(); i++) {
            values.add(column.objectAt(i));
        }
        return values;
    }

    @Test
    void aggregatesOfOneWordGiveResultsStraightFromTwoRuns() {
        List<AggregateCall> calls = List.of(
                call("count", -1, DataType.BIGINT),
                call("count", 1, DataType.BIGINT),
                call("sum", 1, DataType.BIGINT),
                call("sum", 2, DataType.BIGINT),
                call("sum", 3, DataType.DOUBLE),
                call("avg", 2, DataType.DOUBLE),
                call("avg", 3, DataType.DOUBLE),
                call("min", 1, DataType.BIGINT),
                call("max", 2, DataType.INT),
                call("min", 3, DataType.DOUBLE),
                call("max", 3, DataType.DOUBLE),
                call("max", 4, DataType.DATE));
        Random random = new Random(3);
        for (int i = 0; i < 50; i++) {
            requireSame(random, calls, true);
        }
    }

    @Test
    void othersArePutTogetherInRows() {
        Random random = new Random(4);
        for (AggregateCall call : List.of(
                call("sum", 5, new DecimalType(38, 2)),
                call("min", 5, WIDE),
                call("max", 6, DataType.SMALLINT),
                call("stddev", 3, DataType.DOUBLE),
                call("try_sum", 1, DataType.BIGINT))) {
            for (int i = 0; i < 10; i++) {
                requireSame(random, List.of(call("count", -1, DataType.BIGINT), call), false);
            }
        }
    }
}
