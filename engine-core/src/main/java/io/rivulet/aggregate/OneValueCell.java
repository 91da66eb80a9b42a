package io.rivulet.aggregate;

import io.rivulet.state.TableBucket;
import io.rivulet.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/** A cell of one state column, whose partial states enter it as values do: a sum of sums, the greatest of the greatest. */
abstract class OneValueCell extends Cell {
    OneValueCell(String name) {
        super(name);
    }

    /**
     * Takes up values.
     *
     * @param groups the group of each value
     * @param rows which rows of the values, or null for the first {@code count}
     */
    abstract void take(TableBucket bucket, int[] groups, ColumnVector values, int @Nullable [] rows, int count);

    @Override
    void accumulate(TableBucket bucket, CellInput input) {
        take(bucket, input.groups, ValueArrays.required(input), input.rows, input.count);
    }

    @Override
    final void combine(TableBucket bucket, int[] groups, ColumnVector[] columns, int @Nullable [] rows, int count) {
        take(bucket, groups, columns[0], rows, count);
    }
}
