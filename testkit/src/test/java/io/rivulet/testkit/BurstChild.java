package io.rivulet.testkit;

import io.rivulet.DataFrame;
import io.rivulet.DataStreamWriter;
import io.rivulet.Engine;
import io.rivulet.Ingest;
import io.rivulet.StreamingQuery;
import io.rivulet.streaming.QueryProgress;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The process of {@link BurstTest}: a query whose sink takes a fixed number of rows a second, and a source that is given
 * fifty times as many for a while. Arguments: {@code ingest} or {@code files}, its directory, the rows a second that the
 * sink takes, the seconds of the burst, and the wanted milliseconds of a batch. Prints one line of figures, {@code
 * name=value}, times in milliseconds.
 */
final class BurstChild {
    record Event(long id, String text) {}

    private static final int TIMES = 50;
    private static final int PUSHERS = 2;
    private static final int LIST = 100;
    private static final int PROBES = 40;
    private static final int FIRST_BATCHES = 5;
    private static final long NANOS = 1_000_000_000;

    private final String kind;
    private final Path directory;
    private final long rate;
    private final long burst;
    private final long target;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong sum = new AtomicLong();
    private final AtomicLong mostPending = new AtomicLong();

    private BurstChild(String[] arguments) {
        kind = arguments[0];
        directory = Path.of(arguments[1]);
        rate = Long.parseLong(arguments[2]);
        burst = (long) (TIMES * rate * Double.parseDouble(arguments[3]));
        target = Long.parseLong(arguments[4]);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        BurstChild child = new BurstChild(arguments);
        out.println(child.kind.equals("ingest") ? child.pushed() : child.files());
    }

    /** A sink that takes {@link #rate} rows a second. */
    private DataStreamWriter slowly(DataFrame events) {
        return events.writeStream()
                .foreachBatch((batch, batchId) -> {
                    long end = System.nanoTime();
                    long[] ids = batch.selectExpr("id").collectBatches().stream()
                            .flatMapToLong(columns -> java.util.stream.IntStream.range(0, columns.rowCount())
                                    .mapToLong(i -> (Long) java.util.Objects.requireNonNull(
                                            columns.row(i).get(0))))
                            .toArray();
                    rows.addAndGet(ids.length);
                    sum.addAndGet(Arrays.stream(ids).sum());
                    end += ids.length * NANOS / rate;
                    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                })
                .option("targetBatchDuration", target + " ms")
                .option("progressHistory", 100_000)
                .checkpoint(directory.resolve("checkpoint"));
    }

    private String pushed() throws InterruptedException {
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            Ingest<Event> events = engine.ingest("events", Event.class);
            StreamingQuery query = slowly(events.frame()).start();
            AtomicLong next = new AtomicLong();
            long before = latency(events, next);
            long begun = System.nanoTime();
            List<Thread> pushers = new ArrayList<>();
            for (int p = 0; p < PUSHERS; p++) {
                Thread pusher = new Thread(() -> push(events, next));
                pushers.add(pusher);
                pusher.start();
            }
            for (Thread pusher : pushers) {
                pusher.join();
            }
            query.processAllAvailable();
            long took = System.nanoTime() - begun;
            List<QueryProgress> batches = query.recentProgress();
            latency(events, next); // the time to get back to normal
            long after = latency(events, next);
            query.processAllAvailable();
            return "offered=" + next.get() + " committed=" + rows.get() + " sumIsRight="
                    + (sum.get() == next.get() * (next.get() - 1) / 2) + " burst=" + burst + " took=" + millis(took)
                    + durations(batches) + " latencyBefore=" + millis(before) + " latencyAfter=" + millis(after)
                    + " mostPending=" + mostPending.get() + " lost=" + events.lostRecords() + heap();
        }
    }

    private void push(Ingest<Event> events, AtomicLong next) {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (long i = 0; i < burst / PUSHERS / LIST; i++) {
            long from = next.getAndAdd(LIST);
            List<Event> list = new ArrayList<>();
            for (long id = from; id < from + LIST; id++) {
                list.add(new Event(id, "event " + id));
            }
            last = events.pushAll(list);
            mostPending.accumulateAndGet(events.pendingRecords(), Math::max);
        }
        last.join();
    }

    /** The median time from push to commit of single records, in nanoseconds. */
    private static long latency(Ingest<Event> events, AtomicLong next) {
        long[] nanos = new long[PROBES];
        for (int i = 0; i < PROBES; i++) {
            long id = next.getAndIncrement();
            long begun = System.nanoTime();
            events.push(new Event(id, "probe " + id)).join();
            nanos[i] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return nanos[PROBES / 2];
    }

    private String files() throws IOException {
        Path input = Files.createDirectories(directory.resolve("in"));
        long perFile = Math.max(1, burst / TIMES);
        for (int f = 0; f < TIMES; f++) {
            try (BufferedWriter file = Files.newBufferedWriter(input.resolve("part-" + f + ".csv"))) {
                for (long id = f * perFile; id < (f + 1) * perFile; id++) {
                    file.write(id + ",event " + id + "\n");
                }
            }
        }
        try (Engine engine = Engine.builder().parallelism(2).build()) {
            StreamingQuery query = slowly(engine.readStream()
                            .schema("id BIGINT, text STRING")
                            .option("header", false)
                            .csv(input.toString()))
                    .start();
            long begun = System.nanoTime();
            query.processAllAvailable();
            long took = System.nanoTime() - begun;
            long all = TIMES * perFile;
            return "offered=" + all + " committed=" + rows.get() + " sumIsRight="
                    + (sum.get() == all * (all - 1) / 2) + " burst=" + burst + " took=" + millis(took)
                    + durations(query.recentProgress()) + heap();
        }
    }

    /** Of the batches of the burst: how many, the median and the longest. The first few look for the rate. */
    private static String durations(List<QueryProgress> batches) {
        long[] full = batches.stream()
                .filter(batch -> batch.numInputRows() >= LIST)
                .skip(FIRST_BATCHES)
                .mapToLong(QueryProgress::batchDuration)
                .sorted()
                .toArray();
        return " batches=" + batches.size() + " fullBatches=" + full.length + " medianBatch=" + full[full.length / 2]
                + " longestBatch=" + full[full.length - 1];
    }

    /** The most that was alive after a collection of a heap pool, in MB. */
    private static String heap() {
        long alive = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null) {
                alive += pool.getCollectionUsage().getUsed();
            }
        }
        return " heapAfterCollection=" + (alive >> 20) + " heapMost="
                + (Runtime.getRuntime().maxMemory() >> 20);
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
