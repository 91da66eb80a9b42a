package io.rivulet.streaming;

/** Is told of what a query does, by the query's thread; must return quickly. What it throws is logged. */
@FunctionalInterface
public interface QueryListener {
    /** A batch has been committed. */
    void onProgress(QueryProgress progress);
}
