package io.rivulet.bench.connector;

import io.rivulet.bench.workload.EvenPace;
import java.util.concurrent.CountDownLatch;

/**
 * Notes how long each event took from its due time until its batch was committed. Events that are due before the
 * warm-up is over are not counted. Used by the query's thread, until {@link #done} is open; then by whoever asks.
 */
public final class LatencyRecorder {
    /** Tells how many bytes the calling thread has allocated so far. */
    public interface AllocatedBytes {
        long now();
    }

    private final EvenPace pace;
    private final long firstCounted;
    private final AllocatedBytes allocated;
    private final LatencyHistogram histogram = new LatencyHistogram();
    private final CountDownLatch done = new CountDownLatch(1);
    private long begunNanos;
    private long from;
    private long to;
    private long batches;
    private long batchNanos;
    private long firstAllocated;
    private long lastAllocated;

    /**
     * A recorder that has seen nothing.
     *
     * @param firstCounted the first event that is not warm-up
     */
    public LatencyRecorder(EvenPace pace, long firstCounted, AllocatedBytes allocated) {
        this.pace = pace;
        this.firstCounted = firstCounted;
        this.allocated = allocated;
    }

    void batchBegins(long nanos) {
        begunNanos = nanos;
    }

    void batchTakes(long first, long behind) {
        from = first;
        to = behind;
    }

    /** The sink has committed the batch. */
    void committed() {
        long now = System.nanoTime();
        for (long i = Math.max(from, firstCounted); i < to; i++) {
            histogram.add(now - pace.dueNanos(i));
        }
        if (from >= firstCounted) {
            if (batches == 0) {
                firstAllocated = allocated.now();
            }
            batches++;
            batchNanos += now - begunNanos;
            lastAllocated = allocated.now();
        }
        from = to;
        if (to >= pace.count()) {
            done.countDown();
        }
    }

    /** Open once all events are committed. */
    public CountDownLatch done() {
        return done;
    }

    /** The counted events' latencies. */
    public LatencyHistogram latencies() {
        return histogram;
    }

    /** Batches of counted events only. */
    public long batches() {
        return batches;
    }

    /** From asking the source to the commit of the sink, in milliseconds. */
    public double meanBatchMillis() {
        return batches == 0 ? 0 : batchNanos / 1e6 / batches;
    }

    /** What the query's thread allocates from one commit to the next, in bytes. */
    public double allocatedPerBatch() {
        return batches < 2 ? 0 : (double) (lastAllocated - firstAllocated) / (batches - 1);
    }
}
