package io.rivulet.streaming;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.execution.EngineServices;
import io.rivulet.streaming.StreamingQueryListener.QueryStartedEvent;
import io.rivulet.streaming.StreamingQueryListener.QueryTerminatedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs a streaming query: waits for its trigger and its sources, plans a batch, runs it, commits it, reports it. Has a
 * thread of its own between {@link #start} and the end, which does what {@link BatchLoop} says. All public methods are
 * thread-safe.
 */
public final class MicroBatchRunner {
    private static final Logger LOG = LoggerFactory.getLogger(MicroBatchRunner.class);

    private final QueryDefinition definition;
    private final EngineServices services;
    private final String runId = UUID.randomUUID().toString();
    private final Listeners listeners = new Listeners();
    private final QueryLife life;
    private final BatchLoop loop;
    private volatile @Nullable Thread thread;

    /** A query that has not started yet. */
    public MicroBatchRunner(QueryDefinition definition, EngineServices services) {
        this.definition = definition;
        this.services = services;
        this.life = new QueryLife(services.clock(), definition.options().progressHistory());
        this.loop = new BatchLoop(definition, services, life, listeners, runId);
    }

    // ------------------------------------------------------------------ what people ask

    /** The query's id: the same after every restart from its checkpoint. Empty before {@link #start}. */
    public String id() {
        return loop.id();
    }

    /** The id of this run. */
    public String runId() {
        return runId;
    }

    /** The user's name for the query, or null. */
    public @Nullable String name() {
        return definition.name();
    }

    /** Whether it has started and not ended. */
    public boolean isActive() {
        return life.isActive();
    }

    /** What it is doing now. */
    public QueryStatus status() {
        return life.status();
    }

    /** The progress of the last batch of this run, or null before the first. */
    public @Nullable QueryProgress lastProgress() {
        return life.lastProgress();
    }

    /** The progress of the last batches of this run, oldest first. */
    public List<QueryProgress> recentProgress() {
        return life.recentProgress();
    }

    /** Why it has failed, if it has. */
    public Optional<StreamingQueryException> exception() {
        return Optional.ofNullable(life.failure());
    }

    /** Bytes written to its checkpoint in this run so far. */
    public long checkpointBytesWritten() {
        return loop.bytesWritten();
    }

    /** Has the listener told of what the query does from now on. */
    public void addListener(StreamingQueryListener listener) {
        listeners.add(listener);
    }

    /** Has the listener told no more. */
    public void removeListener(StreamingQueryListener listener) {
        listeners.remove(listener);
    }

    // ------------------------------------------------------------------ life

    /**
     * Opens the checkpoint, recovers, and starts the thread. What stands in the way (a lock, a changed query, a
     * missing path) is thrown here.
     */
    public void start() {
        life.become(QueryState.STARTING, "Starting");
        try {
            loop.open();
        } catch (RuntimeException | Error e) {
            loop.close();
            life.become(QueryState.FAILED, "Failed to start");
            life.release();
            throw e;
        }
        LOG.info("query {} ({}) started, run {}", definition.name(), id(), runId);
        String now = ProgressReport.instant(services.clock().wallMicros());
        listeners.onQueryStarted(new QueryStartedEvent(id(), runId, definition.name(), now));
        Thread started = new Thread(this::run, "rivulet-query-" + label());
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private String label() {
        String name = definition.name();
        return name == null ? id() : name;
    }

    /**
     * Stops the query, in the middle of a batch if one is running, which the next start runs again. Returns when its
     * thread has ended, or at once when that thread itself calls.
     */
    public void stop() {
        life.stop();
        loop.cancel();
        Thread running = thread;
        if (running != null && running != Thread.currentThread()) {
            life.awaitEnd(null);
        }
    }

    /**
     * Waits for the end of the query.
     *
     * @param timeout null to wait for ever
     * @return whether it has ended
     * @throws StreamingQueryException when it has failed
     * @throws io.rivulet.error.RivuletException BAD_STATE when the query's own thread calls
     */
    public boolean awaitTermination(@Nullable Duration timeout) {
        boolean over = isOver("its end") || life.awaitEnd(timeout);
        throwFailure();
        return over;
    }

    /**
     * Waits until everything the sources had when it was called is committed, or the query has ended.
     *
     * @throws StreamingQueryException when it has failed
     * @throws io.rivulet.error.RivuletException BAD_STATE when the query's own thread calls
     */
    public void processAllAvailable() {
        if (!isOver("all available rows")) {
            life.awaitIdle();
        }
        throwFailure();
    }

    /** Whether the query's own thread calls, and has ended the query: it cannot wait for itself. */
    private boolean isOver(String what) {
        boolean own = Thread.currentThread() == thread;
        if (own && life.isActive()) {
            throw ErrorCode.BAD_STATE.error("the thread of the query " + label() + " was to wait for " + what
                    + " and would wait for itself; wait in another thread than foreachBatch, listeners and callbacks of"
                    + " ingest futures run in");
        }
        return own;
    }

    private void throwFailure() {
        StreamingQueryException failed = life.failure();
        if (failed != null) {
            throw failed;
        }
    }

    // ------------------------------------------------------------------ the query's thread

    private void run() {
        Throwable failed = null;
        MDC.put("query", label());
        try {
            life.running();
            loop.run();
        } catch (Throwable e) { // whatever it is, the query ends by it and says so
            failed = life.stopping() && interrupted(e) ? null : e;
        }
        try {
            if (failed == null) {
                loop.settle();
            }
        } catch (RuntimeException e) {
            failed = e;
        }
        loop.close();
        end(failed);
        MDC.remove("query");
        MDC.remove("batch");
    }

    private static boolean interrupted(Throwable e) {
        return e instanceof RivuletException r && r.code() == ErrorCode.INTERRUPTED;
    }

    private void end(@Nullable Throwable failed) {
        StreamingQueryException failure =
                failed == null ? null : StreamingQueryException.of(failed, id(), definition.name(), loop.running());
        life.end(failure);
        if (failed != null) {
            LOG.error("query {} ({}) failed", definition.name(), id(), failed);
        } else {
            LOG.info("query {} ({}) ended", definition.name(), id());
        }
        listeners.onQueryTerminated(new QueryTerminatedEvent(id(), runId, definition.name(), failure));
        life.release();
    }
}
