package io.rivulet;

import io.rivulet.error.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The streaming queries of an engine. Thread-safe. */
public final class StreamingQueries {
    private final List<StreamingQuery> started = new ArrayList<>();

    StreamingQueries() {}

    /** The queries that run, in the order they were started. */
    public synchronized List<StreamingQuery> active() {
        started.removeIf(query -> !query.isActive());
        return List.copyOf(started);
    }

    /** A running query by its id or name. */
    public Optional<StreamingQuery> get(String idOrName) {
        return active().stream()
                .filter(query -> query.id().equals(idOrName) || idOrName.equals(query.name()))
                .findFirst();
    }

    /**
     * Starts a query and takes it in; the name is free while this runs.
     *
     * @param name the query's name or null
     */
    synchronized StreamingQuery start(@Nullable String name, StreamingQuery query) {
        if (name != null && active().stream().anyMatch(other -> name.equals(other.name()))) {
            throw ErrorCode.QUERY_NAME_IN_USE.error(
                    "a query named '" + name + "' is running already; stop it or choose another queryName(…)");
        }
        query.start();
        started.add(query);
        return query;
    }

    /** Waits until every query that runs now has ended; throws what one of them failed with. */
    public void awaitAll() {
        active().forEach(StreamingQuery::awaitTermination);
    }

    /**
     * Waits for all queries that run now, for a time each.
     *
     * @return whether all have ended
     */
    public boolean awaitAll(Duration timeout) {
        boolean all = true;
        for (StreamingQuery query : active()) {
            all &= query.awaitTermination(timeout);
        }
        return all;
    }

    void stopAll() {
        active().forEach(StreamingQuery::stop);
    }
}
