package io.rivulet.operator;

import io.rivulet.vector.ColumnBatch;

/**
 * A step of a task. Takes column batches and pushes what it makes of them to the next operator, in the same call or at
 * the end of the batch.
 *
 * <p>Calls, all by one thread at a time: for every batch {@link #begin}, then {@link #process} any number of times,
 * then {@link #finish}. Each operator forwards begin and finish to the next one: begin before it does anything itself,
 * finish after it has pushed its last rows. After an exception the operator is closed and not used again.
 */
public interface Operator extends AutoCloseable {
    /** A batch begins. */
    void begin(BatchStart start);

    /** Takes rows, which are valid until the call returns. */
    void process(ColumnBatch batch);

    /** The batch has no more rows. */
    void finish(BatchEnd end);

    /** Gives back what it holds, and closes the next operator. */
    @Override
    void close();
}
