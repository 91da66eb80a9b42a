package io.rivulet.time;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The clock of the machine. */
final class SystemClock implements Clock {
    static final SystemClock INSTANCE = new SystemClock();

    private SystemClock() {}

    @Override
    public long wallMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
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
