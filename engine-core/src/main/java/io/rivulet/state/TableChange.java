package io.rivulet.state;

import io.rivulet.vector.ColumnBatch;

/** One change of a {@link StateTable}, in logical form: what the log and snapshots hold. */
public sealed interface TableChange {
    /** The bucket it is about. */
    long bucket();

    /** All rows of a bucket are gone, and so is the bucket. */
    record DropBucket(long bucket) implements TableChange {}

    /**
     * Rows that were added or changed.
     *
     * @param rows columns as the table's {@link TableSpec#schema}, found by name: a column that is missing keeps its
     *     initial value
     */
    record PutRows(long bucket, ColumnBatch rows) implements TableChange {}
}
