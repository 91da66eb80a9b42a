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
final class ExtremeDoubleCell extends WordCell {
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
        for (int i = 0; i < count; i++) {
            int p = groups[i] * stride + offset;
            words[p] = extreme(words[p], Double.doubleToRawLongBits(doubles[at(rows, i)]));
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
            words[p] = extreme(words[p], added[rows[i] * fromStride + fromOffset]);
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
            words[at + i] = extreme(a[p + i], b[q + i]);
        }
    }

    /** The word of the one that is kept of two. */
    private long extreme(long held, long added) {
        double kept = Double.longBitsToDouble(held);
        double value = Double.longBitsToDouble(added);
        boolean gives = greatest ? value > kept || Double.isNaN(value) : value < kept || Double.isNaN(kept);
        return gives ? added : held;
    }
}
