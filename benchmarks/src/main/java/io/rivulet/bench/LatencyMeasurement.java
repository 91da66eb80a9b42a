package io.rivulet.bench;

import static io.rivulet.Functions.avg;
import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.lit;
import static io.rivulet.Functions.max;
import static io.rivulet.Functions.sum;
import static io.rivulet.Functions.window;

import com.sun.management.ThreadMXBean;
import io.rivulet.DataFrame;
import io.rivulet.DataStreamWriter;
import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.bench.connector.LatencyHistogram;
import io.rivulet.bench.connector.LatencyRecorder;
import io.rivulet.bench.connector.PacedConnector;
import io.rivulet.bench.connector.UpsertSink;
import io.rivulet.bench.workload.EvenPace;
import io.rivulet.bench.workload.FilterLoop;
import io.rivulet.bench.workload.Workload;
import io.rivulet.time.Clock;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Offers events at an even pace to a running query and measures how long each takes from its due time until its batch is
 * committed. The events' due times are fixed beforehand, so an event that had to wait because the query was busy has
 * waited for as long as it would have in the world.
 */
final class LatencyMeasurement {
    private static final long MICROS_PER_WINDOW = 10_000_000;
    private static final long HEAD_START_NANOS = 200_000_000;
    private static final long GRACE_SECONDS = 60;

    /**
     * What to measure.
     *
     * @param workload W1 (in update mode) or W3
     * @param rate events per second
     * @param seconds how long events are counted
     * @param warmUpSeconds how long before that they are offered without being counted
     * @param directory where a durable run's checkpoint is made, null for a temporary place
     */
    record Request(
            Workload workload,
            long keys,
            long rate,
            int seconds,
            int warmUpSeconds,
            boolean durable,
            @Nullable Path directory) {}

    /** What was found. */
    record Report(String json, boolean resultOk) {}

    private final Request request;
    private final PrintWriter progress;
    private final EvenPace pace;
    private final LatencyRecorder recorder;
    private final CommittedAnswers committed = new CommittedAnswers();
    private @Nullable UpsertSink upserts;

    LatencyMeasurement(Request request, PrintWriter progress) {
        this.request = request;
        this.progress = progress;
        long warmUp = request.warmUpSeconds() * request.rate();
        pace = new EvenPace(
                request.workload().events(request.keys()),
                request.rate(),
                warmUp + request.seconds() * request.rate(),
                Clock.system().wallMicros() + HEAD_START_NANOS / 1000,
                System.nanoTime() + HEAD_START_NANOS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        recorder = new LatencyRecorder(pace, warmUp, threads::getCurrentThreadAllocatedBytes);
    }

    /** Takes as long as the warm-up and the seconds asked for. */
    Report run() throws IOException {
        try (ScratchDirectory scratch = ScratchDirectory.create(request.directory())) {
            if (request.durable()) {
                DiskProbe disk = DiskProbe.measure(scratch.path());
                say("checkpoint in %s: %s", scratch.path(), disk);
                if (disk.inMemory()) {
                    say("warning: %s keeps nothing through a power loss; choose a disk with --dir", disk.fileSystem());
                }
            }
            say("%d s of warm-up, %d s at %,d events/s", request.warmUpSeconds(), request.seconds(), request.rate());
            long bytes = offer(request.durable() ? scratch.fresh("checkpoint") : null);
            if (request.durable()) {
                say("afterwards: %s", DiskProbe.measure(scratch.path()));
            }
            say(
                    "per batch: %.1f events, %.0f bytes allocated by the query's thread, %.0f bytes of checkpoint",
                    recorder.latencies().count() / (double) Math.max(1, recorder.batches()),
                    recorder.allocatedPerBatch(),
                    bytes / (double) Math.max(1, recorder.batches()));
            boolean resultOk = request.workload() == Workload.W1 ? windowsAreRight() : rowsAreRight();
            return new Report(json(resultOk), resultOk);
        }
    }

    /** Runs the query until every event is committed; gives the bytes of its checkpoint. */
    private long offer(@Nullable Path checkpoint) {
        PacedConnector connector = request.workload() == Workload.W1
                ? PacedConnector.upserts(pace, recorder, sink -> upserts = sink)
                : PacedConnector.checksum(pace, recorder, committed);
        try (Engine engine = Engine.builder().connector(connector).build()) {
            DataFrame events = engine.readStream().format(PacedConnector.FORMAT).load();
            DataStreamWriter writer = result(events)
                    .writeStream()
                    .format(PacedConnector.FORMAT)
                    .outputMode(request.workload() == Workload.W1 ? "update" : "append");
            if (checkpoint != null) {
                writer.checkpoint(checkpoint);
            }
            StreamingQuery query = writer.start();
            long limit = System.nanoTime()
                    + TimeUnit.SECONDS.toNanos(request.warmUpSeconds() + request.seconds() + GRACE_SECONDS);
            while (!recorder.done().await(1, TimeUnit.SECONDS)) {
                if (!query.isActive()) {
                    query.awaitTermination(); // throws what it has failed for
                    throw new IllegalStateException("the query ended before the events did");
                }
                if (System.nanoTime() - limit > 0) {
                    throw new IllegalStateException("the query is more than " + GRACE_SECONDS
                            + " s behind; it does not keep up with " + request.rate() + " events a second here");
                }
            }
            query.processAllAvailable();
            long bytes = query.checkpointBytesWritten();
            query.stop();
            return bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during the measurement.", e);
        }
    }

    private DataFrame result(DataFrame events) {
        if (request.workload() == Workload.W3) {
            return events.filter(col("kind").equalTo(1))
                    .select(col("value").multiply(lit(2)).plus(col("key")).as("result"));
        }
        return events.withWatermark("ts", "5 seconds")
                .groupBy(window(col("ts"), "10 seconds"), col("key"))
                .agg(
                        count("*").as("count"),
                        sum("value").as("sum"),
                        avg("value").as("avg"),
                        max("value").as("max"))
                .select(col("window.start"), col("key"), col("count"), col("sum"), col("avg"), col("max"));
    }

    private boolean rowsAreRight() {
        var expected = new FilterLoop(pace.events()).run(pace.count(), 1);
        boolean right = committed.consistent() && committed.total().equals(expected);
        if (!right) {
            say("WRONG RESULT over %d events: loop %s, engine %s", pace.count(), expected, committed.total());
        }
        return right;
    }

    /** Compares the last row of each window and key with the events taken one by one. */
    private boolean windowsAreRight() {
        Map<UpsertSink.Key, double[]> expected = new HashMap<>();
        long[] key = new long[1];
        double[] value = new double[1];
        for (long i = 0; i < pace.count(); i++) {
            pace.events().fill(i, 1, null, key, value, null);
            long start = Math.floorDiv(pace.ts(i), MICROS_PER_WINDOW) * MICROS_PER_WINDOW;
            double[] group = expected.computeIfAbsent(
                    new UpsertSink.Key(start, key[0]), k -> new double[] {0, 0, Double.NEGATIVE_INFINITY});
            group[0]++;
            group[1] += value[0];
            group[2] = Math.max(group[2], value[0]);
        }
        Map<UpsertSink.Key, long[]> actual = upserts == null ? Map.of() : upserts.rows();
        long wrong = expected.entrySet().stream()
                .filter(group -> !isRow(actual.get(group.getKey()), group.getValue()))
                .count();
        boolean right = wrong == 0 && actual.size() == expected.size();
        if (!right) {
            say(
                    "WRONG RESULT: %d groups instead of %d, %d of these missing or wrong",
                    actual.size(), expected.size(), wrong);
        }
        return right;
    }

    private static boolean isRow(long @Nullable [] bits, double[] group) {
        return bits != null
                && bits[2] == (long) group[0]
                && Double.longBitsToDouble(bits[3]) == group[1]
                && Double.longBitsToDouble(bits[4]) == group[1] / group[0]
                && Double.longBitsToDouble(bits[5]) == group[2];
    }

    private String json(boolean resultOk) {
        LatencyHistogram latencies = recorder.latencies();
        return new JsonLine()
                .put("workload", request.workload().name())
                .put("rate", request.rate())
                .put("durable", request.durable())
                .put("p50Ms", latencies.percentileMillis(0.5))
                .put("p99Ms", latencies.percentileMillis(0.99))
                .put("p999Ms", latencies.percentileMillis(0.999))
                .put("maxMs", latencies.maxMillis())
                .put("batches", recorder.batches())
                .put("meanBatchMs", recorder.meanBatchMillis())
                .put("resultOk", resultOk)
                .end();
    }

    private void say(String format, Object... arguments) {
        progress.println(String.format(Locale.ROOT, format, arguments));
        progress.flush();
    }
}
