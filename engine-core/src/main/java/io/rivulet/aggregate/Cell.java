package io.rivulet.aggregate;

import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.vector.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smallest piece of an aggregate: a few state columns, how a value is taken up into them, and how two partial
 * states become one. Aggregates of a query share equal cells: {@code avg} uses the cells of {@code sum} and
 * {@code count}. One virtual call per cell and column batch; the loops inside see arrays only.
 */
abstract class Cell {
    private final String name;
    private int column;

    /** @param name canonical: equal names are the same cell; the stem of its state columns' names */
    Cell(String name) {
        this.name = name;
    }

    final String name() {
        return name;
    }

    /** The first of its columns in the table, keys counted. */
    final int column() {
        return column;
    }

    final void place(int firstColumn) {
        column = firstColumn;
    }

    /** Its state columns, in order. */
    abstract List<StateColumn> columns();

    /**
     * Whether the result depends on the order in which rows arrive (first, last). Partial states of one slice are
     * combined in that order; those of different slices of event time are not, so an aggregation with such a cell does
     * not fold sliding windows from slices.
     */
    boolean ordered() {
        return false;
    }

    /** Takes up the loaded values, which are neither null nor filtered out. */
    abstract void accumulate(TableBucket bucket, CellInput input);

    /**
     * Takes up partial states.
     *
     * @param columns the batch's columns of this cell, in order, flat
     * @param rows which rows, or null for the first {@code count}
     */
    abstract void combine(TableBucket bucket, int[] groups, ColumnVector[] columns, int @Nullable [] rows, int count);

    /**
     * Takes up partial states from rows of a bucket with the same columns; the same bucket is allowed. What a new row
     * starts with changes nothing.
     *
     * @param groups where they go to, each at most once
     * @param rows where they come from
     */
    void merge(TableBucket bucket, int[] groups, TableBucket from, int[] rows, int count) {
        ColumnVector[] own = new ColumnVector[columns().size()];
        for (int c = 0; c < own.length; c++) {
            own[c] = from.column(column + c, rows, count);
        }
        combine(bucket, groups, own, null, count);
    }

    /**
     * Puts partial states together that lie one upon the other in dense buckets. Rows that hold what a new row starts with may be among
     * them; they change nothing. Values must be of fixed width.
     *
     * @param first where they go; may be where those held are
     * @param heldFirst a state each
     * @param addedFirst what is taken up into it
     */
    void joinRuns(
            TableBucket bucket,
            int first,
            TableBucket held,
            int heldFirst,
            TableBucket added,
            int addedFirst,
            int count) {
        int[] groups = new int[count];
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            groups[i] = first + i;
            rows[i] = heldFirst + i;
        }
        if (bucket != held || first != heldFirst) {
            for (int c = 0; c < columns().size(); c++) {
                bucket.setColumn(column + c, groups, held.column(column + c, rows, count), count);
            }
        }
        for (int i = 0; i < count; i++) {
            rows[i] = addedFirst + i;
        }
        merge(bucket, groups, added, rows, count);
    }

    /** A row of a list that may stand for all rows. */
    static int at(int @Nullable [] rows, int i) {
        return rows == null ? i : rows[i];
    }
}
