package io.rivulet.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.time.WindowSpec;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.ConstantVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SliceRowsTest {
    private static final WindowSpec TEN = new WindowSpec(10, 10, 0);

    private static ColumnBatch batch(@Nullable Long... micros) {
        ColumnBuilder builder = new ColumnBuilder(DataType.BIGINT, 4);
        for (Long time : micros) {
            builder.append(time);
        }
        return new ColumnBatch(
                Schema.of(Field.of("t", DataType.BIGINT)), new ColumnVector[] {builder.build()}, micros.length);
    }

    private static Map<Long, List<Integer>> rowsBySlice(SliceRows slices) {
        Map<Long, List<Integer>> all = new TreeMap<>();
        int[] rows = new int[10_000];
        for (int s = 0; s < slices.count(); s++) {
            slices.copyRows(s, rows, 0);
            List<Integer> own = new ArrayList<>();
            for (int i = 0; i < slices.rows(s); i++) {
                own.add(rows[i]);
            }
            all.put(slices.slice(s), own);
        }
        return all;
    }

    @Test
    void rowsOfOneSliceAreNotListed() {
        SliceRows slices = new SliceRows(TEN);
        slices.load(batch(10L, 19L, 12L), 0);
        assertThat(slices.whole()).isTrue();
        assertThat(slices.slice(0)).isEqualTo(10);
        assertThat(slices.rows(0)).isEqualTo(3);
    }

    @Test
    void rowsKeepTheirOrderWithinASliceAndNullsAreInNone() {
        SliceRows slices = new SliceRows(TEN);
        slices.load(batch(25L, null, -1L, 20L, 3L, 29L), 0);
        assertThat(rowsBySlice(slices)).isEqualTo(Map.of(20L, List.of(0, 3, 5), -10L, List.of(2), 0L, List.of(4)));
        assertThat(slices.nullTimes()).isEqualTo(1);
        slices.load(batch(), 0);
        assertThat(slices.count()).isZero();
    }

    @Test
    void anyNumberOfSlicesIsSortedRight() {
        long seed = 42;
        Random random = new Random(seed);
        SliceRows slices = new SliceRows(TEN);
        for (int round = 0; round < 50; round++) {
            Long[] times = new Long[1 + random.nextInt(2000)];
            Map<Long, List<Integer>> expected = new TreeMap<>();
            int range = 1 + random.nextInt(20_000);
            for (int i = 0; i < times.length; i++) {
                times[i] = (long) random.nextInt(range) - range / 2;
                expected.computeIfAbsent(TEN.lastStart(times[i]), s -> new ArrayList<>())
                        .add(i);
            }
            slices.load(batch(times), 0);
            if (!slices.whole()) {
                assertThat(rowsBySlice(slices))
                        .as("seed %d round %d", seed, round)
                        .isEqualTo(expected);
            } else {
                assertThat(expected).hasSize(1);
            }
        }
    }

    @Test
    void rowsThatComeSliceAfterSliceAreNotSorted() {
        SliceRows slices = new SliceRows(new WindowSpec(10, 4, 0));
        slices.load(batch(1L, 0L, 2L, 3L, 9L), 0);
        assertThat(rowsBySlice(slices)).isEqualTo(Map.of(0L, List.of(0, 1), 2L, List.of(2, 3), 8L, List.of(4)));
        slices.load(batch(1L, 2L, 0L), 0);
        assertThat(rowsBySlice(slices)).isEqualTo(Map.of(0L, List.of(0, 2), 2L, List.of(1)));
    }

    @Test
    void aConstantTimeIsOneSlice() {
        SliceRows slices = new SliceRows(null);
        ColumnVector time = batch(7L).column(0);
        Schema schema = Schema.of(Field.of("t", DataType.BIGINT));
        slices.load(new ColumnBatch(schema, new ColumnVector[] {new ConstantVector(time, 4)}, 4), 0);
        assertThat(slices.whole()).isTrue();
        assertThat(slices.slice(0)).isEqualTo(7);
        assertThat(slices.rows(0)).isEqualTo(4);
        ColumnVector none = batch((Long) null).column(0);
        slices.load(new ColumnBatch(schema, new ColumnVector[] {new ConstantVector(none, 4)}, 4), 0);
        assertThat(slices.count()).isZero();
        assertThat(slices.nullTimes()).isEqualTo(4);
    }
}
