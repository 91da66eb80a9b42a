package io.rivulet.bench.connector;

import io.rivulet.bench.workload.EvenPace;
import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.type.Schema;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The events of an {@link EvenPace} as they become due: a batch takes all events whose time has come. When there was
 * none, a thread parks until the next one is due and wakes the query, so waiting costs no processor time. However late
 * the query comes, events keep the due time they had.
 *
 * <p>An offset is the index of the next event. Works in one process only: the pace begins with it.
 */
final class PacedSource implements Source {
    private static final long NOTHING_WANTED = -1;

    private final EvenPace pace;
    private final LatencyRecorder recorder;
    private volatile long wanted = NOTHING_WANTED;
    private volatile boolean closed;
    private @Nullable Thread waker;

    /** @param recorder told which events a batch takes */
    PacedSource(EvenPace pace, LatencyRecorder recorder) {
        this.pace = pace;
        this.recorder = recorder;
    }

    @Override
    public Schema schema() {
        return EventSource.SCHEMA;
    }

    @Override
    public String description() {
        return pace.count() + " events, " + pace.rate() + " a second";
    }

    @Override
    public Offset initial() {
        return new Offset("0");
    }

    @Override
    public Offset latest(Offset start, ReadLimit limit) {
        long from = index(start);
        long now = System.nanoTime();
        long to = Math.min(pace.dueBy(now), from + Math.min(limit.maxRows(), pace.count()));
        if (to <= from) {
            wanted = from;
            LockSupport.unpark(waker);
            return start;
        }
        recorder.batchBegins(now);
        return new Offset(Long.toString(to));
    }

    @Override
    public List<EventSource.Range> splits(Offset start, Offset end, int parallelism) {
        long from = index(start);
        long to = index(end);
        recorder.batchTakes(from, to);
        return List.of(new EventSource.Range(from, to));
    }

    @Override
    public SplitReader reader(Split split, ReadContext context) {
        return new EventReader(pace, (EventSource.Range) split, context);
    }

    @Override
    public void stopAtAvailable() {
        throw new IllegalStateException("a paced source has no end to stop at; run it with the default trigger");
    }

    @Override
    public void onNewData(Runnable wake) {
        Thread thread = new Thread(() -> wakeWhenDue(wake), "bench-pace");
        thread.setDaemon(true);
        waker = thread;
        thread.start();
    }

    private void wakeWhenDue(Runnable wake) {
        while (!closed) {
            long next = wanted;
            if (next == NOTHING_WANTED || next >= pace.count()) {
                LockSupport.park(this);
                continue;
            }
            long nanos = pace.dueNanos(next) - System.nanoTime();
            if (nanos > 0) {
                LockSupport.parkNanos(this, nanos);
            } else {
                wanted = NOTHING_WANTED; // before the wake: the query sets it again when it finds nothing
                wake.run();
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(waker);
    }

    private static long index(Offset offset) {
        return Long.parseLong(offset.text());
    }
}
