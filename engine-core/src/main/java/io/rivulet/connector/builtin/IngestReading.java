package io.rivulet.connector.builtin;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadLimit;
import io.rivulet.error.ErrorCode;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The side of an ingest that its query reads: which rows the offsets of the checkpoint stand for, what a batch takes of
 * them, what a commit lets go, and what a journal, or its absence, means at a restart. The lock is the whole ingest's,
 * held to note which chunks a batch reads; never while rows are read or futures completed.
 */
final class IngestReading {
    private static final Logger LOG = LoggerFactory.getLogger(IngestReading.class);
    private static final int LEAST_SPLIT_ROWS = 1024;

    private final String ingest;
    private final ReentrantLock lock;

    // guarded by lock
    private final IngestRows rows;
    private final IngestRoom room;
    private final IngestCompletions completions;
    private final IngestNumbering numbering = new IngestNumbering();
    private long ceiling = Long.MAX_VALUE;
    private boolean asleep;
    private Runnable wake = () -> {};
    private long lost;
    private @Nullable Thread reader;

    IngestReading(String ingest, ReentrantLock lock, IngestRows rows, IngestRoom room, IngestCompletions completions) {
        this.ingest = ingest;
        this.lock = lock;
        this.rows = rows;
        this.room = room;
        this.completions = completions;
    }

    Schema schema() {
        return rows.schema();
    }

    String description() {
        return ingest;
    }

    // ------------------------------------------------------------------ for the pushing side, which holds the lock

    /** Whether a thread is the one that makes room, by running the query or by completing futures. */
    boolean makesRoom(Thread thread) {
        return reader == thread || completions.isBy(thread);
    }

    /** What wakes a query that has found nothing; null when it is awake. */
    @Nullable
    Runnable wakeUp() {
        if (!asleep) {
            return null;
        }
        asleep = false;
        return wake;
    }

    /** The query is over: the number behind what it would have read. Rows that come are those of another session. */
    long endSession() {
        long end = Math.max(rows.first(), Math.min(ceiling, rows.next()));
        numbering.newSession();
        ceiling = Long.MAX_VALUE;
        asleep = false;
        reader = null;
        return end;
    }

    // ------------------------------------------------------------------ what the host asks

    OptionalLong committedPosition() {
        lock.lock();
        try {
            if (!numbering.known()) {
                throw ErrorCode.BAD_STATE.error("the committed position of " + ingest
                        + " is not known before a query reads it, because it is in the query's checkpoint; start the"
                        + " query first");
            }
            long position = numbering.committedPosition();
            return position == IngestOffset.NO_POSITION ? OptionalLong.empty() : OptionalLong.of(position);
        } finally {
            lock.unlock();
        }
    }

    long lostRows() {
        lock.lock();
        try {
            return lost;
        } finally {
            lock.unlock();
        }
    }

    // ------------------------------------------------------------------ a start

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
            throw ErrorCode.CHECKPOINT_CORRUPT.error("the checkpoint holds " + count + " rows of " + ingest
                    + " where the planned batch has " + (planned.rows() - start.rows())
                    + "; restore the checkpoint from a copy, or start with a new checkpoint directory");
        }
        lock.lock();
        try {
            requireBehind(planned.position(), rows.first());
            rows.putBefore(batches, start.position());
            rows.reached(planned.position());
            numbering.takeBack(start, planned, rows.first());
            LOG.info("{}: {} rows of the batch to be run again are taken from the journal", ingest, count);
        } finally {
            lock.unlock();
        }
    }

    private void requireBehind(long position, long from) {
        long pushed = rows.firstPosition(from);
        if (position != IngestOffset.NO_POSITION && pushed != IngestOffset.NO_POSITION && pushed <= position) {
            throw ErrorCode.BAD_STATE.error("position " + pushed + " was pushed to " + ingest
                    + " before its query was started, but the checkpoint holds everything up to position " + position
                    + "; start the query first, then push what lies behind committedPosition()");
        }
    }

    /** Whether the rows of a planned batch are here. */
    boolean holds(IngestOffset planned) {
        lock.lock();
        try {
            return numbering.isOfSession(planned) && numbering.number(planned) <= rows.next();
        } finally {
            lock.unlock();
        }
    }

    /** Counts and tells that the rows of a planned batch are gone. */
    void lose(IngestOffset start, IngestOffset planned) {
        long count = planned.rows() - start.rows();
        lock.lock();
        try {
            lost += count;
        } finally {
            lock.unlock();
        }
        if (count > 0) {
            LOG.warn(
                    "{}: {} rows that were in a batch when the last process ended are lost{}; journal=true keeps them",
                    ingest,
                    count,
                    start.position() == IngestOffset.NO_POSITION
                            ? ""
                            : ", unless the host pushes again what lies behind position " + start.position());
        }
    }

    // ------------------------------------------------------------------ a batch

    Offset latest(Offset start, ReadLimit limit) {
        IngestOffset from = IngestOffset.of(start);
        lock.lock();
        try {
            reader = Thread.currentThread();
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
        IngestReader.Range range = range(start, end);
        long from = range.from();
        long count = range.to() - from;
        int parts = (int) Math.max(1, Math.min(parallelism, count / LEAST_SPLIT_ROWS));
        List<IngestReader.Range> splits = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            splits.add(new IngestReader.Range(from + count * i / parts, from + count * (i + 1) / parts));
        }
        return splits;
    }

    private IngestReader.Range range(IngestOffset start, IngestOffset end) {
        lock.lock();
        try {
            return new IngestReader.Range(numbering.number(start), numbering.number(end));
        } finally {
            lock.unlock();
        }
    }

    /** The chunks that hold rows of a range, to be read without the lock. */
    List<IngestChunk> chunks(IngestReader.Range range) {
        lock.lock();
        try {
            return rows.between(range.from(), range.to());
        } finally {
            lock.unlock();
        }
    }

    /** The rows between two offsets, a chunk or a part of one at a time. */
    List<ColumnBatch> rows(IngestOffset start, IngestOffset end) {
        IngestReader.Range range = range(start, end);
        return chunks(range).stream()
                .map(chunk -> chunk.part(range.from(), range.to()))
                .toList();
    }

    void onNewData(Runnable newWake) {
        lock.lock();
        try {
            wake = newWake;
        } finally {
            lock.unlock();
        }
    }

    /** Everything before an offset is committed: its rows make room, its futures are completed. */
    void commit(IngestOffset end) {
        List<CompletableFuture<Void>> done;
        lock.lock();
        try {
            long number = numbering.number(end);
            numbering.committed(end.position());
            if (number <= rows.first()) {
                return;
            }
            rows.freeThrough(number);
            done = completions.takeBefore(number);
            room.freed();
        } finally {
            lock.unlock();
        }
        completions.complete(done);
    }
}
