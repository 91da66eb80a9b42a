package io.rivulet.streaming;

import io.rivulet.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds up how long the parts of a batch take. */
final class BatchTimer {
    private static final String[] PARTS = {"latestOffset", "addBatch", "walCommit", "commitOffsets"};
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;
    private final long[] nanos = new long[PARTS.length];
    private final long begun;
    private long startedAt;

    BatchTimer(Clock clock) {
        this.clock = clock;
        this.begun = clock.nanos();
    }

    void start() {
        startedAt = clock.nanos();
    }

    void stop(String part) {
        long spent = clock.nanos() - startedAt;
        for (int i = 0; i < PARTS.length; i++) {
            if (PARTS[i].equals(part)) {
                nanos[i] += spent;
                return;
            }
        }
        throw new IllegalArgumentException("a batch has no part " + part);
    }

    long totalNanos() {
        return clock.nanos() - begun;
    }

    /** The parts and the whole ({@code triggerExecution}), in milliseconds. */
    Map<String, Long> millis() {
        Map<String, Long> millis = new LinkedHashMap<>();
        for (int i = 0; i < PARTS.length; i++) {
            millis.put(PARTS[i], nanos[i] / NANOS_PER_MILLI);
        }
        millis.put("triggerExecution", totalNanos() / NANOS_PER_MILLI);
        return millis;
    }
}
