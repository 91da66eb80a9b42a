package io.rivulet.connector;

import io.rivulet.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An unbounded table that can be read again: given the same two offsets, {@link #splits} and the readers give the same
 * rows in the same order, in this process and in the next, until {@link #commit} says they are no longer needed.
 *
 * <p>Call order: {@link #restore} once at start when a checkpoint holds an offset; then, batch by batch,
 * {@link #latest}, {@link #splits}, {@link #reader} for each split (from any thread), {@link #commit}. All but
 * {@link #reader} and its readers are called by one thread at a time.
 */
public interface Source extends AutoCloseable {
    /** All columns it can deliver. */
    Schema schema();

    /** What it is, for progress and explain, e.g. {@code csv files /data/in}. No secrets. */
    String description();

    /** Where a query without a checkpoint starts; the offset before the first row it is to read. */
    Offset initial();

    /**
     * Checks, at a restart, that it can go on behind an offset: {@code SOURCE_DATA_MISSING} or
     * {@code SOURCE_DATA_CHANGED} when what the log planned cannot be read again.
     *
     * @param committed the end of the last committed batch
     * @param planned the end of the batch that was planned and not committed, or null
     */
    default void restore(Offset committed, @Nullable Offset planned) {}

    /**
     * How far a batch that starts there may go now. Equal to {@code start} when there is nothing new. Everything up to
     * the offset given must be available and durable at the source before it returns, because it is logged next. With
     * {@link ReadLimit#ALL} the limits of the source's own options do not count either.
     */
    Offset latest(Offset start, ReadLimit limit);

    /**
     * From now on {@link #latest} never goes beyond what is available at this moment. Called before the first
     * {@code latest} of a query that ends by itself ({@code availableNow}, {@code once}).
     */
    void stopAtAvailable();

    /**
     * Cuts the rows between two offsets into ordered splits.
     *
     * @param parallelism how many tasks there are; more splits are fine, fewer leave tasks idle
     */
    List<? extends Split> splits(Offset start, Offset end, int parallelism);

    /** Opens a split made by {@link #splits}. Thread-safe. */
    SplitReader reader(Split split, ReadContext context);

    /** Rows up to here are in committed batches and will not be asked for again. */
    default void commit(Offset end) {}

    /**
     * Asks to be told when new data may have come, from any thread, as often as it likes. A source that cannot know
     * may call it at fixed intervals from a thread of its own, and must stop at {@link #close}. Until
     * the first call it need not watch.
     */
    void onNewData(Runnable wake);

    @Override
    void close();
}
