package io.rivulet.aggregate;

import io.rivulet.error.ErrorCode;
import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The exact sum of integers; beyond BIGINT it is an error, as ANSI SQL wants it. */
final class SumLongCell extends WordCell {
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
            words[p] = sum(words[p], longs[at(rows, i)]);
        }
    }

    private long sum(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            throw ErrorCode.ARITHMETIC_OVERFLOW.error(
                    name() + " passes the range of BIGINT at " + a + " + " + b + "; sum a DECIMAL or DOUBLE instead");
        }
        return sum;
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
            words[p] = sum(words[p], added[rows[i] * fromStride + fromOffset]);
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
            words[at + i] = sum(a[p + i], b[q + i]);
        }
    }
}
