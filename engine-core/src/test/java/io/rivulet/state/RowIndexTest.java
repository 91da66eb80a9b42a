package io.rivulet.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.memory.MemoryPool;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Looking up without adding, and adding without lookup. */
final class RowIndexTest {
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

    private static void locate(TableBucket bucket, ColumnVector... keys) {
        KeyBatch batch = new KeyBatch(keys.length);
        batch.load(keys, keys[0].size());
        bucket.locate(batch, null, batch.size(), new int[batch.size()]);
    }

    private static int[] find(TableBucket bucket, ColumnVector... keys) {
        KeyBatch batch = new KeyBatch(keys.length);
        batch.load(keys, keys[0].size());
        int[] rows = new int[keys[0].size()];
        bucket.find(batch, null, rows.length, rows);
        return rows;
    }

    @Test
    void findsRowsWithoutAddingAny() {
        try (StateTable table = new StateTable(keyed(DataType.BIGINT, false), pool)) {
            TableBucket bucket = table.bucket(0);
            assertThat(find(bucket, column(DataType.BIGINT, 1L, -1L))).containsExactly(-1, -1);
            locate(bucket, column(DataType.BIGINT, 7L, -3L, 1L << 40));
            assertThat(find(bucket, column(DataType.BIGINT, 1L << 40, 8L, 7L, -3L, -4L, 1L << 41, 100_000L)))
                    .containsExactly(2, -1, 0, 1, -1, -1, -1);
            assertThat(find(bucket, column(DataType.BIGINT, null, 7L))).containsExactly(-1, 0);
            assertThat(bucket.size()).isEqualTo(3);
        }
    }

    @Test
    void findsKeysOfAnyType() {
        TableSpec spec = new TableSpec(
                "op",
                List.of(StateColumn.key("a", DataType.STRING, true), StateColumn.key("b", DataType.INT, true)),
                List.of(StateColumn.value("n", DataType.BIGINT, 5)));
        try (StateTable table = new StateTable(spec, pool)) {
            TableBucket bucket = table.bucket(0);
            ColumnVector names = column(DataType.STRING, "x", "", null, null);
            locate(bucket, names, column(DataType.INT, 1, null, 2, null));
            assertThat(find(bucket, names, column(DataType.INT, 1, null, 2, null)))
                    .containsExactly(0, 1, 2, 3);
            assertThat(find(bucket, names, column(DataType.INT, 2, 0, null, 0))).containsExactly(-1, -1, 3, -1);
            assertThat(bucket.size()).isEqualTo(4);
        }
    }

    @Test
    void rowsAreAppendedWithInitialValuesAndCanBeSetBackToThem() {
        try (StateTable table = new StateTable(keyed(DataType.BIGINT, false), pool)) {
            TableBucket bucket = table.bucket(0);
            assertThat(bucket.append(40)).isZero();
            assertThat(bucket.append(2)).isEqualTo(40);
            int[] some = {3, 41};
            for (int row : some) {
                bucket.words()[row * bucket.stride() + bucket.offset(1)] += 10;
            }
            assertThat(bucket.column(1, new int[] {3, 4, 41}, 3).objectAt(0)).isEqualTo(15L);
            bucket.resetValues(some, 2);
            assertThat(bucket.column(1, some, 2).objectAt(1)).isEqualTo(5L);
        }
    }

    @Test
    void bucketsAreFoundByTime() {
        try (StateTable table = new StateTable(keyed(DataType.BIGINT, false), pool)) {
            table.bucket(20);
            table.bucket(10);
            assertThat(List.of(table.indexFrom(5), table.indexFrom(10), table.indexFrom(11), table.indexFrom(21)))
                    .containsExactly(0, 0, 1, 2);
        }
    }
}
