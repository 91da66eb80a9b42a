package io.rivulet.aggregate;

import io.rivulet.state.TableBucket;
import io.rivulet.vector.BooleanVector;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values that cells over the same arguments and filter take from a batch: those of the rows that pass the filter,
 * have no null where one is skipped, and, if only distinct values count, are new in their group. Loaded once per batch,
 * so that the cells' loops check none of it.
 */
final class CellInput {
    /**
     * What is taken; inputs of one key are the same input.
     *
     * @param arguments input columns
     * @param required those of them whose nulls are skipped
     * @param filter BOOLEAN input column, or -1
     * @param seen the table of the values that have come, when only distinct ones count; else null
     */
    record Key(
            List<Integer> arguments,
            List<Integer> required,
            int filter,
            @Nullable SideTable seen) {
        Key {
            arguments = List.copyOf(arguments);
            required = List.copyOf(required);
        }

        /** A value that counts when it is not null; {@code argument} -1 stands for the row itself. */
        static Key of(int argument, int filter) {
            List<Integer> arguments = argument < 0 ? List.of() : List.of(argument);
            return new Key(arguments, arguments, filter, null);
        }
    }

    final Key key;

    /** The values of the arguments. */
    final ColumnVector[] values;

    /** Which rows of {@link #values} count, or null for the first {@link #count}. */
    int @Nullable [] rows;

    /** The group of each of them. */
    int[] groups = new int[0];

    int count;
    private @Nullable ColumnBatch batch;
    private int[] ownRows = new int[0];
    private int[] ownGroups = new int[0];

    CellInput(Key key) {
        this.key = key;
        this.values = new ColumnVector[key.arguments().size()];
    }

    /** The batch that was loaded. */
    ColumnBatch batch() {
        return Objects.requireNonNull(batch);
    }

    void load(ColumnBatch loaded, int @Nullable [] batchRows, int[] batchGroups, int batchCount) {
        batch = loaded;
        for (int a = 0; a < values.length; a++) {
            values[a] = loaded.column(key.arguments().get(a)).flatten();
        }
        rows = batchRows;
        groups = batchGroups;
        count = batchCount;
        if (key.filter() >= 0) {
            keepTrue((BooleanVector) loaded.column(key.filter()).flatten());
        }
        for (int r = 0; r < key.required().size(); r++) {
            ColumnVector needed = loaded.column(key.required().get(r)).flatten();
            if (!needed.allPresent()) {
                keepPresent(needed);
            }
        }
        if (key.seen() != null && count > 0) {
            keepNew(loaded, key.seen());
        }
    }

    /** New rows of a table are numbered in the order they are added, so the next new one has the next number. */
    private void keepNew(ColumnBatch loaded, SideTable seen) {
        ensureRoom();
        ColumnVector[] taken = new ColumnVector[values.length];
        for (int a = 0; a < taken.length; a++) {
            taken[a] = SideTable.taken(values[a], rows, count);
        }
        TableBucket bucket = seen.bucket();
        int next = bucket.size();
        int[] found = seen.locate(loaded, rows, count, taken);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (found[i] == next) {
                next++;
                ownRows[kept] = Cell.at(rows, i);
                ownGroups[kept] = groups[i];
                found[kept++] = found[i];
            }
        }
        bucket.markChanged(found, kept);
        keep(kept);
    }

    private void keepTrue(BooleanVector condition) {
        ensureRoom();
        boolean[] truths = condition.values();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = Cell.at(rows, i);
            if (truths[row] && !condition.isNull(row)) {
                ownRows[kept] = row;
                ownGroups[kept++] = groups[i];
            }
        }
        keep(kept);
    }

    private void keepPresent(ColumnVector needed) {
        ensureRoom();
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = Cell.at(rows, i);
            if (!needed.isNull(row)) {
                ownRows[kept] = row;
                ownGroups[kept++] = groups[i];
            }
        }
        keep(kept);
    }

    private void ensureRoom() {
        if (ownRows.length < count) {
            ownRows = new int[count];
            ownGroups = new int[count];
        }
    }

    private void keep(int kept) {
        rows = ownRows;
        groups = ownGroups;
        count = kept;
    }
}
