package io.rivulet.bench;

import io.rivulet.bench.workload.Answer;
import io.rivulet.bench.workload.EventFill;
import io.rivulet.bench.workload.Question;
import io.rivulet.bench.workload.Workload;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One run of one workload.
 *
 * @param question what is asked, of which events
 * @param count the events {@code 0 … count - 1} are taken
 * @param threads tasks that share the work
 * @param leastBatches into how many batches the events are cut at least
 * @param checkpoint the directory of the checkpoint of a durable run, null for a run that keeps nothing on disk
 * @param commits told of every commit
 */
public record WorkloadRun(
        Question question,
        long count,
        int threads,
        int leastBatches,
        @Nullable Path checkpoint,
        Commits commits) {
    /** Enough batches that a run is more than its start and its end. */
    public static final int FEW_BATCHES = 4;

    /** The workload asked for. */
    public Workload workload() {
        return question.workload();
    }

    /** Where the events come from. */
    public EventFill events() {
        return question.events();
    }

    /** Told of every commit of a batch, by any thread, maybe more than once per batch. */
    @FunctionalInterface
    public interface Commits {
        /**
         * Takes a commit.
         *
         * @param rows what the batch's result rows add to the answer
         */
        void committed(long batchId, Answer rows);

        /**
         * Told, after the commit of a batch, how many events are in committed batches now. For those who want to know
         * the pace within a run.
         */
        default void consumed(long events) {}
    }
}
