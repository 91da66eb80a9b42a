package io.rivulet.connector.builtin;

import io.rivulet.connector.Source;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.memory.MemoryPool;
import io.rivulet.record.RecordCodec;
import io.rivulet.type.Schema;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Rows that the host pushes, from {@link #add} until the batch they are in is committed: how they come in, and whose they
 * are when a query begins and ends. Any number of threads push, one query at a time reads ({@link #attach},
 * {@link #ended}), through the sources that {@link #open} gives. The lock is held to append rows that are already taken
 * apart; never while an accessor runs or a future is completed.
 *
 * <p>Its capacity is reserved in the memory pool when it is made. Rows count until their batch is committed, so memory
 * stays flat however fast the host pushes.
 *
 * @param <T> the class of the records
 */
public final class IngestBuffer<T extends Record> {
    private static final int PIECE_ROWS = 256;
    /** What a future and its place in the queue take. */
    private static final long FUTURE_BYTES = 64;

    private final String description;
    private final RecordCodec<T> codec;
    private final IngestLimits limits;
    private final Stages stages;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by lock
    private final IngestRows rows;
    private final IngestRoom room;
    private final IngestCompletions completions = new IngestCompletions();
    private boolean attached;
    private long givenUp;

    private final IngestReading reading;

    /**
     * An empty buffer.
     *
     * @param name for messages
     * @param codec of the records that are pushed
     * @param memory where the capacity is reserved, {@code MEMORY_LIMIT} when there is none; closed by {@link #dispose}
     */
    public IngestBuffer(String name, RecordCodec<T> codec, IngestLimits limits, MemoryPool memory) {
        this.description = "ingest " + name;
        this.codec = codec;
        this.limits = limits;
        this.stages = new Stages(codec.schema());
        this.rows = new IngestRows(codec.schema());
        this.room = new IngestRoom(description, limits, rows, lock, memory);
        this.reading = new IngestReading(description, lock, rows, room, completions);
    }

    /** The columns. */
    public Schema schema() {
        return codec.schema();
    }

    /** What it is, for plans, progress and messages. */
    public String description() {
        return description;
    }

    /**
     * A source for one opening of the query that is attached.
     *
     * @param journaled whether it is a {@link io.rivulet.connector.JournaledSource}
     */
    public Source open(boolean journaled) {
        return journaled ? new JournaledIngestSource(reading) : new IngestSource(reading);
    }

    // ------------------------------------------------------------------ pushing

    /**
     * Appends a record, waiting for room where the limits say so.
     *
     * @param position of the host, reached with the record; -1 when it gives none
     * @param mayWait false to give null instead of waiting or refusing
     * @return completed when the record is in a committed batch, exceptionally when it will not be; null when there was
     *     no room and {@code mayWait} is false
     * @throws RivuletException BUFFER_FULL when there is no room (in time), BAD_ARGUMENT for a position that does not
     *     ascend or a record that never fits, BAD_STATE when closed, INTERRUPTED, TYPE_MISMATCH naming a value,
     *     USER_CODE when an accessor throws
     */
    public @Nullable CompletableFuture<Void> add(T instance, long position, boolean mayWait) {
        StagedRows staged = stages.take();
        try {
            staged.add(codec, instance);
            return add(staged, position, mayWait);
        } finally {
            stages.giveBack(staged);
        }
    }

    /**
     * As {@link #add}, for records in order. Records that wait go in by pieces, so other pushers' records may come
     * between; records that are not to wait go in together or not at all.
     *
     * @param records at least one
     * @param position reached with the last of them; -1 when the host gives none
     * @return for all of them
     */
    public @Nullable CompletableFuture<Void> addAll(List<? extends T> records, long position, boolean mayWait) {
        StagedRows staged = stages.take();
        try {
            for (T instance : records) {
                staged.add(codec, instance);
            }
            return add(staged, position, mayWait);
        } finally {
            stages.giveBack(staged);
        }
    }

    private @Nullable CompletableFuture<Void> add(StagedRows staged, long position, boolean mayWait) {
        int count = staged.count();
        long bytes = staged.bytes() + FUTURE_BYTES;
        boolean whole = limits.refuse() || !mayWait;
        for (int i = 0; i < count; i++) {
            room.requireEverFits(1, staged.bytes(i) + FUTURE_BYTES);
        }
        if (whole) {
            room.requireEverFits(count, bytes);
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        Runnable woken;
        lock.lock();
        try {
            if (whole && !room.fits(count, bytes)) {
                room.requireOpen();
                if (mayWait) {
                    throw full("");
                }
                return null;
            }
            requireAscending(position);
            long from = rows.next();
            woken = append(staged, position);
            completions.add(from, rows.next(), future);
        } finally {
            lock.unlock();
        }
        if (woken != null) {
            woken.run();
        }
        return future;
    }

    /** Appends rows as there is room for them; what is to be run when the lock is free, if anything. */
    private @Nullable Runnable append(StagedRows staged, long position) {
        int count = staged.count();
        long from = rows.next();
        int done = 0;
        Runnable woken = null;
        try {
            while (done < count) {
                int end = done;
                long size = 0;
                do {
                    size += staged.bytes(end) + (end == count - 1 ? FUTURE_BYTES : 0);
                    end++;
                } while (end < count && fitsPiece(end + 1 - done, size + staged.bytes(end) + FUTURE_BYTES));
                if (!room.await(end - done, size, reading)) {
                    throw full(
                            " for " + Objects.requireNonNull(limits.timeout()).toMillis() + " ms");
                }
                if (done > 0 && from < givenUp) {
                    throw ErrorCode.BAD_STATE.error("the query that read " + description
                            + " ended while a list was being pushed; push all of it again when it runs");
                }
                if (end == count) {
                    requireAscending(position); // others may have pushed while this waited
                }
                rows.append(staged, done, end, end == count ? position : IngestOffset.NO_POSITION, size);
                done = end;
                woken = reading.wakeUp();
                if (woken != null && done < count) {
                    woken.run(); // or nobody would make the room that the next piece waits for
                }
            }
        } catch (RivuletException e) {
            throw done == 0 ? e : IngestErrors.partly(e, done, count);
        }
        return woken;
    }

    private boolean fitsPiece(int count, long size) {
        return count <= PIECE_ROWS && room.everFits(count, size);
    }

    private void requireAscending(long position) {
        if (position != IngestOffset.NO_POSITION && position <= rows.reached()) {
            throw IngestErrors.descending(description, position, rows.reached());
        }
    }

    private RivuletException full(String howLong) {
        return IngestErrors.full(description, howLong, rows.count(), rows.bytes(), limits, attached);
    }

    /** Takes no more rows; those that wait for room are refused. What it holds can still be read. */
    public void close() {
        lock.lock();
        try {
            room.close();
        } finally {
            lock.unlock();
        }
    }

    /** Closes it for good: whatever is not committed is given up. */
    public void dispose() {
        List<CompletableFuture<Void>> failed;
        lock.lock();
        try {
            rows.freeThrough(rows.next());
            failed = completions.takeBefore(Long.MAX_VALUE);
            room.close();
        } finally {
            lock.unlock();
        }
        fail(failed, "its engine was closed", null);
    }

    // ------------------------------------------------------------------ asking

    /** The host's position up to which everything is committed; empty when there is none. */
    public OptionalLong committedPosition() {
        return reading.committedPosition();
    }

    /** Rows that are not yet in committed batches. */
    public long pendingRows() {
        lock.lock();
        try {
            return rows.count();
        } finally {
            lock.unlock();
        }
    }

    /** What the rows that are not yet in committed batches count. */
    public long pendingBytes() {
        lock.lock();
        try {
            return rows.bytes();
        } finally {
            lock.unlock();
        }
    }

    /** Rows that were planned into a batch by a process that died before it committed them, and are gone. */
    public long lostRows() {
        return reading.lostRows();
    }

    // ------------------------------------------------------------------ the life of the query that reads

    /** Makes a query the one that reads; {@code BAD_STATE} while there is one. */
    public void attach() {
        lock.lock();
        try {
            if (attached) {
                throw ErrorCode.BAD_STATE.error(description + " is read by a running query already, and one reads it at"
                        + " a time; stop that query, or make a second ingest and push to both");
            }
            attached = true;
        } finally {
            lock.unlock();
        }
    }

    /** The query that was attached did not start: everything is as before. */
    public void detach() {
        lock.lock();
        try {
            attached = false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The query that was attached is over. What it would have read and has not committed is given up: its futures fail.
     * What came after the end of a query that ends by itself waits for the next.
     *
     * @param cause what it failed with, or null
     */
    public void ended(@Nullable Throwable cause) {
        List<CompletableFuture<Void>> failed;
        lock.lock();
        try {
            long end = reading.endSession();
            rows.freeThrough(end);
            givenUp = end;
            failed = completions.takeBegunBefore(end);
            attached = false;
            room.freed();
        } finally {
            lock.unlock();
        }
        fail(failed, cause == null ? "its query was stopped" : "its query failed", cause);
    }

    private void fail(List<CompletableFuture<Void>> failed, String why, @Nullable Throwable cause) {
        if (failed.isEmpty()) {
            return;
        }
        completions.fail(
                failed,
                ErrorCode.BAD_STATE.error(
                        "a record pushed to " + description + " is not known to be committed, because " + why
                                + "; when the query runs again, push what lies behind committedPosition()",
                        cause));
    }

    @Override
    public String toString() {
        return description;
    }
}
