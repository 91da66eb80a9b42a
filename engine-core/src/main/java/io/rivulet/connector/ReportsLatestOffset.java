package io.rivulet.connector;

/** A {@link Source} that can tell how far it reaches, for progress: how much lies behind the end of a batch. */
public interface ReportsLatestOffset {
    /**
     * The end of all that is there, limits aside, as far as it is known without looking again. Called after every
     * batch, by the thread that calls {@link Source#latest}; must be cheap.
     */
    Offset latestOffset();
}
