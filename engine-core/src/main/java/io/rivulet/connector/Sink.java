package io.rivulet.connector;

import java.util.List;

/**
 * Where the rows of a query go. The rows of a batch are written by one {@link SinkWriter} per task and become visible
 * together at {@link #commit}. All but {@link #writer} and its writers are called by one thread at a time.
 */
public interface Sink extends AutoCloseable {
    /** When a batch is committed to the sink. */
    enum Publication {
        /**
         * After the batch's commit point: nothing is ever seen of a batch that may run again. A crash in between leads
         * to the same commit with the same messages, so it must be idempotent by batch id.
         */
        AFTER_COMMIT_POINT,
        /**
         * Before it, once the batch's plan is durable (foreach, foreachBatch): a crash in between runs the batch again,
         * with the same rows and id, and commits it again.
         */
        BEFORE_COMMIT_POINT
    }

    /** What it is, for progress and explain. No secrets. */
    String description();

    /** When its commits happen. */
    default Publication publication() {
        return Publication.AFTER_COMMIT_POINT;
    }

    /** A writer for one task of one attempt of a batch. Thread-safe. */
    SinkWriter writer(WriteContext context);

    /** Reads a message that was logged. */
    SinkMessage decode(byte[] message);

    /**
     * Makes a batch visible, whole or (when it throws) to be tried again with the same arguments. Must do nothing for
     * a batch that was committed before.
     *
     * @param messages one per task that wrote, in the order of partitions
     */
    void commit(long batchId, List<SinkMessage> messages);

    @Override
    void close();
}
