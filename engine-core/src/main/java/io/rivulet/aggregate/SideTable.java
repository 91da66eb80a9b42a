package io.rivulet.aggregate;

import io.rivulet.error.ErrorCode;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.StateColumn;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.state.TableSpec;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A further table of an aggregation, for what a group has many of: its rows are keyed by the keys of the group and by
 * columns that tell the rows of a group apart. It has a bucket for every bucket of the groups, and is spread over
 * partitions as they are. Owned by one task.
 */
final class SideTable {
    /** Stands before the names of such tables among the names of what an earlier run has kept. */
    static final String STORED = "/";

    private final String name;
    private final int firstKey;
    private final int keyCount;
    private final List<StateColumn> within;
    private final List<StateColumn> values;
    private final KeyBatch keys;
    private final ColumnVector[] keyColumns;
    private int[] found = new int[0];
    private @Nullable StateTable table;
    private @Nullable TableBucket bucket;

    /**
     * @param name unique in the aggregation, and the same after a restart
     * @param firstKey the first of the group's keys in the batches of the input
     * @param within the columns that tell the rows of a group apart
     */
    SideTable(String name, int firstKey, int keyCount, List<StateColumn> within, List<StateColumn> values) {
        this.name = name;
        this.firstKey = firstKey;
        this.keyCount = keyCount;
        this.within = within;
        this.values = values;
        this.keys = new KeyBatch(keyCount + within.size());
        this.keyColumns = new ColumnVector[keyCount + within.size()];
    }

    String name() {
        return name;
    }

    TableSpec spec(String operatorId, List<StateColumn> groupKeys) {
        List<StateColumn> all = new ArrayList<>(groupKeys);
        all.addAll(within);
        return new TableSpec(TableSpec.side(operatorId, name), all, values);
    }

    /** The table itself, which somebody else owns. */
    void attach(StateTable live) {
        table = live;
    }

    /** What follows is about the groups of one bucket. */
    void open(long bucketId) {
        if (table == null) {
            throw ErrorCode.INTERNAL.error("the table '" + name + "' is not there");
        }
        bucket = table.bucket(bucketId);
    }

    /** The rows of the bucket that was opened. */
    TableBucket bucket() {
        if (bucket == null) {
            throw ErrorCode.INTERNAL.error("no bucket of '" + name + "' is open");
        }
        return bucket;
    }

    /** The table's column of the i-th value. */
    int valueColumn(int i) {
        return keyColumns.length + i;
    }

    /**
     * Finds or adds the rows for rows of a batch.
     *
     * @param rows which rows, or null for the first {@code count}
     * @param own the values that tell rows of a group apart, one for each of those rows
     * @return the table's row of each (valid until the next call)
     */
    int[] locate(ColumnBatch batch, int @Nullable [] rows, int count, ColumnVector... own) {
        for (int k = 0; k < keyCount; k++) {
            keyColumns[k] = taken(batch.column(firstKey + k), rows, count);
        }
        return locate(own, count);
    }

    /**
     * Finds the rows of groups.
     *
     * @param groups the bucket of the groups
     * @param rows a group for each row to be found
     */
    int[] locate(TableBucket groups, int[] rows, int count, ColumnVector... own) {
        for (int k = 0; k < keyCount; k++) {
            keyColumns[k] = groups.column(k, rows, count);
        }
        return locate(own, count);
    }

    private int[] locate(ColumnVector[] own, int count) {
        System.arraycopy(own, 0, keyColumns, keyCount, own.length);
        keys.load(keyColumns, count);
        if (found.length < count) {
            found = new int[Math.max(count, 1024)];
        }
        bucket().locate(keys, null, count, found);
        return found;
    }

    /** The given rows of a column, in their order; the column itself when there is no list of rows. */
    static ColumnVector taken(ColumnVector column, int @Nullable [] rows, int count) {
        return rows == null ? column.flatten() : column.flatten().take(rows, count);
    }
}
