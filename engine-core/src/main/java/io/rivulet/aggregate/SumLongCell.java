package io.rivulet.aggregate;

import io.rivulet.error.ErrorCode;
import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exact sum of integers; beyond BIGINT it is an error, as ANSI SQL wants it. */
final class SumLongCell extends OneValueCell {
    private final ValueArrays arrays = new ValueArrays();

    SumLongCell(String name) {
        super(name);
    }

    @Override
    List<StateColumn> columns() {
        return List.of(StateColumn.value(name(), DataType.BIGINT, 0));
    }

    @Override
    void take(TableBucket bucket, int[] groups, ColumnVector values, int @Nullable [] rows, int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        long[] longs = arrays.words(values);
        for (int i = 0; i < count; i++) {
            int p = groups[i] * stride + offset;
            long a = words[p];
            long b = longs[at(rows, i)];
            long sum = a + b;
            if (((a ^ sum) & (b ^ sum)) < 0) {
                throw ErrorCode.ARITHMETIC_OVERFLOW.error(name() + " passes the range of BIGINT at " + a + " + " + b
                        + "; sum a DECIMAL or DOUBLE instead");
            }
            words[p] = sum;
        }
    }
}
