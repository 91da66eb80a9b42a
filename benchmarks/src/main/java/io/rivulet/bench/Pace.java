package io.rivulet.bench;

import io.rivulet.bench.workload.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The pace of one run of the engine from commit to commit, beside its answer. Thread-safe. */
final class Pace implements WorkloadRun.Commits {
    private final CommittedAnswers answers;
    private final LongSupplier nanos;
    private final List<Point> points = new ArrayList<>();

    private record Point(long nanos, long events) {}

    /**
     * A run that has not begun.
     *
     * @param answers told of every commit
     * @param nanos what time it is, in nanoseconds
     */
    Pace(CommittedAnswers answers, LongSupplier nanos) {
        this.answers = answers;
        this.nanos = nanos;
    }

    @Override
    public void committed(long batchId, Answer rows) {
        answers.committed(batchId, rows);
    }

    @Override
    public synchronized void consumed(long events) {
        long before = points.isEmpty() ? 0 : points.get(points.size() - 1).events;
        if (events > before) { // a batch that only closes windows brings none
            points.add(new Point(nanos.getAsLong(), events));
        }
    }

    /**
     * The rate in the last tenth of the events by that in the first: 1 when a run does not slow down, below 1 when it
     * does. The start of the query, up to the first commit, does not count.
     */
    synchronized double growth() {
        if (points.size() < 4) {
            throw new IllegalStateException(
                    "a run of " + points.size() + " batches has no pace to compare; take more events");
        }
        Point begin = points.get(0);
        Point end = points.get(points.size() - 1);
        Point tenth = points.get(1);
        for (Point point : points) {
            if (point.events <= end.events / 10 && point.events > tenth.events) {
                tenth = point;
            }
        }
        Point lastTenth = points.get(points.size() - 2);
        for (int i = points.size() - 2; i >= 0 && points.get(i).events >= end.events - end.events / 10; i--) {
            lastTenth = points.get(i);
        }
        return rate(lastTenth, end) / rate(begin, tenth);
    }

    private static double rate(Point from, Point to) {
        return (to.events - from.events) * 1e9 / Math.max(1, to.nanos - from.nanos);
    }
}
