package io.rivulet.streaming;

import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkMessage;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sinks of an open query. A batch is committed to them one after the other, always in the order of the query's
 * definition; one that does not take it for a passing reason is tried again after growing pauses. Used by one thread.
 */
final class SinkSet {
    private static final Logger LOG = LoggerFactory.getLogger(SinkSet.class);
    private static final int COMMIT_TRIES = 5;
    private static final long FIRST_PAUSE_MICROS = 10_000;
    private static final int PAUSE_FACTOR = 4;

    private final Map<String, Sink> sinks = new LinkedHashMap<>();
    private final boolean durable;

    /** @param durable whether the query has a checkpoint: only then is a commit worth trying again */
    SinkSet(boolean durable) {
        this.durable = durable;
    }

    void add(String name, Sink sink) {
        sinks.put(name, sink);
    }

    /** The sinks by name, in order. */
    Map<String, Sink> byName() {
        return sinks;
    }

    /** Whether a sink shows a batch before it is durable, so that its plan must be durable first. */
    boolean publishesEarly() {
        return sinks.values().stream().anyMatch(s -> s.publication() == Sink.Publication.BEFORE_COMMIT_POINT);
    }

    /** The messages as the log keeps them, of the sinks that commit after the commit point. */
    Map<String, List<byte[]>> encoded(Map<String, List<SinkMessage>> messages) {
        if (!durable) {
            return Map.of();
        }
        Map<String, List<byte[]>> encoded = new HashMap<>();
        sinks.forEach((name, sink) -> {
            List<SinkMessage> own = messages.get(name);
            if (own != null && sink.publication() == Sink.Publication.AFTER_COMMIT_POINT) {
                encoded.put(name, own.stream().map(SinkMessage::encode).toList());
            }
        });
        return encoded;
    }

    /** Commits a batch to the sinks whose time is now. */
    void publish(Sink.Publication when, long batchId, Map<String, List<SinkMessage>> messages) {
        sinks.forEach((name, sink) -> {
            if (sink.publication() == when) {
                commit(sink, batchId, messages.getOrDefault(name, List.of()));
            }
        });
    }

    /** Commits a batch, by what the log has kept of it, again; whether it had been committed is not known. */
    void publishAgain(BatchResult last) {
        Map<String, List<SinkMessage>> messages = new LinkedHashMap<>();
        last.sinkMessages().forEach((name, encoded) -> {
            Sink sink = sinks.get(name);
            if (sink != null) {
                messages.put(name, encoded.stream().map(sink::decode).toList());
            } else if (!encoded.isEmpty()) {
                LOG.warn(
                        "the query has no sink '{}' any more: what batch {} had for it is dropped",
                        name,
                        last.batchId());
            }
        });
        sinks.forEach((name, sink) -> {
            List<SinkMessage> own = messages.get(name);
            if (own != null && sink.publication() == Sink.Publication.AFTER_COMMIT_POINT) {
                commit(sink, last.batchId(), own);
            }
        });
    }

    private void commit(Sink sink, long batchId, List<SinkMessage> messages) {
        long pause = FIRST_PAUSE_MICROS;
        for (int attempt = 1; ; attempt++) {
            try {
                sink.commit(batchId, messages);
                return;
            } catch (RuntimeException e) {
                boolean hopeless =
                        !(e instanceof RivuletException r && r.code().blame() == ErrorCode.Blame.ENVIRONMENT);
                if (hopeless || attempt == COMMIT_TRIES || !durable) {
                    throw e;
                }
                LOG.warn("{} did not take batch {} (try {}): {}", sink.description(), batchId, attempt, e.toString());
                pause(pause);
                pause *= PAUSE_FACTOR;
            }
        }
    }

    private static void pause(long micros) {
        Object monitor = new Object();
        Clock clock = Clock.system(); // a pause for the sake of the surroundings, not of the query's meaning
        long until = clock.wallMicros() + micros;
        synchronized (monitor) {
            try {
                while (clock.wallMicros() < until) {
                    clock.await(monitor, until);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw ErrorCode.INTERRUPTED.error("stopped while a sink was to be tried again", e);
            }
        }
    }

    /** What is to be closed with the query. */
    List<Sink> all() {
        return new ArrayList<>(sinks.values());
    }
}
