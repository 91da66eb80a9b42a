package io.rivulet.streaming;

import io.rivulet.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** Adds up how long the parts of a batch take. */
final class BatchTimer {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Clock clock;
    private final Map<String, Long> nanos = new LinkedHashMap<>();
    private final long begun;
    private long startedAt;

    BatchTimer(Clock clock) {
        this.clock = clock;
        this.begun = clock.nanos();
        for (String part : new String[] {"latestOffset", "addBatch", "walCommit", "commitOffsets"}) {
            nanos.put(part, 0L);
        }
    }

    void start() {
        startedAt = clock.nanos();
    }

    void stop(String part) {
        nanos.merge(part, clock.nanos() - startedAt, Long::sum);
    }

    long totalNanos() {
        return clock.nanos() - begun;
    }

    /** The parts and the whole ({@code triggerExecution}), in milliseconds. */
    Map<String, Long> millis() {
        Map<String, Long> millis = new LinkedHashMap<>();
        nanos.forEach((part, n) -> millis.put(part, n / NANOS_PER_MILLI));
        millis.put("triggerExecution", totalNanos() / NANOS_PER_MILLI);
        return millis;
    }
}
