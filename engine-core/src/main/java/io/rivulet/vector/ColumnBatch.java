package io.rivulet.vector;

import io.rivulet.type.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Rows as columns: one {@link ColumnVector} per column, all of {@link #size} rows, and optionally a {@link Selection}
 * of the rows that count. A filter only sets the selection; {@link #compact} applies it.
 *
 * <p>Like its vectors, a batch handed to an operator is valid until the call returns; {@link #detach} makes one that
 * stays.
 */
public final class ColumnBatch {
    private final Schema schema;
    private final ColumnVector[] columns;
    private final int size;
    private final @Nullable Selection selection;

    /** A batch of all rows of its columns. */
    public ColumnBatch(Schema schema, ColumnVector[] columns, int size) {
        this(schema, columns, size, null);
    }

    /** @param columns one per field of the schema, each of {@code size} rows; shared, not copied */
    public ColumnBatch(Schema schema, ColumnVector[] columns, int size, @Nullable Selection selection) {
        this.schema = schema;
        this.columns = columns;
        this.size = size;
        this.selection = selection;
    }

    /** The columns' names and types. */
    public Schema schema() {
        return schema;
    }

    /** A column; row numbers of the selection are row numbers in it. */
    public ColumnVector column(int index) {
        return columns[index];
    }

    /** The columns (a view; do not write). */
    public ColumnVector[] columns() {
        return columns;
    }

    /** The number of rows of every column, selected or not. */
    public int size() {
        return size;
    }

    /** The rows that count, or null when all do. */
    public @Nullable Selection selection() {
        return selection;
    }

    /** How many rows count. */
    public int rowCount() {
        return selection == null ? size : selection.count();
    }

    /** The same columns with another selection, whose row numbers are those of the columns (shares everything). */
    public ColumnBatch select(@Nullable Selection rows) {
        return new ColumnBatch(schema, columns, size, rows);
    }

    /** A batch of the selected rows only, without a selection: this batch if it has none, else a copy. */
    public ColumnBatch compact() {
        return selection == null ? this : take(selection.rows(), selection.count());
    }

    /** The given rows of the columns, in that order (a copy, valid for ever). */
    public ColumnBatch take(int[] rows, int count) {
        ColumnVector[] taken = new ColumnVector[columns.length];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = columns[i].take(rows, count);
        }
        return new ColumnBatch(schema, taken, count);
    }

    /** The selected rows with arrays of their own (a copy, valid for ever). */
    public ColumnBatch detach() {
        if (selection != null) {
            return compact();
        }
        ColumnVector[] own = new ColumnVector[columns.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = columns[i].detach();
        }
        return new ColumnBatch(schema, own, size);
    }

    /** A selected row, counted among the selected ones, as objects. */
    public Row row(int index) {
        int row = selection == null ? index : selection.rows()[index];
        @Nullable Object[] values = new @Nullable Object[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = columns[i].objectAt(row);
        }
        return new Row(schema, values);
    }

    /** Bytes held by the columns' arrays, shared ones included. */
    public long retainedBytes() {
        long bytes = 0;
        for (ColumnVector column : columns) {
            bytes += column.retainedBytes();
        }
        return bytes;
    }
}
