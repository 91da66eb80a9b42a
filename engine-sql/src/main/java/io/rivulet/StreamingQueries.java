package io.rivulet;

import io.rivulet.error.ErrorCode;
import io.rivulet.streaming.Listeners;
import io.rivulet.streaming.StreamingQueryException;
import io.rivulet.streaming.StreamingQueryListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The streaming queries of an engine. Thread-safe. */
public final class StreamingQueries {
    private final List<StreamingQuery> started = new ArrayList<>();
    private final Listeners listeners = new Listeners();
    private final Terminations terminations = new Terminations();

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
        query.addListener(terminations);
        query.addListener(listeners);
        query.start();
        started.add(query);
        return query;
    }

    /** Has a listener told of every query of the engine, those that run included, from now on. */
    public void addListener(StreamingQueryListener listener) {
        listeners.add(listener);
    }

    /** Has a listener told no more. */
    public void removeListener(StreamingQueryListener listener) {
        listeners.remove(listener);
    }

    /**
     * Waits until a query of the engine ends; returns at once when one has ended since the engine was made or since
     * {@link #resetTerminated}. Throws {@link StreamingQueryException} when one of those has failed.
     */
    public void awaitAnyTermination() {
        terminations.await(null);
    }

    /**
     * As {@link #awaitAnyTermination()}, for a time at most.
     *
     * @return whether a query has ended
     */
    public boolean awaitAnyTermination(Duration timeout) {
        return terminations.await(timeout);
    }

    /** Forgets which queries have ended, so that {@link #awaitAnyTermination()} waits for the next. */
    public void resetTerminated() {
        terminations.reset();
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
