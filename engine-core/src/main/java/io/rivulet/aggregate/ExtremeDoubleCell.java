package io.rivulet.aggregate;

import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The least or greatest of floating-point numbers, NaN being greater than all others. Kept as a double, also for FLOAT.
 * The greatest starts at negative infinity, the least at NaN: both give way to any value.
 */
final class ExtremeDoubleCell extends OneValueCell {
    private final boolean greatest;
    private final ValueArrays arrays = new ValueArrays();

    ExtremeDoubleCell(String name, boolean greatest) {
        super(name);
        this.greatest = greatest;
    }

    @Override
    List<StateColumn> columns() {
        double initial = greatest ? Double.NEGATIVE_INFINITY : Double.NaN;
        return List.of(StateColumn.value(name(), DataType.DOUBLE, Double.doubleToLongBits(initial)));
    }

    @Override
    void take(TableBucket bucket, int[] groups, ColumnVector values, int @Nullable [] rows, int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        double[] doubles = arrays.doubles(values);
        if (!greatest) {
            for (int i = 0; i < count; i++) {
                int p = groups[i] * stride + offset;
                double value = doubles[at(rows, i)];
                double held = Double.longBitsToDouble(words[p]);
                if (value < held || Double.isNaN(held)) {
                    words[p] = Double.doubleToRawLongBits(value);
                }
            }
        } else {
            for (int i = 0; i < count; i++) {
                int p = groups[i] * stride + offset;
                double value = doubles[at(rows, i)];
                if (value > Double.longBitsToDouble(words[p]) || Double.isNaN(value)) {
                    words[p] = Double.doubleToRawLongBits(value);
                }
            }
        }
    }
}
