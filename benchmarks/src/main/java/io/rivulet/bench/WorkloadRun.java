package io.rivulet.bench;

import io.rivulet.bench.workload.Answer;
import io.rivulet.bench.workload.EventFill;
import io.rivulet.bench.workload.Workload;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One run of one workload.
 *
 * @param workload what is asked
 * @param events where the events come from
 * @param count the events {@code 0 … count - 1} are taken
 * @param threads tasks that share the work
 * @param checkpoint the directory of the checkpoint of a durable run, null for a run that keeps nothing on disk
 * @param commits told of every commit
 */
public record WorkloadRun(
        Workload workload,
        EventFill events,
        long count,
        int threads,
        @Nullable Path checkpoint,
        Commits commits) {

    /** Told of every commit of a batch, by any thread, maybe more than once per batch. */
    @FunctionalInterface
    public interface Commits {
        /**
         * Takes a commit.
         *
         * @param rows what the batch's result rows add to the answer
         */
        void committed(long batchId, Answer rows);
    }
}
