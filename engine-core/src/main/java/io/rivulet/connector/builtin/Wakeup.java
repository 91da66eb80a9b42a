package io.rivulet.connector.builtin;

import io.rivulet.time.Clock;

/**
 * Calls somebody when a time has come: a daemon thread that sleeps until then, or for ever while no time is set. The
 * thread ends with {@link #close}. Thread-safe.
 */
final class Wakeup implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final Clock clock;
    private final Runnable wake;
    private final Object lock = new Object();
    private long at = NEVER;
    private boolean closed;

    Wakeup(Clock clock, String name, Runnable wake) {
        this.clock = clock;
        this.wake = wake;
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Calls once when the wall clock reaches a time; instead of the time set before. */
    void at(long micros) {
        synchronized (lock) {
            at = micros;
            lock.notifyAll();
        }
    }

    private void run() {
        try {
            while (awaitTime()) {
                wake.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the time that is set; false when there will be none. */
    private boolean awaitTime() throws InterruptedException {
        synchronized (lock) {
            while (!closed && (at == NEVER || clock.wallMicros() < at)) {
                clock.await(lock, at);
            }
            at = NEVER;
            return !closed;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }
}
