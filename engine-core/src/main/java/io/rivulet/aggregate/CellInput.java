package io.rivulet.aggregate;

import io.rivulet.vector.BooleanVector;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/**
 * The values that cells over one argument and filter take from a batch: those of the rows that pass the filter and are
 * (but for {@code first} and {@code last}) not null. Loaded once per batch, so that the cells' loops check neither.
 */
final class CellInput {
    final int argument;
    final int filter;
    final boolean skipNulls;

    /** The values; unused when there is no argument. */
    @Nullable
    ColumnVector values;

    /** Which rows of {@link #values} count, or null for the first {@link #count}. */
    int @Nullable [] rows;

    /** The group of each of them. */
    int[] groups = new int[0];

    int count;
    private int[] ownRows = new int[0];
    private int[] ownGroups = new int[0];

    /** @param argument input column, or -1; {@code filter} likewise */
    CellInput(int argument, int filter, boolean skipNulls) {
        this.skipNulls = skipNulls;
        this.argument = argument;
        this.filter = filter;
    }

    void load(ColumnBatch batch, int @Nullable [] batchRows, int[] batchGroups, int batchCount) {
        ColumnVector argumentValues =
                argument < 0 ? null : batch.column(argument).flatten();
        values = argumentValues;
        rows = batchRows;
        groups = batchGroups;
        count = batchCount;
        boolean checkNulls = skipNulls && argumentValues != null && !argumentValues.allPresent();
        if (!checkNulls && filter < 0) {
            return;
        }
        if (ownRows.length < batchCount) {
            ownRows = new int[batchCount];
            ownGroups = new int[batchCount];
        }
        BooleanVector condition =
                filter < 0 ? null : (BooleanVector) batch.column(filter).flatten();
        int kept = 0;
        for (int i = 0; i < batchCount; i++) {
            int row = batchRows == null ? i : batchRows[i];
            boolean passes =
                    condition == null || (!condition.isNull(row) && condition.values()[row]);
            if (passes && (!checkNulls || argumentValues == null || !argumentValues.isNull(row))) {
                ownRows[kept] = row;
                ownGroups[kept++] = batchGroups[i];
            }
        }
        rows = ownRows;
        groups = ownGroups;
        count = kept;
    }
}
