package io.rivulet.streaming;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of a query or of an engine, itself a listener: tells each of them, in the order they were added,
 * whatever the others throw. Thread-safe.
 */
public final class Listeners implements StreamingQueryListener {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<StreamingQueryListener> all = new CopyOnWriteArrayList<>();

    /** Nobody yet. */
    public Listeners() {}

    /** Has the listener told from now on. */
    public void add(StreamingQueryListener listener) {
        all.add(listener);
    }

    /** Has the listener told no more; nothing happens when it was not. */
    public void remove(StreamingQueryListener listener) {
        all.remove(listener);
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {
        tell(listener -> listener.onQueryStarted(event));
    }

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
        tell(listener -> listener.onQueryProgress(event));
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        tell(listener -> listener.onQueryTerminated(event));
    }

    private void tell(Consumer<StreamingQueryListener> event) {
        for (StreamingQueryListener listener : all) {
            try {
                event.accept(listener);
            } catch (RuntimeException | LinkageError | AssertionError e) {
                LOG.warn("the listener {} threw; the query goes on", listener, e);
            }
        }
    }
}
