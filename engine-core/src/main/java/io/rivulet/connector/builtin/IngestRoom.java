package io.rivulet.connector.builtin;

import io.rivulet.error.ErrorCode;
import io.rivulet.memory.MemoryPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much an ingest holds and how much it may: who finds no room waits here until a commit makes some, or until the
 * ingest is closed. Its capacity is reserved from the beginning until it is closed and empty. Guarded by its owner's
 * lock, but for {@link #requireEverFits}.
 */
final class IngestRoom {
    private final String ingest;
    private final IngestLimits limits;
    private final IngestRows rows;
    private final Condition made;
    private final MemoryPool memory;
    private boolean closed;

    /**
     * Room for rows.
     *
     * @param ingest for messages
     * @param memory where the capacity is reserved, {@code MEMORY_LIMIT} when there is none
     */
    IngestRoom(String ingest, IngestLimits limits, IngestRows rows, ReentrantLock lock, MemoryPool memory) {
        this.ingest = ingest;
        this.limits = limits;
        this.rows = rows;
        this.made = lock.newCondition();
        this.memory = memory;
        memory.reserve(limits.bytes());
    }

    /** {@code BAD_ARGUMENT} for rows that have no room even in an empty ingest. Needs no lock. */
    void requireEverFits(int count, long bytes) {
        if (count > limits.rows() || bytes > limits.bytes()) {
            throw IngestErrors.tooLarge(ingest, count, bytes, limits);
        }
    }

    /** Whether an empty ingest has room for so many. */
    boolean everFits(int count, long bytes) {
        return count <= limits.rows() && bytes <= limits.bytes();
    }

    /** Whether there is room now. */
    boolean fits(int count, long bytes) {
        return rows.count() + count <= limits.rows() && rows.bytes() + bytes <= limits.bytes();
    }

    /**
     * Waits for room, without the lock.
     *
     * @param reading the thread that makes room would wait for itself, which is an error
     * @return false when there was none in time
     * @throws io.rivulet.error.RivuletException BAD_STATE when closed, INTERRUPTED
     */
    boolean await(int count, long bytes, IngestReading reading) {
        requireOpen();
        long nanos = limits.timeout() == null ? 0 : TimeUnit.NANOSECONDS.convert(limits.timeout());
        while (!fits(count, bytes)) {
            if (reading.makesRoom(Thread.currentThread())) {
                throw ErrorCode.BAD_STATE.error(ingest + " is full, and the thread that pushes is the one that makes"
                        + " room: foreachBatch, listeners and callbacks of futures must not wait for the query they run"
                        + " in; push in another thread, e.g. by thenRunAsync, or use tryPush");
            }
            try {
                if (limits.timeout() == null) {
                    made.await();
                } else if (nanos <= 0) {
                    return false;
                } else {
                    nanos = made.awaitNanos(nanos);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ErrorCode.INTERRUPTED.error("interrupted while waiting for room in " + ingest, e);
            }
            requireOpen();
        }
        return true;
    }

    void requireOpen() {
        if (closed) {
            throw ErrorCode.BAD_STATE.error(ingest + " is closed and takes no more records");
        }
    }

    /** Rows have gone. */
    void freed() {
        made.signalAll();
        if (closed && rows.count() == 0) {
            memory.close();
        }
    }

    /** Takes no more rows; those that wait are refused. */
    void close() {
        closed = true;
        freed();
    }
}
