package io.rivulet.connector;

/**
 * A piece of a source's range that one task reads in order. Pure data (a record), because the task that reads it may
 * run in another process. The splits of a batch are ordered, and so are the rows of each: that is the order of the
 * batch's rows.
 */
public interface Split {
    /** How many rows it may hold, to balance tasks and to keep small batches on one thread; a guess is enough. */
    long estimatedRows();
}
