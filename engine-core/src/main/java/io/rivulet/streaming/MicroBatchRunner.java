package io.rivulet.streaming;

import io.rivulet.connector.Source;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.execution.EngineServices;
import io.rivulet.execution.GraphResult;
import io.rivulet.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs a streaming query: waits for its trigger and its sources, plans a batch, runs it, commits it, reports it. Has a
 * thread of its own between {@link #start} and the end. All public methods are thread-safe.
 *
 * <p>A batch that fails for a passing reason is tried again, if the query may, by closing everything and recovering
 * from the checkpoint, which is the one way back to the state before the batch.
 */
public final class MicroBatchRunner {
    private static final Logger LOG = LoggerFactory.getLogger(MicroBatchRunner.class);

    private final QueryDefinition definition;
    private final EngineServices services;
    private final String runId = UUID.randomUUID().toString();
    private final List<QueryListener> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Object lock = new Object();

    // guarded by lock
    private final Deque<QueryProgress> history = new ArrayDeque<>();
    private QueryState state = QueryState.CREATED;
    private boolean woken;
    private boolean dataAvailable;
    private boolean triggerActive;
    private String message = "Created";
    private long passes;
    private long idlePass;
    private @Nullable StreamingQueryException failure;
    private @Nullable Thread thread;

    private volatile @Nullable OpenQuery open;
    private volatile String id = "";
    private @Nullable ProgressReport report;
    private @Nullable BatchPlan running;

    /** A query that has not started yet. */
    public MicroBatchRunner(QueryDefinition definition, EngineServices services) {
        this.definition = definition;
        this.services = services;
    }

    // ------------------------------------------------------------------ what people ask

    /** The query's id: the same after every restart from its checkpoint. Empty before {@link #start}. */
    public String id() {
        return id;
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
        synchronized (lock) {
            return state != QueryState.CREATED && !state.ended();
        }
    }

    /** What it is doing now. */
    public QueryStatus status() {
        synchronized (lock) {
            return new QueryStatus(message, dataAvailable, triggerActive);
        }
    }

    /** The progress of the last batch of this run, or null before the first. */
    public @Nullable QueryProgress lastProgress() {
        synchronized (lock) {
            return history.peekLast();
        }
    }

    /** The progress of the last batches of this run, oldest first. */
    public List<QueryProgress> recentProgress() {
        synchronized (lock) {
            return List.copyOf(history);
        }
    }

    /** Why it has failed, if it has. */
    public Optional<StreamingQueryException> exception() {
        synchronized (lock) {
            return Optional.ofNullable(failure);
        }
    }

    /** Bytes written to its checkpoint in this run so far. */
    public long checkpointBytesWritten() {
        OpenQuery query = open;
        return query == null ? 0 : query.bytesWritten();
    }

    /** Has the listener told of every batch from now on. */
    public void addListener(QueryListener listener) {
        listeners.add(listener);
    }

    // ------------------------------------------------------------------ life

    /**
     * Opens the checkpoint, recovers, and starts the thread. What stands in the way (a lock, a changed query, a
     * missing path) is thrown here.
     */
    public void start() {
        become(QueryState.STARTING, "Starting");
        try {
            openQuery();
        } catch (RuntimeException | Error e) {
            OpenQuery opened = open;
            if (opened != null) {
                opened.close(); // or its locks would be held until the process ends
            }
            become(QueryState.FAILED, "Failed to start");
            ended.countDown();
            throw e;
        }
        Thread loop = new Thread(this::loop, "rivulet-query-" + (definition.name() == null ? id : definition.name()));
        loop.setDaemon(true);
        synchronized (lock) {
            thread = loop;
        }
        LOG.info("query {} ({}) started, run {}", definition.name(), id, runId);
        loop.start();
    }

    private void openQuery() {
        OpenQuery query =
                new OpenQuery(definition, services, "query " + (definition.name() == null ? runId : definition.name()));
        id = query.queryId();
        open = query;
        ProgressReport old = report;
        report = old == null ? new ProgressReport(id, runId, definition.name(), services.clock()) : old;
        if (definition.trigger().ends()) {
            query.sources().values().forEach(Source::stopAtAvailable);
        } else if (definition.trigger().kind() == Trigger.Kind.DEFAULT) {
            query.sources().values().forEach(source -> source.onNewData(this::wake));
        }
    }

    private void wake() {
        synchronized (lock) {
            woken = true;
            lock.notifyAll();
        }
    }

    private void become(QueryState next, String text) {
        synchronized (lock) {
            if (!state.canBecome(next)) {
                throw ErrorCode.BAD_STATE.error("a query that is " + state + " cannot become " + next);
            }
            state = next;
            message = text;
            lock.notifyAll();
        }
    }

    private boolean stopping() {
        synchronized (lock) {
            return state == QueryState.STOPPING;
        }
    }

    private void say(String text, boolean active) {
        synchronized (lock) {
            message = text;
            triggerActive = active;
        }
    }

    /**
     * Stops the query, in the middle of a batch if one is running, which the next start runs again. Returns when its
     * thread has ended, or at once when that thread itself calls.
     */
    public void stop() {
        Thread loop;
        synchronized (lock) {
            loop = thread;
            if (state == QueryState.CREATED) {
                state = QueryState.TERMINATED;
                ended.countDown();
            }
            if (!state.ended() && state != QueryState.STOPPING) {
                state = QueryState.STOPPING;
                message = "Stopping";
            }
            lock.notifyAll();
        }
        OpenQuery query = open;
        if (query != null) {
            query.cancel();
        }
        if (loop != null && loop != Thread.currentThread()) {
            await(null);
        }
    }

    /**
     * Waits for the end of the query.
     *
     * @param timeout null to wait for ever
     * @return whether it has ended
     * @throws StreamingQueryException when it has failed
     */
    public boolean awaitTermination(@Nullable Duration timeout) {
        boolean over = await(timeout);
        StreamingQueryException failed = exception().orElse(null);
        if (failed != null) {
            throw failed;
        }
        return over;
    }

    private boolean await(@Nullable Duration timeout) {
        try {
            if (timeout == null) {
                ended.await();
                return true;
            }
            return ended.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorCode.INTERRUPTED.error("interrupted while waiting for query " + id, e);
        }
    }

    /**
     * Waits until everything the sources had when it was called is committed, or the query has ended.
     *
     * @throws StreamingQueryException when it has failed
     */
    public void processAllAvailable() {
        synchronized (lock) {
            long pass = passes + 1;
            woken = true;
            lock.notifyAll();
            while (idlePass < pass && !state.ended() && state != QueryState.CREATED) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw ErrorCode.INTERRUPTED.error("interrupted while waiting for query " + id, e);
                }
            }
        }
        StreamingQueryException failed = exception().orElse(null);
        if (failed != null) {
            throw failed;
        }
    }

    // ------------------------------------------------------------------ the query's thread

    private void loop() {
        Throwable failed = null;
        MDC.put("query", definition.name() == null ? id : definition.name());
        try {
            moveToRunning();
            runTriggers();
        } catch (Throwable e) { // whatever it is, the query ends by it and says so
            failed = stopping() && interrupted(e) ? null : e;
        }
        OpenQuery query = open;
        if (query != null) {
            try {
                if (failed == null) {
                    query.idle();
                }
            } catch (RuntimeException e) {
                failed = e;
            }
            query.close();
        }
        end(failed);
        MDC.remove("query");
        MDC.remove("batch");
    }

    private void moveToRunning() {
        synchronized (lock) {
            if (state == QueryState.STARTING) {
                state = QueryState.RUNNING;
            }
        }
    }

    private static boolean interrupted(Throwable e) {
        return e instanceof RivuletException r && r.code() == ErrorCode.INTERRUPTED;
    }

    private void end(@Nullable Throwable failed) {
        synchronized (lock) {
            if (failed != null) {
                failure = StreamingQueryException.of(failed, id, definition.name(), running);
                state = QueryState.FAILED;
                message = "Failed: " + failure.getMessage();
            } else {
                state = QueryState.TERMINATED;
                message = "Stopped";
            }
            triggerActive = false;
            lock.notifyAll();
        }
        if (failed != null) {
            LOG.error("query {} ({}) failed", definition.name(), id, failed);
        } else {
            LOG.info("query {} ({}) ended", definition.name(), id);
        }
        ended.countDown();
    }

    private void runTriggers() {
        OpenQuery query = opened();
        if (query.flushed()) {
            return; // the sinks have what they were still to get
        }
        BatchPlan unfinished = query.takeUnfinished();
        if (unfinished != null) {
            runBatch(unfinished, false, new BatchTimer(services.clock()));
        }
        switch (definition.trigger().kind()) {
            case DEFAULT -> runAsap();
            case PROCESSING_TIME -> runAtIntervals();
            case AVAILABLE_NOW, ONCE -> runToEnd();
        }
    }

    private OpenQuery opened() {
        OpenQuery query = open;
        if (query == null) {
            throw ErrorCode.INTERNAL.error("the query runs without having been opened");
        }
        return query;
    }

    private void runAsap() {
        while (!stopping()) {
            synchronized (lock) {
                woken = false;
            }
            if (!pass(false)) {
                awaitWake();
            }
        }
    }

    private void runAtIntervals() {
        Clock clock = services.clock();
        long interval = definition.trigger().interval().toNanos() / 1000;
        while (!stopping()) {
            long now = clock.wallMicros();
            long due = Math.floorDiv(now, interval) * interval + interval;
            synchronized (lock) {
                woken = false;
            }
            pass(false);
            if (clock.wallMicros() < due) {
                awaitTime(due);
            }
        }
    }

    private void runToEnd() {
        boolean once = definition.trigger().kind() == Trigger.Kind.ONCE;
        boolean more = true;
        while (more && !stopping()) {
            more = pass(once) && !once;
        }
        if (definition.options().flushAtEnd() && !stopping()) {
            runBatch(opened().planFlush(), true, new BatchTimer(services.clock()));
        }
    }

    /** Looks at the sources once and runs a batch if there is anything new; whether there was. */
    private boolean pass(boolean all) {
        long pass;
        synchronized (lock) {
            pass = ++passes;
            message = "Looking for new data";
            triggerActive = true;
        }
        BatchTimer timer = new BatchTimer(services.clock());
        timer.start();
        BatchPlan plan = opened().planNext(all);
        timer.stop("latestOffset");
        synchronized (lock) {
            dataAvailable = plan != null;
        }
        if (plan != null) {
            runBatch(plan, false, timer);
            return true;
        }
        opened().idle(); // first durable, then told: whoever waits for this pass relies on it
        synchronized (lock) {
            idlePass = pass;
            message = "Waiting for data to arrive";
            triggerActive = false;
            lock.notifyAll();
        }
        return false;
    }

    private void runBatch(BatchPlan plan, boolean flush, BatchTimer timer) {
        BatchPlan next = plan;
        for (int attempt = 1; ; attempt++) {
            running = next;
            MDC.put("batch", String.valueOf(next.batchId()));
            say("Running batch " + next.batchId(), true);
            try {
                GraphResult result = opened().run(next, flush, timer);
                progressed(next, result, timer);
                running = null;
                return;
            } catch (RivuletException e) {
                if (!e.code().retryable() || attempt >= definition.options().batchAttempts() || !durable()) {
                    throw e;
                }
                LOG.warn("batch {} failed (attempt {}), recovering: {}", next.batchId(), attempt, e.toString());
                next = recover(next);
                if (next == null) {
                    return;
                }
            }
        }
    }

    private boolean durable() {
        return definition.checkpoint() != null;
    }

    /** Goes back to what is durable; gives the batch to run again, or null when it had been prepared after all. */
    private @Nullable BatchPlan recover(BatchPlan failed) {
        opened().close();
        open = null;
        openQuery();
        BatchPlan planned = opened().takeUnfinished();
        return planned != null ? planned : opened().nextBatchIs(failed.batchId()) ? failed : null;
    }

    private void progressed(BatchPlan plan, GraphResult result, BatchTimer timer) {
        ProgressReport reporter = report;
        if (reporter == null) {
            return;
        }
        QueryProgress progress = reporter.of(opened(), plan, result, timer);
        synchronized (lock) {
            history.addLast(progress);
            while (history.size() > definition.options().progressHistory()) {
                history.removeFirst();
            }
            message = "Committed batch " + plan.batchId();
        }
        for (QueryListener listener : listeners) {
            try {
                listener.onProgress(progress);
            } catch (RuntimeException e) {
                LOG.warn("a listener of query {} threw", id, e);
            }
        }
    }

    private void awaitWake() {
        synchronized (lock) {
            try {
                while (!woken && state != QueryState.STOPPING) {
                    lock.wait();
                }
            } catch (InterruptedException e) {
                throw ErrorCode.INTERRUPTED.error("the thread of query " + id + " was interrupted", e);
            }
        }
    }

    private void awaitTime(long untilMicros) {
        synchronized (lock) {
            try {
                while (services.clock().wallMicros() < untilMicros && state != QueryState.STOPPING) {
                    services.clock().await(lock, untilMicros);
                }
            } catch (InterruptedException e) {
                throw ErrorCode.INTERRUPTED.error("the thread of query " + id + " was interrupted", e);
            }
        }
    }
}
