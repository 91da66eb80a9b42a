package io.rivulet.aggregate;

import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of the row whose order value is least or greatest; of equal ones that of the first row. Rows without an
 * order value never get here; the value may be null. Kept are whether there is a value, the value, and its order value.
 */
final class ExtremeByCell extends Cell {
    private final DataType type;
    private final DataType orderType;
    private final boolean greatest;
    private final WideValues values = new WideValues();
    private final WideValues orders = new WideValues();

    ExtremeByCell(String name, DataType type, DataType orderType, boolean greatest) {
        super(name);
        this.type = type;
        this.orderType = orderType;
        this.greatest = greatest;
    }

    @Override
    List<StateColumn> columns() {
        return List.of(
                StateColumn.value(name() + " seen", DataType.BIGINT, ExtremeWideCell.NOTHING),
                StateColumn.value(name(), type, 0),
                StateColumn.value(name() + " order", orderType, 0));
    }

    @Override
    boolean ordered() {
        return true;
    }

    @Override
    void accumulate(TableBucket bucket, CellInput input) {
        values.load(input.values[0], null);
        orders.load(input.values[1], null);
        take(bucket, input.groups, input.rows, input.count);
    }

    @Override
    void combine(TableBucket bucket, int[] groups, ColumnVector[] columns, int @Nullable [] rows, int count) {
        values.load(columns[1], columns[0]);
        orders.load(columns[2], null);
        take(bucket, groups, rows, count);
    }

    private void take(TableBucket bucket, int[] groups, int @Nullable [] rows, int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int flag = bucket.offset(column());
        int value = bucket.offset(column() + 1);
        int order = bucket.offset(column() + 2);
        for (int i = 0; i < count; i++) {
            int row = at(rows, i);
            long kind = values.kind(row);
            int base = groups[i] * stride;
            if (kind == ExtremeWideCell.NOTHING) {
                continue;
            }
            if (words[base + flag] != ExtremeWideCell.NOTHING) {
                int compared = orders.compare(bucket, base + order, row);
                if (greatest ? compared <= 0 : compared >= 0) {
                    continue;
                }
            }
            words[base + flag] = kind;
            orders.store(bucket, base + order, row);
            if (kind == ExtremeWideCell.VALUE) {
                values.store(bucket, base + value, row);
            }
        }
    }
}
