package io.rivulet.bench;

import io.rivulet.bench.workload.Answer;
import java.util.HashMap;
import java.util.Map;

/**
 * The answer as committed batch by batch: a batch counts once however often its commit is reported, and a batch that is
 * reported again with other rows makes the answer wrong for good. Thread-safe.
 */
final class CommittedAnswers implements WorkloadRun.Commits {
    private final Map<Long, Answer> batches = new HashMap<>();
    private boolean consistent = true;

    @Override
    public synchronized void committed(long batchId, Answer rows) {
        Answer before = batches.putIfAbsent(batchId, rows);
        if (before != null && !before.equals(rows)) {
            consistent = false;
        }
    }

    /** The rows of all batches. */
    synchronized Answer total() {
        Answer total = Answer.NONE;
        for (Answer answer : batches.values()) {
            total = total.plus(answer);
        }
        return total;
    }

    /** Whether every batch was reported with the same rows each time. */
    synchronized boolean consistent() {
        return consistent;
    }

    synchronized int batchCount() {
        return batches.size();
    }
}
