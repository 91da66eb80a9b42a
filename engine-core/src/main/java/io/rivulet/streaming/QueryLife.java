package io.rivulet.streaming;

import io.rivulet.error.ErrorCode;
import io.rivulet.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the thread of a query and everybody else tell each other: its state, what it has done, that it should wake or
 * stop, and the waiting of each for the other. Thread-safe.
 */
final class QueryLife {
    /** Waits for no time, only to be woken. */
    static final long FOR_EVER = Long.MAX_VALUE;

    private static final long SETTLING_MICROS = 100_000;

    private final Clock clock;
    private final int historyLength;
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
    private int waiting;
    private @Nullable StreamingQueryException failure;

    /** @param historyLength how many progress records are remembered */
    QueryLife(Clock clock, int historyLength) {
        this.clock = clock;
        this.historyLength = historyLength;
    }

    // ------------------------------------------------------------------ what people ask

    boolean isActive() {
        synchronized (lock) {
            return state != QueryState.CREATED && !state.ended();
        }
    }

    QueryStatus status() {
        synchronized (lock) {
            return new QueryStatus(message, dataAvailable, triggerActive);
        }
    }

    @Nullable
    QueryProgress lastProgress() {
        synchronized (lock) {
            return history.peekLast();
        }
    }

    List<QueryProgress> recentProgress() {
        synchronized (lock) {
            return List.copyOf(history);
        }
    }

    @Nullable
    StreamingQueryException failure() {
        synchronized (lock) {
            return failure;
        }
    }

    // ------------------------------------------------------------------ from state to state

    void become(QueryState next, String text) {
        synchronized (lock) {
            if (!state.canBecome(next)) {
                throw ErrorCode.BAD_STATE.error("a query that is " + state + " cannot become " + next);
            }
            state = next;
            message = text;
            lock.notifyAll();
        }
    }

    /** The thread has begun; a stop may have come first. */
    void running() {
        synchronized (lock) {
            if (state == QueryState.STARTING) {
                state = QueryState.RUNNING;
            }
        }
    }

    /** Asks the thread to end. A query that was never started has ended with this. */
    void stop() {
        synchronized (lock) {
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
    }

    boolean stopping() {
        synchronized (lock) {
            return state == QueryState.STOPPING;
        }
    }

    /** The thread does no more; {@link #release} is next. */
    void end(@Nullable StreamingQueryException failed) {
        synchronized (lock) {
            failure = failed;
            state = failed == null ? QueryState.TERMINATED : QueryState.FAILED;
            message = failed == null ? "Stopped" : "Failed: " + failed.getMessage();
            triggerActive = false;
            lock.notifyAll();
        }
    }

    /** Lets go of who waits for the end. */
    void release() {
        ended.countDown();
    }

    // ------------------------------------------------------------------ what the thread tells

    void say(String text, boolean active) {
        synchronized (lock) {
            message = text;
            triggerActive = active;
        }
    }

    /** The thread looks at the sources now; gives the number of the look. */
    long beginPass() {
        synchronized (lock) {
            woken = false;
            message = "Looking for new data";
            triggerActive = true;
            return ++passes;
        }
    }

    void found(boolean data) {
        synchronized (lock) {
            dataAvailable = data;
        }
    }

    /** That look has found nothing to do, and all that was done is durable. */
    void idle(long pass) {
        synchronized (lock) {
            idlePass = pass;
            message = "Waiting for data to arrive";
            triggerActive = false;
            lock.notifyAll();
        }
    }

    void committed(QueryProgress progress) {
        synchronized (lock) {
            history.addLast(progress);
            while (history.size() > historyLength) {
                history.removeFirst();
            }
            message = "Committed batch " + progress.batchId();
        }
    }

    // ------------------------------------------------------------------ waiting

    /** Has the thread look at the sources again soon. */
    void wake() {
        synchronized (lock) {
            woken = true;
            lock.notifyAll();
        }
    }

    /**
     * The thread waits until it is woken or to stop, or a time comes.
     *
     * @param untilMicros by the wall clock, or {@link #FOR_EVER}
     */
    void awaitWake(long untilMicros) {
        await(untilMicros, true);
    }

    /**
     * The thread waits a little for more to do before it makes the last commit durable, which costs a sync: whether it
     * has been woken, or is to stop. Does not wait when somebody waits for a pass that finds nothing, because that is
     * told only once all is durable.
     */
    boolean wokenSoon() {
        Clock machine = Clock.system(); // for the sake of the disk, not of the query's meaning
        synchronized (lock) {
            if (waiting > 0) {
                return false;
            }
            long until = machine.wallMicros() + SETTLING_MICROS;
            try {
                while (!woken && state != QueryState.STOPPING && machine.wallMicros() < until) {
                    machine.await(lock, until);
                }
            } catch (InterruptedException e) {
                throw ErrorCode.INTERRUPTED.error("the thread of a query was interrupted", e);
            }
            return woken || state == QueryState.STOPPING;
        }
    }

    /** The thread waits until a time comes, or it is to stop. */
    void awaitTime(long untilMicros) {
        await(untilMicros, false);
    }

    private void await(long untilMicros, boolean orWoken) {
        synchronized (lock) {
            try {
                while (state != QueryState.STOPPING && !(orWoken && woken)) {
                    if (untilMicros == FOR_EVER) {
                        lock.wait();
                    } else if (clock.wallMicros() < untilMicros) {
                        clock.await(lock, untilMicros);
                    } else {
                        return;
                    }
                }
            } catch (InterruptedException e) {
                throw ErrorCode.INTERRUPTED.error("the thread of a query was interrupted", e);
            }
        }
    }

    /** Waits until a look that begins from now on finds nothing to do, or the query has ended. */
    void awaitIdle() {
        synchronized (lock) {
            long pass = passes + 1;
            woken = true;
            waiting++;
            lock.notifyAll();
            try {
                while (idlePass < pass && !state.ended() && state != QueryState.CREATED) {
                    lock.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ErrorCode.INTERRUPTED.error("interrupted while waiting for a query", e);
            } finally {
                waiting--;
            }
        }
    }

    /** Waits for {@link #release}, for a time at most unless it is null; whether that has come. */
    boolean awaitEnd(@Nullable Duration timeout) {
        try {
            if (timeout == null) {
                ended.await();
                return true;
            }
            return ended.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorCode.INTERRUPTED.error("interrupted while waiting for a query", e);
        }
    }
}
