package io.rivulet.aggregate;

import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Decimal128Vector;
import io.rivulet.vector.LongVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of integers or decimals, exact whatever its size: 128 bits and, in a column of its own, the 64 bits above them.
 * It never fails, so that the order of rows and of partial sums does not matter; only its reader asks what fits.
 */
final class ExactSumCell extends Cell {
    private final int scale;
    private final ValueArrays arrays = new ValueArrays();

    ExactSumCell(String name, int scale) {
        super(name);
        this.scale = scale;
    }

    @Override
    List<StateColumn> columns() {
        return List.of(
                StateColumn.value(name(), new DecimalType(DecimalType.MAX_PRECISION, scale), 0),
                StateColumn.value(name() + " above", DataType.BIGINT, 0));
    }

    @Override
    void accumulate(TableBucket bucket, CellInput input) {
        ColumnVector values = ValueArrays.required(input);
        long[] high = values instanceof Decimal128Vector v ? v.high() : null;
        long[] low = values instanceof Decimal128Vector v ? v.low() : arrays.words(values);
        add(bucket, input.groups, high, low, null, input.rows, input.count);
    }

    @Override
    void combine(TableBucket bucket, int[] groups, ColumnVector[] columns, int @Nullable [] rows, int count) {
        Decimal128Vector sums = (Decimal128Vector) columns[0];
        long[] above = ((LongVector) columns[1]).values();
        add(bucket, groups, sums.high(), sums.low(), above, rows, count);
    }

    /** Adds words to words; higher ones that are not given are the sign of those below. */
    private void add(
            TableBucket bucket,
            int[] groups,
            long @Nullable [] highs,
            long[] lows,
            long @Nullable [] aboves,
            int @Nullable [] rows,
            int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        int wordStep = bucket.wordStep();
        int offsetAbove = bucket.offset(column() + 1);
        for (int i = 0; i < count; i++) {
            int row = at(rows, i);
            int p = groups[i] * stride + offset;
            int q = groups[i] * stride + offsetAbove;
            long low = lows[row];
            long high = highs == null ? low >> 63 : highs[row];
            long above = aboves == null ? high >> 63 : aboves[row];
            long sumLow = words[p + wordStep] + low;
            long carry = Long.compareUnsigned(sumLow, low) < 0 ? 1 : 0;
            long middle = words[p] + high;
            long carryMiddle = Long.compareUnsigned(middle, high) < 0 ? 1 : 0;
            long sumHigh = middle + carry;
            long carryHigh = Long.compareUnsigned(sumHigh, carry) < 0 ? 1 : 0;
            words[p + wordStep] = sumLow;
            words[p] = sumHigh;
            words[q] += above + carryMiddle + carryHigh;
        }
    }

    /** The sum of a group. */
    BigDecimal sum(TableBucket bucket, int row) {
        long[] words = bucket.words();
        int p = row * bucket.stride() + bucket.offset(column());
        BigInteger above = BigInteger.valueOf(words[row * bucket.stride() + bucket.offset(column() + 1)]);
        BigInteger unscaled =
                above.shiftLeft(64).or(unsigned(words[p])).shiftLeft(64).or(unsigned(words[p + bucket.wordStep()]));
        return new BigDecimal(unscaled, scale);
    }

    private static BigInteger unsigned(long word) {
        return new BigInteger(Long.toUnsignedString(word));
    }
}
