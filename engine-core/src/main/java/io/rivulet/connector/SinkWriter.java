package io.rivulet.connector;

import io.rivulet.vector.ColumnBatch;

/** Takes the rows of one task in one attempt of a batch. Used by one thread. */
public interface SinkWriter {
    /** Takes rows; they are valid until the call returns, and may have a selection. */
    void write(ColumnBatch batch);

    /**
     * Ends the task's rows. A sink that keeps its rows itself (files) has made them durable, not visible, when this
     * returns; any other puts them into the message.
     */
    SinkMessage prepare();

    /** The attempt has failed: whatever was staged is not needed. Called instead of, or after, {@link #prepare}. */
    void abort();
}
