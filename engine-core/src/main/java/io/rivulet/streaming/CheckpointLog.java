package io.rivulet.streaming;

import io.rivulet.state.StateStore;
import io.rivulet.state.StateTable;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of one query: the batches it planned, prepared and committed, with the state store that goes with it. Used by
 * one thread, except for {@link #state}.
 *
 * <p>Call order for batch n: {@link #journal}, {@link #planned}, {@link #prepared}, {@link #committed}. {@code prepared} is the commit
 * point: it returns when the plan, the staged state and the result are durable together.
 */
public interface CheckpointLog extends AutoCloseable {
    /** One table of one partition. */
    record OwnedTable(StateTable table, int partition) {}

    /** Where the query stood when the log was opened. */
    RecoveredLog recovered();

    /** The store of the query's tables; null when nothing is kept. */
    @Nullable
    StateStore state();

    /** Where a source may keep what it must remember; null when nothing is kept on disk. Not created yet. */
    @Nullable
    Path sourceDirectory(String sourceId);

    /**
     * Called once after every table has been loaded and before the first batch: the time to write tables anew when
     * the parallelism or the hash has changed.
     */
    void started(List<OwnedTable> tables);

    /**
     * Logs rows of the next batch, before its plan and durable with it. May be called any number of times.
     *
     * @param rows as a {@link io.rivulet.connector.JournaledSource} gives them
     */
    void journal(long batchId, String sourceId, byte[] rows);

    /** The rows that were logged with the plan in {@link #recovered}, in order; none when there is no such plan. */
    List<byte[]> journaled(String sourceId);

    /**
     * Logs the plan of the next batch.
     *
     * @param durable whether it must be durable on return (because sinks publish before the commit point); otherwise
     *     it becomes durable with {@link #prepared}
     */
    void planned(BatchPlan plan, boolean durable);

    /**
     * The commit point.
     *
     * @param state the staged changes of every table in this batch
     */
    void prepared(BatchResult result, List<StateStore.StagedChanges> state);

    /**
     * The sinks have committed the batch. Becomes durable with the next batch's commit point, or with {@link #idle}.
     *
     * @param tables every table, unchanged since {@code prepared}, whose next rows a snapshot in progress may copy, a
     *     bounded amount
     */
    void committed(long batchId, List<OwnedTable> tables);

    /** There is no next batch for now: makes the last {@link #committed} durable. Cheap when there is nothing to do. */
    void idle();

    /** Bytes written to disk so far by this log and its snapshots, for progress and benchmarks. */
    long bytesWritten();

    /** Gives up the lock. Never throws away what is durable. */
    @Override
    void close();
}
