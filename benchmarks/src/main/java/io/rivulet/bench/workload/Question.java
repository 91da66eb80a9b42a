package io.rivulet.bench.workload;

/**
 * What a run is asked: a workload over its events.
 *
 * @param slideMillis how far apart W2's windows begin, in milliseconds of event time: a whole part of its
 *     {@link #WINDOW_MILLIS}; the other workloads do not look at it
 */
public record Question(Workload workload, EventFill events, long slideMillis) {
    /** The length of W2's windows. */
    public static final long WINDOW_MILLIS = 60_000;

    /** W2's slide when nobody says. */
    public static final long DEFAULT_SLIDE_MILLIS = 1000;

    /** Refuses slides that do not cut a window into whole parts. */
    public Question {
        if (!dividesTheWindow(slideMillis)) {
            throw new IllegalArgumentException("the slide must divide " + WINDOW_MILLIS + " ms: " + slideMillis);
        }
    }

    /** The workload over the events it is defined for. */
    public static Question of(Workload workload, long keys) {
        return new Question(workload, workload.events(keys), DEFAULT_SLIDE_MILLIS);
    }

    /** Whether windows that begin this far apart share all their bounds. */
    public static boolean dividesTheWindow(long slideMillis) {
        return slideMillis > 0 && WINDOW_MILLIS % slideMillis == 0;
    }

    /** The hand-written program that answers it. */
    public PlainLoop loop() {
        return workload.loop(this);
    }
}
