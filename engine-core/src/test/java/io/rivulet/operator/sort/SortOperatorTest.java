package io.rivulet.operator.sort;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.Operator;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SortOperatorTest {
    private static final Schema SCHEMA = Schema.of(Field.of("v", DataType.DOUBLE), Field.of("n", DataType.INT));

    private final List<String> out = new ArrayList<>();
    private final MemoryPool memory = MemoryPool.root("test", 1 << 20);

    private final Operator collect = new Operator() {
        @Override
        public void begin(BatchStart start) {}

        @Override
        public void process(ColumnBatch batch) {
            for (int i = 0; i < batch.rowCount(); i++) {
                out.add(String.valueOf(batch.row(i).get(1)));
            }
        }

        @Override
        public void finish(BatchEnd end) {}

        @Override
        public void close() {}
    };

    private void run(Operator operator, @Nullable Double... values) {
        out.clear();
        operator.begin(new BatchStart(0, 0, Long.MIN_VALUE));
        for (int i = 0; i < values.length; i++) {
            ColumnBuilder value = new ColumnBuilder(DataType.DOUBLE, 1);
            ColumnBuilder number = new ColumnBuilder(DataType.INT, 1);
            value.append(values[i]);
            number.append(i);
            operator.process(new ColumnBatch(SCHEMA, new ColumnVector[] {value.build(), number.build()}, 1));
        }
        operator.finish(new BatchEnd(Long.MIN_VALUE));
        assertThat(memory.reserved()).isZero();
    }

    private Operator sort(boolean ascending, boolean nullsFirst, long limit) {
        return new SortOperator(
                new RowOrder(List.of(new RowOrder.Key(0, ascending, nullsFirst))), limit, 2, memory, collect);
    }

    @Test
    void equalRowsKeepTheirOrderAndNaNIsGreatest() {
        run(sort(true, true, Long.MAX_VALUE), 2.0, null, Double.NaN, -0.0, 2.0, 0.0, null);
        assertThat(out).isEqualTo(Arrays.asList("1", "6", "3", "5", "0", "4", "2"));
        run(sort(false, false, Long.MAX_VALUE), 1.0, null, 3.0, 1.0);
        assertThat(out).isEqualTo(Arrays.asList("2", "0", "3", "1"));
    }

    @Test
    void aLimitKeepsOnlyTheFirstRowsWhileSorting() {
        Double[] values = new Double[1000];
        Arrays.setAll(values, i -> (double) ((i * 7919) % 1000));
        run(sort(true, true, 3), values);
        List<String> expected = new ArrayList<>();
        for (double wanted = 0; wanted < 3; wanted++) {
            expected.add(String.valueOf(Arrays.asList(values).indexOf(wanted)));
        }
        assertThat(out).isEqualTo(expected);
    }

    @Test
    void limitCutsEachBatchAnew() {
        run(new LimitOperator(2, collect), 1.0, 2.0, 3.0);
        assertThat(out).containsExactly("0", "1");
        run(new LimitOperator(0, collect), 1.0);
        assertThat(out).isEmpty();
    }
}
