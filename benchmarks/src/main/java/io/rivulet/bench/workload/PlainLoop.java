package io.rivulet.bench.workload;

/**
 * A hand-written program that answers one workload without an engine: the practical limit in Java that engines are
 * measured against. A loop may be run any number of times, by one caller at a time.
 */
public interface PlainLoop {
    /**
     * Answers the workload over the events {@code 0 … events - 1}.
     *
     * @param threads how many threads share the work, at least 1; they are started and joined inside
     */
    Answer run(long events, int threads);
}
