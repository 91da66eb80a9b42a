package io.rivulet.connector.builtin;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.builtin.IngestCompletions.Waiting;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.memory.MemoryPool;
import io.rivulet.record.RecordCodec;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows that the host pushes, from {@link #add} until the batch they are in is committed. Any number of threads push, one
 * query at a time reads ({@link #attach}, {@link #ended}). The lock is held to append rows that are already taken apart,
 * and to note which chunks a batch reads; never while rows are read or futures completed.
 *
 * <p>Its capacity is reserved in the memory pool when it is made. Rows count until their batch is committed, so memory
 * stays flat however fast the host pushes.
 */
public final class IngestBuffer {
    private static final Logger LOG = LoggerFactory.getLogger(IngestBuffer.class);
    private static final int PIECE_ROWS = 256;
    private static final int LEAST_SPLIT_ROWS = 1024;
    /** What a future and its place in the queue take. */
    private static final long FUTURE_BYTES = 64;

    private final String name;
    private final IngestLimits limits;
    private final MemoryPool memory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();

    // guarded by lock
    private final IngestRows rows;
    private final IngestCompletions completions = new IngestCompletions();
    private final IngestNumbering numbering = new IngestNumbering();
    private long ceiling = Long.MAX_VALUE;
    private boolean attached;
    private boolean closed;
    private boolean asleep;
    private Runnable wake = () -> {};
    private long lost;
    private long givenUp;

    private volatile @Nullable Thread completing;

    /**
     * An empty buffer.
     *
     * @param name for messages
     * @param codec of the records whose values are pushed
     * @param memory where the capacity is reserved, {@code MEMORY_LIMIT} when there is none; closed by {@link #dispose}
     */
    public IngestBuffer(String name, RecordCodec<?> codec, IngestLimits limits, MemoryPool memory) {
        this.name = name;
        this.limits = limits;
        this.memory = memory;
        this.rows = new IngestRows(codec);
        memory.reserve(limits.bytes());
    }

    /** The columns. */
    public Schema schema() {
        return rows.schema();
    }

    /** What it is, for plans, progress and messages. */
    public String description() {
        return "ingest " + name;
    }

    /**
     * A source for one opening of the query that is attached.
     *
     * @param journaled whether it is a {@link io.rivulet.connector.JournaledSource}
     */
    public Source open(boolean journaled) {
        return journaled ? new JournaledIngestSource(this) : new IngestSource(this);
    }

    // ------------------------------------------------------------------ what the host calls

    /**
     * Appends records in order, waiting for room where the limits say so. Records that wait go in by pieces, so other
     * pushers' records may come between; records that are not to wait go in together or not at all.
     *
     * @param records their values, as {@link RecordCodec#values} gives them; at least one
     * @param position of the host, reached with the last of them; -1 when it gives none
     * @param mayWait false to give null instead of waiting or refusing
     * @return completed when all of them are in committed batches, exceptionally when they will not be; null when there
     *     was no room and {@code mayWait} is false
     * @throws RivuletException BUFFER_FULL when there is no room (in time), BAD_ARGUMENT for a position that does not
     *     ascend or records that never fit, BAD_STATE when closed, INTERRUPTED, TYPE_MISMATCH naming a value
     */
    public @Nullable CompletableFuture<Void> add(
            List<? extends List<? extends @Nullable Object>> records, long position, boolean mayWait) {
        long[] bytes = new long[records.size()];
        long total = FUTURE_BYTES;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = RowBytes.of(records.get(i)) + Long.BYTES;
            total += bytes[i];
            requireFits(1, bytes[i] + FUTURE_BYTES);
        }
        boolean whole = limits.refuse() || !mayWait;
        if (whole) {
            requireFits(bytes.length, total);
        }
        CompletableFuture<Void> future = new CompletableFuture<>();
        Runnable woken = null;
        lock.lock();
        try {
            if (whole && !hasRoom(bytes.length, total)) {
                requireOpen();
                if (mayWait) {
                    throw full("");
                }
                return null;
            }
            requireAscending(position);
            long from = rows.next();
            int done = 0;
            try {
                while (done < bytes.length) {
                    int end = done;
                    long size = 0;
                    do {
                        size += bytes[end] + (end == bytes.length - 1 ? FUTURE_BYTES : 0);
                        end++;
                    } while (end < bytes.length && fitsPiece(end + 1 - done, size + bytes[end] + FUTURE_BYTES));
                    awaitRoom(end - done, size);
                    if (done > 0 && from < givenUp) {
                        throw ErrorCode.BAD_STATE.error("the query that read " + description()
                                + " ended while a list was being pushed; push all of it again when it runs");
                    }
                    if (end == bytes.length) {
                        requireAscending(position); // others may have pushed while this waited
                    }
                    rows.append(records, done, end, end == bytes.length ? position : IngestOffset.NO_POSITION, size);
                    done = end;
                    woken = wakeUp();
                    if (woken != null && done < bytes.length) {
                        woken.run(); // or nobody would make the room that the next piece waits for
                    }
                }
            } catch (RivuletException e) {
                throw done == 0 ? e : IngestErrors.partly(e, done, bytes.length);
            }
            completions.add(from, rows.next(), future);
        } finally {
            lock.unlock();
        }
        if (woken != null) {
            woken.run();
        }
        return future;
    }

    private boolean fitsPiece(int count, long size) {
        return count <= PIECE_ROWS && count <= limits.rows() && size <= limits.bytes();
    }

    private void requireFits(int count, long size) {
        if (count > limits.rows() || size > limits.bytes()) {
            throw IngestErrors.tooLarge(description(), count, size, limits);
        }
    }

    private void requireAscending(long position) {
        if (position != IngestOffset.NO_POSITION && position <= rows.reached()) {
            throw IngestErrors.descending(description(), position, rows.reached());
        }
    }

    private boolean hasRoom(int count, long size) {
        return rows.count() + count <= limits.rows() && rows.bytes() + size <= limits.bytes();
    }

    private void awaitRoom(int count, long size) {
        requireOpen();
        long nanos = limits.timeout() == null ? 0 : limits.timeout().toNanos();
        while (!hasRoom(count, size)) {
            if (completing == Thread.currentThread()) {
                throw ErrorCode.BAD_STATE.error(description() + " is full, and the thread that pushes is the one that"
                        + " makes room: a future's callback must not wait for the query it runs in; use thenRunAsync");
            }
            try {
                if (limits.timeout() == null) {
                    room.await();
                } else if (nanos <= 0) {
                    throw full(" for " + limits.timeout().toMillis() + " ms");
                } else {
                    nanos = room.awaitNanos(nanos);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ErrorCode.INTERRUPTED.error("interrupted while waiting for room in " + description(), e);
            }
            requireOpen();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw ErrorCode.BAD_STATE.error(description() + " is closed and takes no more records");
        }
    }

    private RivuletException full(String howLong) {
        return IngestErrors.full(description(), howLong, rows.count(), rows.bytes(), limits, attached);
    }

    private @Nullable Runnable wakeUp() {
        if (!asleep) {
            return null;
        }
        asleep = false;
        return wake;
    }

    /** Takes no more rows; those that wait for room are refused. What it holds can still be read. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
            releaseWhenDone();
        } finally {
            lock.unlock();
        }
    }

    /** Closes it for good: whatever is not committed is given up. */
    public void dispose() {
        close();
        List<Waiting> failed;
        lock.lock();
        try {
            rows.freeThrough(rows.next());
            failed = completions.takeBefore(Long.MAX_VALUE);
            releaseWhenDone();
        } finally {
            lock.unlock();
        }
        fail(failed, "its engine was closed", null);
    }

    private void releaseWhenDone() {
        if (closed && rows.count() == 0) {
            memory.close();
        }
    }

    /** The host's position up to which everything is committed; empty when there is none. */
    public OptionalLong committedPosition() {
        lock.lock();
        try {
            if (!numbering.known()) {
                throw ErrorCode.BAD_STATE.error("the committed position of " + description()
                        + " is not known before a query reads it, because it is in the query's checkpoint; start the"
                        + " query first");
            }
            long position = numbering.committedPosition();
            return position == IngestOffset.NO_POSITION ? OptionalLong.empty() : OptionalLong.of(position);
        } finally {
            lock.unlock();
        }
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
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    // ------------------------------------------------------------------ the life of the query that reads

    /** Makes a query the one that reads; {@code BAD_STATE} while there is one. */
    public void attach() {
        lock.lock();
        try {
            if (attached) {
                throw ErrorCode.BAD_STATE.error(
                        description() + " is read by a running query already, and one reads it at"
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
        List<Waiting> failed;
        lock.lock();
        try {
            long end = Math.max(rows.first(), Math.min(ceiling, rows.next()));
            rows.freeThrough(end);
            givenUp = end;
            failed = completions.takeBegunBefore(end);
            numbering.newSession();
            ceiling = Long.MAX_VALUE;
            attached = false;
            asleep = false;
            room.signalAll();
            releaseWhenDone();
        } finally {
            lock.unlock();
        }
        fail(failed, cause == null ? "its query was stopped" : "its query failed", cause);
    }

    private void fail(List<Waiting> failed, String why, @Nullable Throwable cause) {
        if (failed.isEmpty()) {
            return;
        }
        RivuletException failure = ErrorCode.BAD_STATE.error(
                "a record pushed to " + description() + " is not known to be committed, because " + why
                        + "; when the query runs again, push what lies behind committedPosition()",
                cause);
        completing = Thread.currentThread();
        try {
            failed.forEach(waiting -> waiting.future().completeExceptionally(failure));
        } finally {
            completing = null;
        }
    }

    // ------------------------------------------------------------------ what the source calls

    Offset begin() {
        restore(new IngestOffset(0, IngestOffset.NO_POSITION, ""));
        lock.lock();
        try {
            return numbering.offset(rows.first(), IngestOffset.NO_POSITION);
        } finally {
            lock.unlock();
        }
    }

    /** Counts rows on from a checkpoint. */
    void restore(IngestOffset committed) {
        lock.lock();
        try {
            numbering.restore(committed, rows.first());
            requireBehind(committed.position(), numbering.number(committed));
            rows.reached(committed.position());
        } finally {
            lock.unlock();
        }
    }

    /** Puts the rows of a planned range, which an earlier process took, before all others. */
    void takeBack(IngestOffset start, IngestOffset planned, List<ColumnBatch> batches) {
        long count = batches.stream().mapToLong(ColumnBatch::size).sum();
        if (count != planned.rows() - start.rows()) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error("the checkpoint holds " + count + " rows of " + description()
                    + " where the planned batch has " + (planned.rows() - start.rows())
                    + "; restore the checkpoint from a copy, or start with a new checkpoint directory");
        }
        lock.lock();
        try {
            requireBehind(planned.position(), rows.first());
            rows.putBefore(batches, start.position());
            rows.reached(planned.position());
            numbering.takeBack(start, planned, rows.first());
            LOG.info("{}: {} rows of the batch to be run again are taken from the journal", description(), count);
        } finally {
            lock.unlock();
        }
    }

    private void requireBehind(long position, long from) {
        long pushed = rows.firstPosition(from);
        if (position != IngestOffset.NO_POSITION && pushed != IngestOffset.NO_POSITION && pushed <= position) {
            throw ErrorCode.BAD_STATE.error("position " + pushed + " was pushed to " + description()
                    + " before its query was started, but the checkpoint holds everything up to position " + position
                    + "; start the query first, then push what lies behind committedPosition()");
        }
    }

    boolean holds(IngestOffset planned) {
        lock.lock();
        try {
            return numbering.isOfSession(planned) && numbering.number(planned) <= rows.next();
        } finally {
            lock.unlock();
        }
    }

    Offset lost(Offset start, IngestOffset from, IngestOffset planned) {
        long count = planned.rows() - from.rows();
        lock.lock();
        try {
            lost += count;
        } finally {
            lock.unlock();
        }
        if (count > 0) {
            LOG.warn(
                    "{}: {} rows that were in a batch when the last process ended are lost{}; journal=true keeps them",
                    description(),
                    count,
                    from.position() == IngestOffset.NO_POSITION
                            ? ""
                            : ", unless the host pushes again what lies behind position " + from.position());
        }
        return start;
    }

    Offset latest(Offset start, ReadLimit limit) {
        IngestOffset from = IngestOffset.of(start);
        lock.lock();
        try {
            rows.seal();
            long first = numbering.number(from);
            long end = Math.min(ceiling, rows.next());
            if (end <= first) {
                asleep = true;
                return start;
            }
            end = Math.min(end, first + Math.min(Long.MAX_VALUE >> 1, limit.maxRows()));
            end = rows.bounded(first, end, limit.maxBytes());
            long position = Math.max(from.position(), rows.reachedBefore(end));
            return numbering.offset(end, position);
        } finally {
            lock.unlock();
        }
    }

    void stopAtAvailable() {
        lock.lock();
        try {
            ceiling = rows.next();
        } finally {
            lock.unlock();
        }
    }

    List<IngestReader.Range> splits(IngestOffset start, IngestOffset end, int parallelism) {
        lock.lock();
        try {
            long from = numbering.number(start);
            long count = numbering.number(end) - from;
            int parts = (int) Math.max(1, Math.min(parallelism, count / LEAST_SPLIT_ROWS));
            List<IngestReader.Range> splits = new ArrayList<>();
            for (int i = 0; i < parts; i++) {
                splits.add(new IngestReader.Range(from + count * i / parts, from + count * (i + 1) / parts));
            }
            return splits;
        } finally {
            lock.unlock();
        }
    }

    List<IngestChunk> chunks(long from, long to) {
        lock.lock();
        try {
            return rows.between(from, to);
        } finally {
            lock.unlock();
        }
    }

    /** The rows between two offsets, a chunk or a part of one at a time. */
    List<ColumnBatch> rows(IngestOffset start, IngestOffset end) {
        long from;
        long to;
        lock.lock();
        try {
            from = numbering.number(start);
            to = numbering.number(end);
        } finally {
            lock.unlock();
        }
        return chunks(from, to).stream().map(chunk -> chunk.part(from, to)).toList();
    }

    void onNewData(Runnable newWake) {
        lock.lock();
        try {
            wake = newWake;
        } finally {
            lock.unlock();
        }
    }

    void commit(IngestOffset end) {
        List<Waiting> done;
        lock.lock();
        try {
            long number = numbering.number(end);
            numbering.committed(end.position());
            if (number <= rows.first()) {
                return;
            }
            rows.freeThrough(number);
            done = completions.takeBefore(number);
            room.signalAll();
            releaseWhenDone();
        } finally {
            lock.unlock();
        }
        completing = Thread.currentThread();
        try {
            done.forEach(waiting -> waiting.future().complete(null));
        } finally {
            completing = null;
        }
    }

    @Override
    public String toString() {
        return description();
    }
}
