package io.rivulet.time;

import java.time.Instant;

/** The clock of the machine. */
final class SystemClock implements Clock {
    static final SystemClock INSTANCE = new SystemClock();
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1000;

    private SystemClock() {}

    @Override
    public long wallMicros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * MICROS_PER_SECOND + now.getNano() / NANOS_PER_MICRO;
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    @SuppressWarnings("WaitNotInLoop") // the caller loops: only it knows what it waits for
    public void await(Object monitor, long untilMicros) throws InterruptedException {
        if (untilMicros == Long.MAX_VALUE) {
            monitor.wait();
            return;
        }
        long micros = untilMicros - wallMicros();
        if (micros > 0) {
            monitor.wait(micros / 1000, (int) (micros % 1000) * 1000);
        }
    }
}
