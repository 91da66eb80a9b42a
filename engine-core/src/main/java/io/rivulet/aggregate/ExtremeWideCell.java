package io.rivulet.aggregate;

import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.type.PhysicalType;
import io.rivulet.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The least, greatest, first or last of values, whatever their type: text and binary (in the order of their unsigned
 * bytes), wide decimals, and for first and last everything else. A second column says whether there is a value yet, and
 * whether it is a null, which first and last may be.
 */
final class ExtremeWideCell extends Cell {
    /** Which value is kept. */
    enum Choice {
        LEAST,
        GREATEST,
        FIRST,
        LAST
    }

    static final long NOTHING = 0;
    static final long VALUE = 1;
    static final long NULL = 2;

    private final DataType type;
    private final Choice choice;
    private final WideValues values = new WideValues();

    ExtremeWideCell(String name, DataType type, Choice choice) {
        super(name);
        this.type = type;
        this.choice = choice;
    }

    @Override
    List<StateColumn> columns() {
        return List.of(
                StateColumn.value(name() + " seen", DataType.BIGINT, NOTHING), StateColumn.value(name(), type, 0));
    }

    @Override
    boolean ordered() {
        return choice == Choice.FIRST || choice == Choice.LAST;
    }

    @Override
    void accumulate(TableBucket bucket, CellInput input) {
        ColumnVector column = ValueArrays.required(input);
        take(bucket, input.groups, column, null, input.rows, input.count);
    }

    @Override
    void combine(TableBucket bucket, int[] groups, ColumnVector[] columns, int @Nullable [] rows, int count) {
        take(bucket, groups, columns[1], columns[0], rows, count);
    }

    private void take(
            TableBucket bucket,
            int[] groups,
            ColumnVector column,
            @Nullable ColumnVector seen,
            int @Nullable [] rows,
            int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int flag = bucket.offset(column());
        int offset = bucket.offset(column() + 1);
        values.load(column, seen);
        for (int i = 0; i < count; i++) {
            int row = at(rows, i);
            long kind = values.kind(row);
            int base = groups[i] * stride;
            long held = words[base + flag];
            if (kind == NOTHING || (held != NOTHING && !replaces(bucket, base + offset, row))) {
                continue;
            }
            words[base + flag] = kind;
            if (kind == VALUE) {
                values.store(bucket, base + offset, row);
            }
        }
    }

    private boolean replaces(TableBucket bucket, int word, int row) {
        return switch (choice) {
            case FIRST -> false;
            case LAST -> true;
            case LEAST -> values.compare(bucket, word, row) < 0;
            case GREATEST -> values.compare(bucket, word, row) > 0;
        };
    }

    /** Whether values of a type need this cell to be compared. */
    static boolean comparesAs(DataType type) {
        return type.physical() == PhysicalType.BYTES || type.physical() == PhysicalType.DECIMAL128;
    }
}
