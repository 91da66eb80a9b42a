package io.rivulet;

import io.rivulet.error.ErrorCode;
import io.rivulet.streaming.StreamingQueryException;
import io.rivulet.streaming.StreamingQueryListener;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Remembers whether a query has ended, and the first failure. Thread-safe. */
final class Terminations implements StreamingQueryListener {
    private CountDownLatch any = new CountDownLatch(1);
    private @Nullable StreamingQueryException failure;

    @Override
    public void onQueryProgress(QueryProgressEvent event) {}

    @Override
    public synchronized void onQueryTerminated(QueryTerminatedEvent event) {
        failure = failure == null ? event.exception() : failure;
        any.countDown();
    }

    synchronized void reset() {
        if (any.getCount() == 0) {
            any = new CountDownLatch(1);
        }
        failure = null;
    }

    private synchronized CountDownLatch latch() {
        return any;
    }

    private synchronized @Nullable StreamingQueryException failure() {
        return failure;
    }

    /** Waits until a query has ended, for ever when there is no timeout; whether one has. Throws what it failed with. */
    boolean await(@Nullable Duration timeout) {
        CountDownLatch latch = latch();
        try {
            if (timeout == null) {
                latch.await();
            } else if (!latch.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorCode.INTERRUPTED.error("interrupted while waiting for a query to end", e);
        }
        StreamingQueryException failed = failure();
        if (failed != null) {
            throw failed;
        }
        return true;
    }
}
