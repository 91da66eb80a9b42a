package io.rivulet.aggregate;

import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The least or greatest of values that order as integers: integers, dates, times, booleans, decimals to 18 digits. */
final class ExtremeLongCell extends WordCell {
    private final DataType type;
    private final boolean greatest;
    private final ValueArrays arrays = new ValueArrays();

    ExtremeLongCell(String name, DataType type, boolean greatest) {
        super(name);
        this.type = type;
        this.greatest = greatest;
    }

    @Override
    List<StateColumn> columns() {
        return List.of(StateColumn.value(name(), type, greatest ? Long.MIN_VALUE : Long.MAX_VALUE));
    }

    @Override
    void take(TableBucket bucket, int[] groups, ColumnVector values, int @Nullable [] rows, int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        long[] longs = arrays.words(values);
        if (greatest) {
            for (int i = 0; i < count; i++) {
                int p = groups[i] * stride + offset;
                words[p] = Math.max(words[p], longs[at(rows, i)]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                int p = groups[i] * stride + offset;
                words[p] = Math.min(words[p], longs[at(rows, i)]);
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
        if (greatest) {
            for (int i = 0; i < count; i++) {
                int p = groups[i] * stride + offset;
                words[p] = Math.max(words[p], added[rows[i] * fromStride + fromOffset]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                int p = groups[i] * stride + offset;
                words[p] = Math.min(words[p], added[rows[i] * fromStride + fromOffset]);
            }
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
        if (greatest) {
            for (int i = 0; i < count; i++) {
                words[at + i] = Math.max(a[p + i], b[q + i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                words[at + i] = Math.min(a[p + i], b[q + i]);
            }
        }
    }
}
