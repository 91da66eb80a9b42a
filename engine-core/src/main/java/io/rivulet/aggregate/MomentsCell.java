package io.rivulet.aggregate;

import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.DoubleVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Count, mean and sum of squared differences from the mean. A value enters by Welford's update (B. P. Welford,
 * Technometrics 1962), partial states by the formula of Chan, Golub and LeVeque (1979).
 */
final class MomentsCell extends Cell {
    private final ValueArrays arrays = new ValueArrays();

    MomentsCell(String name) {
        super(name);
    }

    @Override
    List<StateColumn> columns() {
        return List.of(
                StateColumn.value(name() + " n", DataType.DOUBLE, 0),
                StateColumn.value(name() + " mean", DataType.DOUBLE, 0),
                StateColumn.value(name() + " m2", DataType.DOUBLE, 0));
    }

    @Override
    void accumulate(TableBucket bucket, CellInput input) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        int wordStep = bucket.wordStep();
        double[] doubles = arrays.doubles(ValueArrays.required(input));
        int[] rows = input.rows;
        for (int i = 0; i < input.count; i++) {
            int p = input.groups[i] * stride + offset;
            double value = doubles[at(rows, i)];
            double n = Double.longBitsToDouble(words[p]) + 1;
            double mean = Double.longBitsToDouble(words[p + wordStep]);
            double delta = value - mean;
            mean += delta / n;
            double m2 = Double.longBitsToDouble(words[p + 2 * wordStep]) + delta * (value - mean);
            words[p] = Double.doubleToRawLongBits(n);
            words[p + wordStep] = Double.doubleToRawLongBits(mean);
            words[p + 2 * wordStep] = Double.doubleToRawLongBits(m2);
        }
    }

    @Override
    void combine(TableBucket bucket, int[] groups, ColumnVector[] columns, int @Nullable [] rows, int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        int wordStep = bucket.wordStep();
        double[] ns = ((DoubleVector) columns[0]).values();
        double[] means = ((DoubleVector) columns[1]).values();
        double[] m2s = ((DoubleVector) columns[2]).values();
        for (int i = 0; i < count; i++) {
            int row = at(rows, i);
            double addedN = ns[row];
            if (addedN == 0) {
                continue;
            }
            int p = groups[i] * stride + offset;
            double n = Double.longBitsToDouble(words[p]);
            if (n == 0) { // as they are: the formula would round the mean
                words[p] = Double.doubleToRawLongBits(addedN);
                words[p + wordStep] = Double.doubleToRawLongBits(means[row]);
                words[p + 2 * wordStep] = Double.doubleToRawLongBits(m2s[row]);
                continue;
            }
            double mean = Double.longBitsToDouble(words[p + wordStep]);
            double total = n + addedN;
            double delta = means[row] - mean;
            double m2 =
                    Double.longBitsToDouble(words[p + 2 * wordStep]) + m2s[row] + delta * delta * n * addedN / total;
            words[p] = Double.doubleToRawLongBits(total);
            words[p + wordStep] = Double.doubleToRawLongBits(mean + delta * addedN / total);
            words[p + 2 * wordStep] = Double.doubleToRawLongBits(m2);
        }
    }
}
