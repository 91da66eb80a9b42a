package io.rivulet;

import io.rivulet.sql.planning.PlanningTarget;
import io.rivulet.streaming.MicroBatchRunner;
import io.rivulet.streaming.QueryProgress;
import io.rivulet.streaming.QueryStatus;
import io.rivulet.streaming.StreamingQueryException;
import io.rivulet.streaming.StreamingQueryListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A query that runs until it is stopped, fails, or (with {@code Trigger.availableNow()}) is done. Thread-safe.
 *
 * <pre>{@code
 * StreamingQuery query = df.writeStream().format("console").start();
 * query.processAllAvailable();
 * System.out.println(query.lastProgress());
 * query.stop();
 * }</pre>
 */
public final class StreamingQuery {
    private final MicroBatchRunner runner;
    private final QueryExplanation explanation;
    private final PlanningTarget target;

    StreamingQuery(MicroBatchRunner runner, QueryExplanation explanation, PlanningTarget target) {
        this.runner = runner;
        this.explanation = explanation;
        this.target = target;
    }

    void start() {
        runner.start();
    }

    /** The query's id: the same after every restart from its checkpoint. */
    public String id() {
        return runner.id();
    }

    /** The id of this run. */
    public String runId() {
        return runner.runId();
    }

    /** The name given with {@code queryName}, or null. */
    public @Nullable String name() {
        return runner.name();
    }

    /** Whether it runs. */
    public boolean isActive() {
        return runner.isActive();
    }

    /** What it is doing now. */
    public QueryStatus status() {
        return runner.status();
    }

    /** What the last batch did, or null before the first. */
    public @Nullable QueryProgress lastProgress() {
        return runner.lastProgress();
    }

    /** What the last batches did, oldest first; option {@code progressHistory} says how many. */
    public List<QueryProgress> recentProgress() {
        return runner.recentProgress();
    }

    /** Has a listener told of every batch of this query, and of its end, from now on. */
    public void addListener(StreamingQueryListener listener) {
        runner.addListener(listener);
    }

    /** Has a listener told no more. */
    public void removeListener(StreamingQueryListener listener) {
        runner.removeListener(listener);
    }

    /**
     * Waits for the end; throws {@link StreamingQueryException} when the query has failed, {@code BAD_STATE} when the
     * query's own thread calls, which {@code foreachBatch} and listeners run in.
     */
    public void awaitTermination() {
        runner.awaitTermination(null);
    }

    /**
     * Waits for the end, for a time at most; throws {@link StreamingQueryException} when the query has failed.
     *
     * @return whether it has ended
     */
    public boolean awaitTermination(Duration timeout) {
        return runner.awaitTermination(timeout);
    }

    /**
     * Waits until everything the sources had when this was called is in the sink; throws
     * {@link StreamingQueryException} when the query fails.
     */
    public void processAllAvailable() {
        runner.processAllAvailable();
    }

    /** Stops the query and waits for its end. A batch in progress is given up and run again by the next start. */
    public void stop() {
        runner.stop();
    }

    /** Why it has failed, if it has. */
    public Optional<StreamingQueryException> exception() {
        return runner.exception();
    }

    /** Bytes written to the checkpoint in this run. */
    public long checkpointBytesWritten() {
        return runner.checkpointBytesWritten();
    }

    /** The plan as it runs. */
    public String explain() {
        return explain("simple");
    }

    /** The plan as it runs, see {@link DataFrame#explain(String)}. */
    public String explain(String what) {
        return explanation.text(what, target);
    }
}
