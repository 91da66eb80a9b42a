package io.rivulet.aggregate;

import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sum of numbers as doubles, in the order of the rows. */
final class SumDoubleCell extends WordCell {
    private final ValueArrays arrays = new ValueArrays();

    SumDoubleCell(String name) {
        super(name);
    }

    @Override
    List<StateColumn> columns() {
        return List.of(StateColumn.value(name(), DataType.DOUBLE, 0));
    }

    @Override
    void take(TableBucket bucket, int[] groups, ColumnVector values, int @Nullable [] rows, int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        double[] doubles = arrays.doubles(values);
        if (rows == null) {
            for (int i = 0; i < count; i++) {
                int p = groups[i] * stride + offset;
                words[p] = Double.doubleToRawLongBits(Double.longBitsToDouble(words[p]) + doubles[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                int p = groups[i] * stride + offset;
                words[p] = Double.doubleToRawLongBits(Double.longBitsToDouble(words[p]) + doubles[rows[i]]);
            }
        }
    }

    @Override
    void merge(TableBucket bucket, int[] groups, TableBucket from, int[] rows, int count) {
        long[] words = bucket.words();
        long[] added = from.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        int fromStride = from.stride();
        int fromOffset = from.offset(column());
        for (int i = 0; i < count; i++) {
            int p = groups[i] * stride + offset;
            double sum = Double.longBitsToDouble(words[p])
                    + Double.longBitsToDouble(added[rows[i] * fromStride + fromOffset]);
            words[p] = Double.doubleToRawLongBits(sum);
        }
    }

    @Override
    void join(WordRun to, WordRun held, WordRun added, int count) {
        long[] words = to.words;
        long[] a = held.words;
        long[] b = added.words;
        int at = to.first;
        int p = held.first;
        int q = added.first;
        for (int i = 0; i < count; i++) {
            double sum = Double.longBitsToDouble(a[p + i]) + Double.longBitsToDouble(b[q + i]);
            words[at + i] = Double.doubleToRawLongBits(sum);
        }
    }
}
