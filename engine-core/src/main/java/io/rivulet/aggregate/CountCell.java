package io.rivulet.aggregate;

import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many values there were. */
class CountCell extends Cell {
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

    @Override
    void combine(TableBucket bucket, int[] groups, ColumnVector[] columns, int @Nullable [] rows, int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        long[] counts = ((LongVector) columns[0]).values();
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
    void mergeRun(TableBucket bucket, int first, TableBucket from, int fromFirst, int count) {
        long[] words = bucket.words();
        long[] added = from.words();
        int stride = bucket.stride();
        int fromStride = from.stride();
        int p = first * stride + bucket.offset(column());
        int q = fromFirst * fromStride + from.offset(column());
        for (int i = 0; i < count; i++, p += stride, q += fromStride) {
            words[p] += added[q];
        }
    }
}
