package io.rivulet.streaming;

import org.jspecify.annotations.Nullable;

/**
 * Is told of what queries do. {@link #onQueryStarted} is called by the thread that starts the query, before its first
 * batch; the others by the query's own thread, which waits for the return: be quick, and do not wait for the query. What
 * a listener throws is logged and changes nothing.
 *
 * <pre>{@code
 * engine.streams().addListener(event -> log.info(event.progress().json()));
 * }</pre>
 */
@FunctionalInterface
public interface StreamingQueryListener {
    /**
     * A query has started.
     *
     * @param id the same after every restart from its checkpoint
     * @param runId of this start
     * @param name the user's name for it, or null
     * @param timestamp when, ISO-8601 in UTC
     */
    record QueryStartedEvent(
            String id, String runId, @Nullable String name, String timestamp) {}

    /** A batch has been committed. */
    record QueryProgressEvent(QueryProgress progress) {}

    /**
     * A query has ended.
     *
     * @param id as in {@link QueryStartedEvent}
     * @param runId as in {@link QueryStartedEvent}
     * @param name the user's name for it, or null
     * @param exception what it failed with; null when it was stopped or its trigger has ended
     */
    record QueryTerminatedEvent(
            String id,
            String runId,
            @Nullable String name,
            @Nullable StreamingQueryException exception) {}

    /** A query has started. */
    default void onQueryStarted(QueryStartedEvent event) {}

    /** A batch has been committed. */
    void onQueryProgress(QueryProgressEvent event);

    /** A query has ended; told before {@code awaitTermination} returns. */
    default void onQueryTerminated(QueryTerminatedEvent event) {}
}
