package io.rivulet.bench.kernel;

import io.rivulet.Engine;
import io.rivulet.Ingest;
import io.rivulet.StreamingQuery;
import io.rivulet.streaming.Trigger;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Pushing records of two longs, a double and a text into an ingest that a running query reads on one thread. Pushes wait
 * for room, so a figure is what comes out at the other end, too. One operation is one record; what is allocated per
 * record is its future, its share of the columns it is handed over in, and the query's share of a batch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class IngestBenchmark {
    private static final int LIST = 100;
    private static final int FIRST = 10_000;

    /** What is pushed; every one counts the same in the sums that are checked. */
    record Order(long account, long units, double price, String symbol) {}

    /** Milliseconds between batches; with 0 one begins as soon as there is something to read. */
    @Param({"0", "5"})
    public long triggerMillis;

    private final TotalsSink sink = new TotalsSink();
    private Engine engine = Engine.builder().parallelism(1).build();
    private Ingest<Order> orders = engine.ingest("orders", Order.class);
    private StreamingQuery query = start();

    /** The records of one pusher. */
    @State(Scope.Thread)
    public static class Pusher {
        private final Order[] made = new Order[1024];
        private int next;

        /** Makes them. */
        public Pusher() {
            for (int i = 0; i < made.length; i++) {
                made[i] = new Order(i, 1L << 40, 0.5, "SYMBOL" + (i & 1) + "x");
            }
        }

        Order next() {
            next = (next + 1) & (made.length - 1);
            return made[next];
        }

        List<Order> list() {
            next = (next + LIST) % (made.length - LIST);
            return Arrays.asList(made).subList(next, next + LIST);
        }
    }

    private StreamingQuery start() {
        Trigger trigger =
                triggerMillis == 0 ? Trigger.asap() : Trigger.processingTime(Duration.ofMillis(triggerMillis));
        return orders.toDF().writeStream().trigger(trigger).sink(sink).start();
    }

    /** Begins afresh with the trigger, and checks what comes out at the other end. */
    @Setup(Level.Trial)
    public void open() {
        query.stop();
        engine.close();
        engine = Engine.builder().parallelism(1).build();
        orders = engine.ingest("orders", Order.class);
        query = start();
        Pusher pusher = new Pusher();
        CompletableFuture<Void> last = orders.push(pusher.next());
        for (int i = 1; i < FIRST; i++) {
            last = orders.push(pusher.next());
        }
        last.join();
        if (sink.rows() != FIRST) {
            throw new IllegalStateException("of " + FIRST + " records " + sink.rows() + " came out");
        }
        check();
    }

    /** Waits for the rest and checks it. */
    @TearDown(Level.Trial)
    public void close() {
        query.processAllAvailable();
        check();
        if (orders.pendingRecords() != 0) {
            throw new IllegalStateException(orders.pendingRecords() + " records are left");
        }
        engine.close();
    }

    private void check() {
        if (sink.units() != sink.rows() << 40
                || sink.price() != 0.5 * sink.rows()
                || sink.symbolBytes() != 8 * sink.rows()) {
            throw new IllegalStateException("the " + sink.rows() + " records that came out are others: " + sink);
        }
    }

    /** By one thread, record by record. */
    @Benchmark
    @Threads(1)
    public CompletableFuture<Void> pushByOne(Pusher pusher) {
        return orders.push(pusher.next());
    }

    /** By two threads, record by record. */
    @Benchmark
    @Threads(2)
    public CompletableFuture<Void> pushByTwo(Pusher pusher) {
        return orders.push(pusher.next());
    }

    /** By one thread, a hundred at a time. */
    @Benchmark
    @Threads(1)
    @OperationsPerInvocation(LIST)
    public CompletableFuture<Void> pushAllByOne(Pusher pusher) {
        return orders.pushAll(pusher.list());
    }
}
