package io.rivulet.state;

/**
 * Where the tables of one query are kept between batches and runs. Opened at the version the log says; a version is
 * the number of batches the state has seen.
 *
 * <p>{@link #load} and {@link #stage} may be called from any thread, for different tables at once.
 */
public interface StateStore {
    /** The changes of one table in one batch, encoded. */
    interface StagedChanges {
        /** Bytes it will take in the log. */
        long bytes();
    }

    /**
     * Fills an empty table with its rows at the version after the last prepared batch. Rows that belong to another
     * partition (because the parallelism has changed) are left out.
     */
    void load(StateTable table, int partition);

    /**
     * Encodes what {@link StateTable#forEachChange} gives. Takes effect only when the batch's {@code prepared} is
     * written with it.
     */
    StagedChanges stage(long batchId, StateTable table, int partition);
}
