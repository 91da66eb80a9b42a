package io.rivulet.aggregate;

import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many values there were. */
class CountCell extends WordCell {
    CountCell(String name) {
        super(name);
    }

    @Override
    List<StateColumn> columns() {
        return List.of(StateColumn.value(name(), DataType.BIGINT, 0));
    }

    @Override
    void accumulate(TableBucket bucket, CellInput input) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        int[] groups = input.groups;
        int count = input.count;
        for (int i = 0; i < count; i++) {
            words[groups[i] * stride + offset]++;
        }
    }

    /** Takes up counts. */
    @Override
    void take(TableBucket bucket, int[] groups, ColumnVector values, int @Nullable [] rows, int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        long[] counts = ((LongVector) values).values();
        for (int i = 0; i < count; i++) {
            words[groups[i] * stride + offset] += counts[at(rows, i)];
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
            words[groups[i] * stride + offset] += added[rows[i] * fromStride + fromOffset];
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
            words[at + i] = a[p + i] + b[q + i];
        }
    }
}
