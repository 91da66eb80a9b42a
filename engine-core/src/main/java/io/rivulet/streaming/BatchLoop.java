package io.rivulet.streaming;

import io.rivulet.connector.Source;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.execution.EngineServices;
import io.rivulet.execution.GraphResult;
import io.rivulet.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What the thread of a query does: looks at the sources when its trigger says so, has a batch run when there is
 * something to do, and waits otherwise. Used by that thread, except where a method says otherwise.
 *
 * <p>A batch that fails for a passing reason is tried again, if the query may, by closing everything and recovering
 * from the checkpoint, which is the one way back to the state before the batch.
 */
final class BatchLoop {
    private static final Logger LOG = LoggerFactory.getLogger(BatchLoop.class);

    private final QueryDefinition definition;
    private final EngineServices services;
    private final QueryLife life;
    private final StreamingQueryListener listener;
    private final String runId;
    private final String label;

    private volatile @Nullable OpenQuery open;
    private volatile String id = "";
    private @Nullable ProgressReport report;
    private @Nullable BatchPlan running;

    /** @param listener told of every batch */
    BatchLoop(
            QueryDefinition definition,
            EngineServices services,
            QueryLife life,
            StreamingQueryListener listener,
            String runId) {
        this.definition = definition;
        this.services = services;
        this.life = life;
        this.listener = listener;
        this.runId = runId;
        String name = definition.name();
        this.label = name == null ? runId : name;
    }

    /** The query's id; empty before it was opened. Thread-safe. */
    String id() {
        return id;
    }

    /** Bytes written to its checkpoint in this run so far. Thread-safe. */
    long bytesWritten() {
        OpenQuery query = open;
        return query == null ? 0 : query.bytesWritten();
    }

    /** The batch that runs, or null. */
    @Nullable
    BatchPlan running() {
        return running;
    }

    /** Opens and recovers the query; called by who starts it. */
    void open() {
        OpenQuery query = new OpenQuery(definition, services, "query " + label);
        id = query.queryId();
        open = query;
        if (report == null) {
            report = new ProgressReport(id, runId, definition.name(), services.clock());
        }
        if (definition.trigger().ends()) {
            query.sources().values().forEach(Source::stopAtAvailable);
        } else if (definition.trigger().kind() == Trigger.Kind.DEFAULT) {
            query.sources().values().forEach(source -> source.onNewData(life::wake));
        }
    }

    /** Lets a batch in progress fail soon. Thread-safe. */
    void cancel() {
        OpenQuery query = open;
        if (query != null) {
            query.cancel();
        }
    }

    /** Makes durable what has been done. */
    void settle() {
        OpenQuery query = open;
        if (query != null) {
            query.idle();
        }
    }

    /** Closes what is open, or its locks would be held until the process ends. */
    void close() {
        OpenQuery query = open;
        if (query != null) {
            query.close();
        }
    }

    private OpenQuery opened() {
        OpenQuery query = open;
        if (query == null) {
            throw ErrorCode.INTERNAL.error("the query runs without having been opened");
        }
        return query;
    }

    // ------------------------------------------------------------------ triggers

    /** Runs until the trigger ends or the query is to stop. */
    void run() {
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

    private void runAsap() {
        while (!life.stopping()) {
            if (!pass(false)) {
                life.awaitWake(opened().due());
            }
        }
    }

    private void runAtIntervals() {
        Clock clock = services.clock();
        long interval = definition.trigger().intervalMicros();
        while (!life.stopping()) {
            long now = clock.wallMicros();
            long due = Math.floorDiv(now, interval) * interval + interval;
            pass(false);
            life.awaitTime(due);
        }
    }

    private void runToEnd() {
        boolean once = definition.trigger().kind() == Trigger.Kind.ONCE;
        boolean more = true;
        while (more && !life.stopping()) {
            more = pass(once) && !once;
        }
        if (definition.options().flushAtEnd() && !life.stopping()) {
            runBatch(opened().planFlush(), true, new BatchTimer(services.clock()));
        }
    }

    /** Looks at the sources once and runs a batch if there is anything to do; whether there was. */
    private boolean pass(boolean all) {
        long pass = life.beginPass();
        BatchTimer timer = new BatchTimer(services.clock());
        timer.start();
        BatchPlan plan = opened().planNext(all);
        timer.stop("latestOffset");
        life.found(plan != null);
        if (plan != null) {
            runBatch(plan, false, timer);
            return true;
        }
        if (definition.trigger().kind() == Trigger.Kind.DEFAULT && life.wokenSoon()) {
            return true; // data keeps coming: what was committed last becomes durable with the next batch
        }
        opened().idle(); // first durable, then told: whoever waits for this pass relies on it
        life.idle(pass);
        return false;
    }

    // ------------------------------------------------------------------ batches

    private void runBatch(BatchPlan plan, boolean flush, BatchTimer timer) {
        BatchPlan next = plan;
        for (int attempt = 1; ; attempt++) {
            running = next;
            MDC.put("batch", String.valueOf(next.batchId()));
            life.say("Running batch " + next.batchId(), true);
            try {
                GraphResult result = opened().run(next, flush, timer);
                progressed(next, result, timer);
                running = null;
                return;
            } catch (RivuletException e) {
                boolean durable = definition.checkpoint() != null;
                if (!e.code().retryable() || attempt >= definition.options().batchAttempts() || !durable) {
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

    /** Goes back to what is durable; gives the batch to run again, or null when it had been prepared after all. */
    private @Nullable BatchPlan recover(BatchPlan failed) {
        opened().close();
        open = null;
        open();
        BatchPlan planned = opened().takeUnfinished();
        return planned != null ? planned : opened().nextBatchIs(failed.batchId()) ? failed : null;
    }

    private void progressed(BatchPlan plan, GraphResult result, BatchTimer timer) {
        ProgressReport reporter = report;
        if (reporter == null) {
            return;
        }
        QueryProgress progress = reporter.of(opened(), plan, result, timer);
        life.committed(progress);
        listener.onQueryProgress(new StreamingQueryListener.QueryProgressEvent(progress));
    }
}
