package io.rivulet;

import io.rivulet.connector.builtin.IngestBuffer;
import io.rivulet.error.ErrorCode;
import io.rivulet.record.RecordCodec;
import io.rivulet.type.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * Records that the program itself pushes, as an unbounded table with a column per component. Any number of threads push;
 * one query at a time reads. See docs/concepts/ingest.md for what is promised.
 *
 * <pre>{@code
 * record Trade(Instant time, String symbol, double price) {}
 *
 * Ingest<Trade> trades = engine.ingest("trades", Trade.class);
 * StreamingQuery query = trades.frame().withWatermark("time", "10 seconds") … .start();
 * long next = trades.committedPosition().orElse(-1) + 1; // after a restart: what to push first
 * trades.push(new Trade(now, "ACME", 12.5), next).join(); // returns when the trade's batch is committed
 * }</pre>
 *
 * <p><b>Futures</b> complete when the batch that holds the record is committed by the sink, in the order of the records.
 * They fail, with {@code BAD_STATE}, when the query that would have read the record stops or fails, or the engine
 * closes: the record may or may not be in the result then, and the host goes on behind {@link #committedPosition}. They
 * are completed by the query's thread right after the commit; what is attached to them without an executor runs there
 * and holds the next batch up, so anything slow belongs into {@code thenRunAsync}.
 *
 * <p><b>Positions</b> are the host's own: offsets of its input, sequence numbers. They are part of the batch, so the
 * checkpoint knows them, and after a restart {@link #committedPosition} says what need not be pushed again.
 *
 * <p><b>Back-pressure.</b> Records count, by number and bytes, until they are committed. When there is no room a push
 * waits or is refused, as {@link IngestOptions} say; {@link #tryPush} never waits.
 *
 * @param <T> the class of the records; see {@link RecordCodec} for the types its components may have
 */
public final class Ingest<T extends Record> implements AutoCloseable {
    private static final long NO_POSITION = -1;

    private final String name;
    private final IngestBuffer<T> buffer;
    private final DataFrame rows;
    private final DataFrame frame;
    private final Runnable closed;

    /** @param closed told when the name is free again */
    Ingest(Session session, String name, IngestBuffer<T> buffer, IngestOptions options, Runnable closed) {
        this.name = name;
        this.buffer = buffer;
        this.closed = closed;
        this.rows = session.frame(new IngestRelation(buffer, options.journal()));
        String eventTime = options.eventTime();
        this.frame = eventTime == null ? rows : rows.withWatermark(eventTime, options.watermarkDelay());
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The columns: one per component, in their order. */
    public Schema schema() {
        return buffer.schema();
    }

    /** The records as an unbounded table; with a watermark when the option {@code eventTime} is set. */
    public DataFrame frame() {
        return frame;
    }

    /** The records as an unbounded table without a watermark. */
    public DataFrame toDF() {
        return rows;
    }

    // ---- pushing

    /**
     * Pushes a record; waits for room, or is refused, when there is none.
     *
     * @return completes when the record's batch is committed, see the class
     * @throws io.rivulet.error.RivuletException BUFFER_FULL when it is refused, BAD_STATE when the ingest is closed,
     *     INTERRUPTED, TYPE_MISMATCH for a value that its column cannot hold, BAD_ARGUMENT for a record that never fits
     */
    public CompletableFuture<Void> push(T instance) {
        return Objects.requireNonNull(buffer.add(known(instance), NO_POSITION, true));
    }

    /**
     * As {@link #push(Record)}, with the position of the host that is reached with the record.
     *
     * @param position not negative and greater than every one before, those in the checkpoint included; {@code
     *     BAD_ARGUMENT} otherwise. So threads that give positions must agree on their order
     */
    public CompletableFuture<Void> push(T instance, long position) {
        requirePosition(position);
        return Objects.requireNonNull(buffer.add(known(instance), position, true));
    }

    /**
     * Pushes records in order. When it waits for room, they go in by pieces, between which other threads' records may
     * come; when full ingests refuse, all go in or none.
     *
     * @return completes when all of them are in committed batches; at once for an empty list
     */
    public CompletableFuture<Void> pushAll(List<? extends T> records) {
        return records.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : Objects.requireNonNull(buffer.addAll(known(records), NO_POSITION, true));
    }

    /** As {@link #pushAll(List)}, with the position that is reached with the last record of the list, which has one. */
    public CompletableFuture<Void> pushAll(List<? extends T> records, long position) {
        requirePosition(position);
        if (records.isEmpty()) {
            throw ErrorCode.BAD_ARGUMENT.error("a list of no records was pushed to ingest " + name + " with position "
                    + position + "; a position belongs to a record");
        }
        return Objects.requireNonNull(buffer.addAll(known(records), position, true));
    }

    /** As {@link #push(Record)}, but empty, whatever the options, where that would wait or be refused for want of room. */
    public Optional<CompletableFuture<Void>> tryPush(T instance) {
        return Optional.ofNullable(buffer.add(known(instance), NO_POSITION, false));
    }

    /** As {@link #push(Record, long)}, but empty where that would wait or be refused for want of room. */
    public Optional<CompletableFuture<Void>> tryPush(T instance, long position) {
        requirePosition(position);
        return Optional.ofNullable(buffer.add(known(instance), position, false));
    }

    private T known(T instance) {
        if (instance == null) {
            throw ErrorCode.BAD_ARGUMENT.error("null was pushed to ingest " + name + ", which takes records");
        }
        return instance;
    }

    private List<? extends T> known(List<? extends T> records) {
        for (T instance : records) {
            known(instance);
        }
        return records;
    }

    private void requirePosition(long position) {
        if (position < 0) {
            throw ErrorCode.BAD_ARGUMENT.error(
                    "the position " + position + " was pushed to ingest " + name + "; positions begin at 0");
        }
    }

    // ---- asking

    /**
     * The greatest position up to which everything is in committed batches, or, after a restart with a journal, is in a
     * batch that will be run again: what need not be pushed again. Empty when there is none yet.
     *
     * @throws io.rivulet.error.RivuletException BAD_STATE before a query has been started on it, because the position is
     *     in the query's checkpoint
     */
    public OptionalLong committedPosition() {
        return buffer.committedPosition();
    }

    /** Records that are not yet in committed batches. */
    public long pendingRecords() {
        return buffer.pendingRows();
    }

    /** About how many bytes these take. */
    public long pendingBytes() {
        return buffer.pendingBytes();
    }

    /**
     * Records that were in a batch when an earlier process died, and are gone unless the host pushes them again; counted
     * when the query is started, and always 0 with a journal. What had not come into a batch nobody knows of.
     */
    public long lostRecords() {
        return buffer.lostRows();
    }

    /**
     * Takes no more records: pushes, those that wait for room too, fail with {@code BAD_STATE}. Records that are in it
     * are still read, and their futures completed. The name is free again.
     */
    @Override
    public void close() {
        buffer.close();
        closed.run();
    }

    void dispose() {
        buffer.dispose();
    }

    @Override
    public String toString() {
        return "Ingest[" + name + ": " + schema().ddl() + "]";
    }
}
