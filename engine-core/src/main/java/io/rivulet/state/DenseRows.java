package io.rivulet.state;

import io.rivulet.memory.MemoryPool;

/**
 * Rows that lie at numbers as those of a table's dense buckets do, but are nobody's state: what is put together from such
 * buckets. A place where there is no row holds initial values. Owned by one task.
 *
 * <p>Methods about runs are for values of fixed width only ({@link StateTable#hasFixedWidth}): a run is a number of places
 * one upon the other.
 */
public final class DenseRows implements AutoCloseable {
    private final StateTable table;
    private TableBucket bucket;

    /**
     * No places yet.
     *
     * @param like a table that numbers its keys
     * @param memory where what it holds is counted
     */
    public DenseRows(StateTable like, MemoryPool memory) {
        table = like.denseTwin(memory);
        bucket = table.bucket(0);
    }

    /** The rows, for aggregates to work on; another one after {@link #clear}. */
    public TableBucket bucket() {
        return bucket;
    }

    /** How many places there are. */
    public int size() {
        return bucket.size();
    }

    /**
     * Adds places.
     *
     * @return the first of them
     */
    public int append(int count) {
        return bucket.append(count);
    }

    /** Gives all places up, and maybe their memory. */
    public void clear() {
        table.dropThrough(0);
        bucket = table.bucket(0);
    }

    /** Whether there is a row. */
    public boolean isPresent(int row) {
        return bucket.present.get(row);
    }

    /**
     * The places below one where there is a row, ascending.
     *
     * @return how many there are
     */
    public int present(int end, int[] into) {
        return bucket.present.rows(0, end, into);
    }

    /** Says that rows are there. */
    public void setPresent(int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            bucket.present.set(rows[i]);
        }
    }

    /** Says that those rows of a run are there which are there in either of two runs; one of them may be the run itself. */
    public void joinPresent(int first, TableBucket a, int aFirst, TableBucket b, int bFirst, int count) {
        bucket.present.join(first, a.present, aFirst, b.present, bFirst, count);
    }

    /** Gives places initial values; leaves it at what is there. */
    public void reset(int[] rows, int count) {
        bucket.resetValues(rows, count);
    }

    /** Says that rows are not there. */
    public void forget(int[] rows, int count) {
        bucket.resetValues(rows, count);
        for (int i = 0; i < count; i++) {
            bucket.present.clear(rows[i]);
        }
    }

    /** Says that no row is there. */
    public void forgetAll() {
        bucket.resetAll();
        bucket.present.clearAll();
    }

    /** Says that no row of a run is there. */
    public void forgetRun(int first, int count) {
        bucket.rowWords().clear(first, first + count);
        bucket.present.clear(first, count);
    }

    /** Makes a run what a run of others, or of these, is. */
    public void copyRun(int to, DenseRows from, int first, int count) {
        bucket.rowWords().copy(to, from.bucket.rowWords(), first, count);
        bucket.present.copy(to, from.bucket.present, first, count);
    }

    @Override
    public void close() {
        table.close();
    }
}
