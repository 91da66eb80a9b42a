package io.rivulet.aggregate;

import io.rivulet.error.ErrorCode;
import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.vector.ArrayVector;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Validity;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The list of values in the order in which they come. A group holds how long its list is; the values are rows of a
 * table of their own, numbered within their group.
 */
final class ListCell extends Cell {
    private final SideTable items;

    ListCell(String name, SideTable items) {
        super(name);
        this.items = items;
    }

    /** The table of the values of lists. */
    static SideTable items(String name, int firstKey, int keyCount, DataType type) {
        return new SideTable(
                name,
                firstKey,
                keyCount,
                List.of(StateColumn.within(" ordinal", DataType.BIGINT, false)),
                List.of(StateColumn.value("value", type, 0)));
    }

    @Override
    List<StateColumn> columns() {
        return List.of(StateColumn.value(name(), DataType.BIGINT, 0));
    }

    @Override
    boolean ordered() {
        return true;
    }

    @Override
    void accumulate(TableBucket bucket, CellInput input) {
        int count = input.count;
        if (count == 0) {
            return;
        }
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        int[] groups = input.groups;
        long[] ordinals = new long[count];
        for (int i = 0; i < count; i++) {
            ordinals[i] = words[groups[i] * stride + offset]++;
        }
        LongVector numbers = new LongVector(DataType.BIGINT, ordinals, count, Validity.ALL_PRESENT);
        int[] found = items.locate(input.batch(), input.rows, count, numbers);
        TableBucket list = items.bucket();
        list.setColumn(
                items.valueColumn(0), found, SideTable.taken(ValueArrays.required(input), input.rows, count), count);
        list.markChanged(found, count);
    }

    @Override
    void combine(TableBucket bucket, int[] groups, ColumnVector[] columns, int @Nullable [] rows, int count) {
        throw ErrorCode.INTERNAL.error(name() + " has no partial state");
    }

    /**
     * The lists of groups.
     *
     * @param type of the lists
     */
    ArrayVector lists(TableBucket bucket, int[] rows, int count, DataType type) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(column());
        int[] offsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            long end = offsets[i] + words[rows[i] * stride + offset];
            if (end > Integer.MAX_VALUE - 8) {
                throw ErrorCode.MEMORY_LIMIT.error("the lists of " + name()
                        + " hold more than 2^31 values together; collect fewer, or lower the engine's vector size");
            }
            offsets[i + 1] = (int) end;
        }
        int total = offsets[count];
        int[] groups = new int[total];
        long[] ordinals = new long[total];
        for (int i = 0; i < count; i++) {
            Arrays.fill(groups, offsets[i], offsets[i + 1], rows[i]);
            long ordinal = 0;
            for (int at = offsets[i]; at < offsets[i + 1]; at++) {
                ordinals[at] = ordinal++;
            }
        }
        LongVector numbers = new LongVector(DataType.BIGINT, ordinals, total, Validity.ALL_PRESENT);
        int[] found = items.locate(bucket, groups, total, numbers);
        ColumnVector elements = items.bucket().column(items.valueColumn(0), found, total);
        return new ArrayVector(type, offsets, elements, count, Validity.ALL_PRESENT);
    }
}
