package io.rivulet.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rivulet.memory.MemoryPool;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.ConstantVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Row;
import io.rivulet.vector.Validity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateTableTest {
    private final MemoryPool pool = MemoryPool.root("test", Long.MAX_VALUE);

    private static TableSpec keyed(DataType type, boolean nullable) {
        return new TableSpec(
                "op",
                List.of(StateColumn.key("k", type, nullable)),
                List.of(StateColumn.value("n", DataType.BIGINT, 5)));
    }

    private static ColumnVector column(DataType type, @Nullable Object... values) {
        ColumnBuilder builder = new ColumnBuilder(type, values.length);
        for (Object value : values) {
            builder.append(value);
        }
        return builder.build();
    }

    private static int[] locate(TableBucket bucket, ColumnVector... keys) {
        KeyBatch batch = new KeyBatch(keys.length);
        batch.load(keys, keys[0].size());
        int[] rows = new int[keys[0].size()];
        bucket.locate(batch, null, rows.length, rows);
        return rows;
    }

    private static void add(TableBucket bucket, int column, int[] rows, long amount) {
        for (int row : rows) {
            bucket.words()[row * bucket.stride() + bucket.offset(column)] += amount;
        }
        bucket.markChanged(rows, rows.length);
    }

    private static List<Row> rows(StateTable table) {
        List<Row> all = new ArrayList<>();
        StateTable.Cursor cursor = table.cursor();
        TableChange.PutRows put;
        while ((put = cursor.next(3)) != null) {
            for (int i = 0; i < put.rows().size(); i++) {
                all.add(put.rows().row(i));
            }
        }
        return all;
    }

    private static List<TableChange> changes(StateTable table) {
        List<TableChange> changes = new ArrayList<>();
        table.forEachChange(changes::add);
        return changes;
    }

    static Stream<Arguments> keyTypes() {
        return Stream.of(
                Arguments.of(DataType.BOOLEAN, new Object[] {true, false}),
                Arguments.of(DataType.TINYINT, new Object[] {(byte) -128, (byte) 0, (byte) 127}),
                Arguments.of(DataType.SMALLINT, new Object[] {(short) -32768, (short) 1}),
                Arguments.of(DataType.INT, new Object[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE}),
                Arguments.of(DataType.BIGINT, new Object[] {Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE}),
                Arguments.of(DataType.FLOAT, new Object[] {-1.5f, 0f, Float.NaN, Float.POSITIVE_INFINITY}),
                Arguments.of(DataType.DOUBLE, new Object[] {-1.5, 0.0, Double.NaN, Double.MIN_VALUE}),
                Arguments.of(DataType.STRING, new Object[] {"", "a", "ab", "日本", "a\0"}),
                Arguments.of(DataType.DATE, new Object[] {LocalDate.of(1969, 12, 31), LocalDate.of(2026, 2, 3)}),
                Arguments.of(DataType.TIMESTAMP, new Object[] {Instant.EPOCH, Instant.parse("1812-06-24T00:00:00Z")}),
                Arguments.of(DataType.TIMESTAMP_NTZ, new Object[] {LocalDateTime.of(2026, 1, 1, 0, 0)}),
                Arguments.of(DataType.INTERVAL_YEAR_MONTH, new Object[] {Period.of(-1, -1, 0), Period.ofMonths(2)}),
                Arguments.of(DataType.INTERVAL_DAY_TIME, new Object[] {Duration.ofMillis(-5), Duration.ZERO}),
                Arguments.of(new DecimalType(10, 2), new Object[] {new BigDecimal("-1.25"), new BigDecimal("0.00")}),
                Arguments.of(new DecimalType(38, 0), new Object[] {
                    new BigDecimal("-1"), BigDecimal.ZERO, new BigDecimal("99999999999999999999999999999999999999")
                }));
    }

    @ParameterizedTest
    @MethodSource("keyTypes")
    void everyKeyTypeIsFoundAgainAndKeepsItsValue(DataType type, Object[] keys) {
        for (boolean nullable : new boolean[] {false, true}) {
            StateTable table = new StateTable(keyed(type, nullable), pool);
            TableBucket bucket = table.bucket(StateTable.TIMELESS);
            int[] first = locate(bucket, column(type, keys));
            assertThat(first).doesNotHaveDuplicates();
            assertThat(locate(bucket, column(type, keys))).containsExactly(first);
            assertThat(rows(table).stream().map(r -> r.get(0))).containsExactly(keys);
            assertThat(rows(table).stream().map(r -> r.get(1))).containsOnly(5L);
        }
    }

    @ParameterizedTest
    @MethodSource("keyTypes")
    void nullIsOneKeyWhateverLiesUnderneath(DataType type, Object[] keys) {
        StateTable table = new StateTable(keyed(type, true), pool);
        TableBucket bucket = table.bucket(StateTable.TIMELESS);
        @Nullable Object[] mixed = Arrays.copyOf(keys, keys.length + 2);
        mixed[keys.length] = null;
        mixed[keys.length + 1] = null;
        int[] found = locate(bucket, column(type, mixed));
        assertThat(found[keys.length]).isEqualTo(found[keys.length + 1]);
        // the same rows as a view of another column's values: arbitrary bytes under the nulls
        ColumnVector reversed = column(type, mixed).take(new int[] {keys.length, 0, keys.length}, 3);
        assertThat(locate(bucket, reversed)).containsExactly(found[keys.length], found[0], found[keys.length]);
        assertThat(bucket.size()).isEqualTo(keys.length + 1);
        assertThat(rows(table).get(keys.length).get(0)).isNull();
    }

    @Test
    void nullsOverArbitraryWordsAreOneKey() {
        StateTable table = new StateTable(keyed(DataType.BIGINT, true), pool);
        ColumnVector nulls =
                new LongVector(DataType.BIGINT, new long[] {7, 8, 9}, 3, Validity.of(new long[] {0b010}, 3));
        TableBucket bucket = table.bucket(0);
        int[] found = locate(bucket, nulls);
        assertThat(found[0]).isEqualTo(found[2]);
        assertThat(bucket.size()).isEqualTo(2);
        assertThat(((LongVector) nulls).values())
                .as("the vector is not written to")
                .containsExactly(7, 8, 9);
    }

    @Test
    void negativeZeroIsZeroAndAllNaNsAreOneKey() {
        StateTable table = new StateTable(keyed(DataType.DOUBLE, false), pool);
        TableBucket bucket = table.bucket(0);
        int[] found = locate(
                bucket, column(DataType.DOUBLE, 0.0, -0.0, Double.NaN, Double.longBitsToDouble(0xFFF8000000000001L)));
        assertThat(found).containsExactly(0, 0, 1, 1);
        StateTable floats = new StateTable(keyed(DataType.FLOAT, false), pool);
        assertThat(locate(floats.bucket(0), column(DataType.FLOAT, -0.0f, 0.0f)))
                .containsExactly(0, 0);
    }

    @Test
    void aNullKeyWhereNoneIsDeclaredIsAnError() {
        StateTable table = new StateTable(keyed(DataType.BIGINT, false), pool);
        assertThatThrownBy(() -> locate(table.bucket(0), column(DataType.BIGINT, 1L, null)))
                .hasMessageContaining("INTERNAL")
                .hasMessageContaining("'op'");
    }

    @Test
    void withoutKeysThereIsOneRow() {
        StateTable table = new StateTable(
                new TableSpec("op", List.of(), List.of(StateColumn.value("n", DataType.BIGINT, 3))), pool);
        TableBucket bucket = table.bucket(StateTable.TIMELESS);
        KeyBatch none = new KeyBatch(0);
        int[] found = new int[4];
        none.load(new ColumnVector[0], 4);
        bucket.locate(none, null, 4, found);
        assertThat(found).containsExactly(0, 0, 0, 0);
        assertThat(bucket.size()).isEqualTo(1);
        assertThat(rows(table)).hasSize(1);
    }

    @Test
    void constantAndDictionaryKeysAreFoundLikeFlatOnes() {
        StateTable table = new StateTable(keyed(DataType.STRING, false), pool);
        TableBucket bucket = table.bucket(0);
        int[] flat = locate(bucket, column(DataType.STRING, "x", "y"));
        ColumnVector constant = new ConstantVector(column(DataType.STRING, "y"), 3);
        assertThat(locate(bucket, constant)).containsExactly(flat[1], flat[1], flat[1]);
    }

    @Test
    void onlyTheChosenRowsAreLookedUp() {
        StateTable table = new StateTable(keyed(DataType.BIGINT, false), pool);
        TableBucket bucket = table.bucket(0);
        KeyBatch keys = new KeyBatch(1);
        keys.load(new ColumnVector[] {column(DataType.BIGINT, 10L, 20L, 30L, 20L)}, 4);
        int[] found = new int[2];
        bucket.locate(keys, new int[] {3, 1}, 2, found);
        assertThat(found).containsExactly(0, 0);
        assertThat(rows(table).get(0).get(0)).isEqualTo(20L);
    }

    @Test
    void growthKeepsRowsValuesAndNumbers() {
        List<TableSpec> specs = List.of(
                keyed(DataType.BIGINT, false),
                keyed(DataType.STRING, true),
                new TableSpec(
                        "op",
                        List.of(
                                StateColumn.key("a", DataType.STRING, false),
                                StateColumn.key("b", DataType.BIGINT, false)),
                        List.of(StateColumn.value("n", DataType.BIGINT, 5))));
        for (TableSpec spec : specs) {
            StateTable table = new StateTable(spec, pool);
            TableBucket bucket = table.bucket(0);
            Map<Long, Long> expected = new HashMap<>();
            Random random = new Random(1);
            for (int batch = 0; batch < 40; batch++) {
                long[] ids = random.longs(500, 0, 3000).toArray();
                ColumnVector[] keys = spec.keys().stream()
                        .map(k -> column(
                                k.type(),
                                Arrays.stream(ids)
                                        .mapToObj(id ->
                                                k.type() == DataType.STRING ? (Object) ("key " + id) : (Object) id)
                                        .toArray()))
                        .toArray(ColumnVector[]::new);
                int[] found = locate(bucket, keys);
                add(bucket, spec.keys().size(), found, 1);
                for (long id : ids) {
                    expected.merge(id, 6L, (a, b) -> a + 1);
                }
            }
            Map<Long, Long> actual = new HashMap<>();
            for (Row row : rows(table)) {
                String id = String.valueOf(row.get(0)).replace("key ", "");
                assertThat(actual.put(
                                Long.valueOf(id), (Long) row.get(spec.keys().size())))
                        .isNull();
            }
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    void textValuesGrowShrinkAndAreCompacted() {
        TableSpec spec = new TableSpec(
                "op",
                List.of(StateColumn.key("k", DataType.STRING, false)),
                List.of(StateColumn.value("s", DataType.STRING, 0), StateColumn.value("t", DataType.BINARY, 0)));
        StateTable table = new StateTable(spec, pool);
        TableBucket bucket = table.bucket(0);
        Map<String, String> expected = new LinkedHashMap<>();
        Random random = new Random(2);
        for (int i = 0; i < 5000; i++) {
            String key = "k" + random.nextInt(50);
            String text = "v".repeat(random.nextInt(60)) + i;
            int[] row = locate(bucket, column(DataType.STRING, key));
            bucket.setColumn(1, row, column(DataType.STRING, text), 1);
            bucket.setColumn(2, row, column(DataType.BINARY, (Object) new byte[] {(byte) i}), 1);
            expected.put(key, text);
        }
        Map<String, String> actual = new LinkedHashMap<>();
        rows(table).forEach(r -> actual.put((String) r.get(0), (String) r.get(1)));
        assertThat(actual).containsExactlyEntriesOf(expected);
        assertThat(bucket.arena().length).as("garbage is thrown away").isLessThan(50 * 70 * 6);
    }

    @Test
    void everyValueTypeIsSetAndReadBack() {
        Map<DataType, Object> values = new LinkedHashMap<>();
        keyTypes().forEach(a -> values.put((DataType) a.get()[0], ((Object[]) a.get()[1])[0]));
        List<StateColumn> columns = new ArrayList<>();
        values.keySet().forEach(t -> columns.add(StateColumn.value("v" + columns.size(), t, 0)));
        TableSpec spec = new TableSpec("op", List.of(StateColumn.key("k", DataType.INT, false)), columns);
        StateTable table = new StateTable(spec, pool);
        TableBucket bucket = table.bucket(0);
        int[] found = locate(bucket, column(DataType.INT, 1, 2));
        int c = 1;
        for (Map.Entry<DataType, Object> value : values.entrySet()) {
            bucket.setColumn(c++, new int[] {found[1]}, column(value.getKey(), value.getValue()), 1);
        }
        Row set = rows(table).get(1);
        assertThat(set.values().subList(1, c)).containsExactlyElementsOf(values.values());
    }

    @Test
    void aWideDecimalStartsWithItsInitialNumber() {
        TableSpec spec = new TableSpec(
                "op",
                List.of(StateColumn.key("k", DataType.INT, false)),
                List.of(StateColumn.value("d", new DecimalType(38, 0), -4)));
        StateTable table = new StateTable(spec, pool);
        locate(table.bucket(0), column(DataType.INT, 1));
        assertThat(rows(table).get(0).get(1)).isEqualTo(new BigDecimal("-4"));
    }

    @Test
    void changesAreDropsThenChangedRowsOnly() {
        StateTable table = new StateTable(keyed(DataType.BIGINT, false), pool);
        Object[] ids = Stream.iterate(0L, i -> i + 1).limit(200).toArray();
        locate(table.bucket(10), column(DataType.BIGINT, ids));
        locate(table.bucket(20), column(DataType.BIGINT, ids));
        assertThat(changes(table)).as("new buckets are changed whole").hasSize(2);
        table.clearChanges();
        assertThat(changes(table)).isEmpty();
        add(table.bucket(20), 1, locate(table.bucket(20), column(DataType.BIGINT, 3L, 130L, 3L, 500L)), 1);
        assertThat(table.dropThrough(10)).isEqualTo(200);
        List<TableChange> changes = changes(table);
        assertThat(changes).hasSize(2);
        assertThat(changes.get(0)).isEqualTo(new TableChange.DropBucket(10));
        TableChange.PutRows put = (TableChange.PutRows) changes.get(1);
        assertThat(put.bucket()).isEqualTo(20);
        assertThat(put.rows().size()).isEqualTo(3);
        assertThat(List.of(put.rows().row(0), put.rows().row(1), put.rows().row(2)).stream()
                        .map(r -> r.get(0)))
                .containsExactly(3L, 130L, 500L);
    }

    @Test
    void aBucketThatOpensAndClosesWithinABatchLeavesNoTrace() {
        StateTable table = new StateTable(keyed(DataType.BIGINT, false), pool);
        locate(table.bucket(1), column(DataType.BIGINT, 1L));
        table.dropThrough(1);
        assertThat(changes(table)).isEmpty();
        assertThat(table.bucketCount()).isZero();
    }

    @Test
    void aBucketDroppedAndOpenedAgainIsDropAndAllItsRows() {
        StateTable table = new StateTable(keyed(DataType.BIGINT, false), pool);
        locate(table.bucket(1), column(DataType.BIGINT, 1L, 2L));
        table.clearChanges();
        table.dropThrough(1);
        locate(table.bucket(1), column(DataType.BIGINT, 2L));
        List<TableChange> changes = changes(table);
        assertThat(changes.get(0)).isEqualTo(new TableChange.DropBucket(1));
        assertThat(((TableChange.PutRows) changes.get(1)).rows().size()).isEqualTo(1);
    }

    private static Map<String, Row> keyedRows(StateTable table) {
        Map<String, Row> all = new TreeMap<>();
        StateTable.Cursor cursor = table.cursor();
        TableChange.PutRows put;
        while ((put = cursor.next(100)) != null) {
            for (int i = 0; i < put.rows().size(); i++) {
                all.put(
                        put.bucket() + " " + put.rows().row(i).get(0),
                        put.rows().row(i));
            }
        }
        return all;
    }

    private static void randomBatch(StateTable table, Random random, int batch) {
        for (int i = 0; i < 20; i++) {
            TableBucket bucket = table.bucket(batch / 4 - random.nextInt(3));
            int[] found = locate(
                    bucket, column(DataType.STRING, "k" + random.nextInt(400), random.nextInt(9) == 0 ? null : "x"));
            add(bucket, 1, found, random.nextInt(100));
        }
        if (random.nextInt(4) == 0) {
            table.dropThrough(batch / 4 - 3);
        }
    }

    @Test
    void applyingTheChangesOfEveryBatchGivesTheTable() {
        StateTable table = new StateTable(keyed(DataType.STRING, true), pool);
        StateTable copy = table.emptyTwin();
        Random random = new Random(3);
        for (int batch = 0; batch < 200; batch++) {
            randomBatch(table, random, batch);
            table.forEachChange(copy::apply);
            table.clearChanges();
            copy.clearChanges();
            assertThat(keyedRows(copy)).isEqualTo(keyedRows(table));
        }
        assertThat(changes(copy)).isEmpty();
    }

    @Test
    void aCursorsPiecesAndTheChangesSinceItBeganGiveTheTable() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            StateTable table = new StateTable(keyed(DataType.STRING, true), pool);
            int batch = 0;
            for (; batch < 20; batch++) {
                randomBatch(table, random, batch);
                table.clearChanges();
            }
            StateTable.Cursor cursor = table.cursor();
            List<TableChange> pieces = new ArrayList<>();
            List<TableChange> log = new ArrayList<>();
            while (true) {
                TableChange.PutRows piece = cursor.next(1 + random.nextInt(60));
                if (piece == null) {
                    break;
                }
                pieces.add(piece);
                randomBatch(table, random, batch++);
                table.forEachChange(log::add);
                table.clearChanges();
            }
            assertThat(cursor.next(10)).as("it stays at its end").isNull();
            StateTable copy = table.emptyTwin();
            pieces.forEach(copy::apply);
            log.forEach(copy::apply);
            assertThat(keyedRows(copy)).as("seed %s", seed).isEqualTo(keyedRows(table));
        }
    }

    @Test
    void rowsOfAnOlderSpecKeepTheInitialValueOfAddedColumns() {
        StateTable old = new StateTable(keyed(DataType.BIGINT, false), pool);
        locate(old.bucket(0), column(DataType.BIGINT, 1L));
        TableSpec wider = new TableSpec(
                "op",
                List.of(StateColumn.key("k", DataType.BIGINT, false)),
                List.of(StateColumn.value("N", DataType.BIGINT, 9), StateColumn.value("n", DataType.BIGINT, 0)));
        StateTable now = new StateTable(wider, pool);
        old.forEachChange(now::apply);
        assertThat(rows(now).get(0).values()).containsExactly(1L, 9L, 5L);
    }

    @Test
    void aBucketMadeForABurstIsNotKeptForTheSmallOnesThatFollow() {
        StateTable table = new StateTable(keyed(DataType.BIGINT, false), pool);
        ColumnBuilder burst = new ColumnBuilder(DataType.BIGINT, 100_000);
        for (long key = 0; key < 100_000; key++) {
            burst.append(key * 1_000_003);
        }
        locate(table.bucket(0), burst.build());
        long large = table.memoryBytes();
        table.dropThrough(0);
        assertThat(table.memoryBytes()).as("the next may be alike").isEqualTo(large);

        locate(table.bucket(1), column(DataType.BIGINT, 7L));
        table.dropThrough(1);

        assertThat(table.memoryBytes()).isZero();
        locate(table.bucket(2), column(DataType.BIGINT, 7L));
        assertThat(rows(table)).hasSize(1);
    }

    @Test
    void memoryIsReservedBeforeGrowthAndGivenBack() {
        MemoryPool small = MemoryPool.root("query", 1 << 16);
        StateTable table = new StateTable(keyed(DataType.STRING, false), small);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100_000; i++) {
                        locate(table.bucket(i / 1000), column(DataType.STRING, "a rather long key " + i));
                    }
                })
                .hasMessageContaining("MEMORY_LIMIT")
                .hasMessageContaining("op");
        assertThat(small.reserved()).isPositive().isLessThanOrEqualTo(1 << 16);
        long full = table.memoryBytes();
        table.dropThrough(Long.MAX_VALUE);
        locate(table.bucket(1), column(DataType.STRING, "x"));
        assertThat(rows(table))
                .as("a bucket whose arrays are used again holds nothing old")
                .hasSize(1);
        table.clear();
        assertThat(table.rowCount()).isZero();
        assertThat(table.memoryBytes()).isLessThan(full);
        table.close();
        assertThat(small.reserved()).isZero();
    }

    @Test
    void partitionsAreEvenAndStayWithinBounds() {
        KeyBatch keys = new KeyBatch(1);
        keys.load(
                new ColumnVector[] {
                    column(
                            DataType.BIGINT,
                            Stream.iterate(0L, i -> i + 1).limit(9000).toArray())
                },
                9000);
        int[] counts = new int[3];
        for (int i = 0; i < keys.size(); i++) {
            counts[KeyHash.partition(keys.hashes()[i], 3)]++;
        }
        assertThat(Arrays.stream(counts).boxed()).allMatch(n -> n > 2800 && n < 3200);
    }

    @Test
    void theHashOfAKeyIsPinned() {
        KeyBatch keys = new KeyBatch(2);
        keys.load(new ColumnVector[] {column(DataType.STRING, "abc", null), column(DataType.INT, 7, 7)}, 2);
        assertThat(new long[] {keys.hashes()[0], keys.hashes()[1]})
                .as("KeyHash.ID must change with it")
                .containsExactly(PINNED);
    }

    private static final long[] PINNED = {931398165810151492L, 8355453052874069452L};

    @Test
    void moreThanSixtyFourNullableKeysAreRefused() {
        List<StateColumn> keys = new ArrayList<>();
        for (int i = 0; i < 65; i++) {
            keys.add(StateColumn.key("k" + i, DataType.INT, true));
        }
        assertThatThrownBy(() -> new StateTable(new TableSpec("op", keys, List.of()), pool))
                .hasMessageContaining("UNSUPPORTED_OPERATION")
                .hasMessageContaining("65");
    }
}
