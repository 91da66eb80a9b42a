package io.rivulet.connector;

/** Which rows of a result a batch gives out. */
public enum OutputMode {
    /** Rows that will never change again, once. */
    APPEND,
    /** Rows that changed in the batch, once per key. */
    UPDATE,
    /** The whole result, every batch. */
    COMPLETE
}
