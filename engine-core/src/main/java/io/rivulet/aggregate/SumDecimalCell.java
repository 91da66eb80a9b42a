package io.rivulet.aggregate;

import io.rivulet.error.ErrorCode;
import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DecimalType;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Decimal128Vector;
import io.rivulet.vector.LongVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exact sum of decimals as a 128-bit integer. */
final class SumDecimalCell extends OneValueCell {
    private final int scale;

    SumDecimalCell(String name, int scale) {
        super(name);
        this.scale = scale;
    }

    @Override
    List<StateColumn> columns() {
        return List.of(StateColumn.value(name(), new DecimalType(DecimalType.MAX_PRECISION, scale), 0));
    }

    @Override
    void take(TableBucket bucket, int[] groups, ColumnVector values, int @Nullable [] rows, int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        int wordStep = bucket.wordStep();
        long[] low = values instanceof LongVector v ? v.values() : ((Decimal128Vector) values).low();
        long[] high = values instanceof Decimal128Vector v ? v.high() : null;
        for (int i = 0; i < count; i++) {
            int p = groups[i] * stride + offset;
            int row = at(rows, i);
            long h = high == null ? low[row] >> 63 : high[row];
            long a = words[p];
            long sumLow = words[p + wordStep] + low[row];
            long carry = Long.compareUnsigned(sumLow, low[row]) < 0 ? 1 : 0;
            long sumHigh = a + h + carry;
            if (((a ^ sumHigh) & (h ^ sumHigh)) < 0) {
                throw ErrorCode.ARITHMETIC_OVERFLOW.error(name() + " passes 38 digits; cast to DOUBLE before summing");
            }
            words[p] = sumHigh;
            words[p + wordStep] = sumLow;
        }
    }
}
