package io.rivulet.operator.sort;

import io.rivulet.vector.BooleanVector;
import io.rivulet.vector.BytesVector;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.FloatVector;
import io.rivulet.vector.IntVector;
import io.rivulet.vector.LongVector;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The order of rows by some columns, a row being (batch number &lt;&lt; 32 | row number). Text orders by unsigned
 * bytes, NaN after all numbers, −0.0 equals 0.0.
 */
public final class RowOrder implements Comparator<Long> {
    /** One column to order by. */
    public record Key(int column, boolean ascending, boolean nullsFirst) {}

    private final List<Key> keys;
    private ColumnVector[][] columns = new ColumnVector[0][];

    /** The order by these columns, the first one deciding first. */
    public RowOrder(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    void load(List<ColumnBatch> batches) {
        columns = new ColumnVector[batches.size()][keys.size()];
        for (int b = 0; b < columns.length; b++) {
            for (int k = 0; k < keys.size(); k++) {
                columns[b][k] = batches.get(b).column(keys.get(k).column()).flatten();
            }
        }
    }

    @Override
    public int compare(Long a, Long b) {
        ColumnVector[] left = columns[(int) (a >>> 32)];
        ColumnVector[] right = columns[(int) (b >>> 32)];
        int leftRow = a.intValue();
        int rightRow = b.intValue();
        for (int k = 0; k < left.length; k++) {
            Key key = keys.get(k);
            boolean leftNull = left[k].isNull(leftRow);
            boolean rightNull = right[k].isNull(rightRow);
            int order;
            if (leftNull || rightNull) {
                order = leftNull == rightNull ? 0 : leftNull == key.nullsFirst() ? -1 : 1;
            } else {
                order = values(left[k], leftRow, right[k], rightRow);
                order = key.ascending() ? order : -order;
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @SuppressWarnings("unchecked") // the classes that objectAt gives for orderable types are comparable to themselves
    private static int values(ColumnVector a, int i, ColumnVector b, int j) {
        if (a instanceof LongVector x && b instanceof LongVector y) {
            return Long.compare(x.values()[i], y.values()[j]);
        }
        if (a instanceof IntVector x && b instanceof IntVector y) {
            return Integer.compare(x.values()[i], y.values()[j]);
        }
        if (a instanceof DoubleVector x && b instanceof DoubleVector y) {
            return Double.compare(x.values()[i] + 0.0, y.values()[j] + 0.0);
        }
        if (a instanceof FloatVector x && b instanceof FloatVector y) {
            return Float.compare(x.values()[i] + 0.0f, y.values()[j] + 0.0f);
        }
        if (a instanceof BytesVector x && b instanceof BytesVector y) {
            return Arrays.compareUnsigned(
                    x.data(), x.offsets()[i], x.offsets()[i + 1], y.data(), y.offsets()[j], y.offsets()[j + 1]);
        }
        if (a instanceof BooleanVector x && b instanceof BooleanVector y) {
            return Boolean.compare(x.values()[i], y.values()[j]);
        }
        return ((Comparable<Object>) java.util.Objects.requireNonNull(a.objectAt(i)))
                .compareTo(java.util.Objects.requireNonNull(b.objectAt(j)));
    }
}
