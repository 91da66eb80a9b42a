package io.rivulet.execution;

import java.util.List;

/** Runs tasks, on as many threads as it has. */
public interface TaskExecutor extends AutoCloseable {
    /** How many tasks run at once. */
    int parallelism();

    /**
     * Runs all tasks and returns when all have ended. When some fail, one of the failures is thrown, with the others
     * suppressed in it. Tasks may run on the calling thread.
     */
    void runAll(List<Runnable> tasks);

    @Override
    void close();
}
