package io.rivulet.testkit;

import io.rivulet.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A clock that stands still until it is moved: whoever waits for a time is woken when {@link #advance} reaches it.
 * Begins at the epoch. Thread-safe.
 *
 * <pre>{@code
 * ManualClock clock = new ManualClock();
 * Engine engine = Engine.builder().clock(clock).build();
 * // … start a query with Trigger.processingTime(Duration.ofSeconds(10)) …
 * clock.advance(Duration.ofSeconds(10));
 * clock.awaitSleeper(Duration.ofSeconds(5)); // the batch is done when the query waits for the next tick
 * }</pre>
 */
public final class ManualClock implements Clock {
    private final Map<Object, Long> sleepers = new HashMap<>();
    private long micros;

    /** A clock at the epoch. */
    public ManualClock() {}

    /** A clock at a time. */
    public ManualClock(Instant start) {
        micros = Duration.between(Instant.EPOCH, start).toNanos() / 1000;
    }

    @Override
    public synchronized long wallMicros() {
        return micros;
    }

    @Override
    public long nanos() {
        return wallMicros() * 1000;
    }

    /** Moves the time on and wakes who waits for it. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time goes forward, not by " + by);
        }
        List<Object> asleep;
        synchronized (this) {
            micros += by.toNanos() / 1000;
            notifyAll();
            asleep = new ArrayList<>(sleepers.keySet());
        }
        for (Object monitor : asleep) {
            synchronized (monitor) {
                monitor.notifyAll();
            }
        }
    }

    @Override
    public void await(Object monitor, long untilMicros) throws InterruptedException {
        synchronized (this) {
            if (micros >= untilMicros) {
                return;
            }
            sleepers.put(monitor, untilMicros);
            notifyAll();
        }
        try {
            waitOnce(monitor);
        } finally {
            synchronized (this) {
                sleepers.remove(monitor);
            }
        }
    }

    /** The caller holds the monitor, so an advance after the look at the time finds it waiting. */
    @SuppressWarnings("WaitNotInLoop") // may end early by the contract of await: its caller looks at the time again
    private static void waitOnce(Object monitor) throws InterruptedException {
        monitor.wait();
    }

    /**
     * Waits, in real time, until somebody waits for this clock to reach a time that lies ahead.
     *
     * @throws AssertionError when nobody does within the limit
     */
    public synchronized void awaitSleeper(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (sleepers.values().stream().noneMatch(until -> until > micros)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("nobody waits for the clock after " + limit);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for somebody to wait for the clock", e);
            }
        }
    }
}
