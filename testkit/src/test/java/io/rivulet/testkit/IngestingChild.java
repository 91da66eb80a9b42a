package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.sum;
import static io.rivulet.Functions.window;

import io.rivulet.DataStreamWriter;
import io.rivulet.Engine;
import io.rivulet.Ingest;
import io.rivulet.IngestOptions;
import io.rivulet.StreamingQuery;
import io.rivulet.expression.EvaluationMode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The process that {@link IngestKillTest} kills: pushes the records behind the committed position, one by one and in
 * lists, through a journaled ingest into CSV files. Arguments: its root directory, the shape of the query ({@code plain}
 * or {@code windowed}), the number of records there are, a kind of step of {@link PacedFiles} (or {@code any}, {@code
 * none}), and a number n. At the n-th step of that kind after the first push it says so and waits to be killed. Every
 * record whose future completes is printed with its position.
 */
final class IngestingChild {
    /** A record: one every second of event time. */
    record Reading(Instant time, long id, long value) {}

    private static final int ROWS_PER_BATCH = 40;
    private static final int CAPACITY = 100;

    private IngestingChild() {}

    static Reading reading(long id) {
        return new Reading(Instant.ofEpochSecond(id), id, id * 7 % 13);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what is attached to a future prints
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Path root = Path.of(arguments[0]);
        String kind = arguments[3];
        int wanted = Integer.parseInt(arguments[4]);
        AtomicInteger seen = new AtomicInteger();
        AtomicBoolean pushing = new AtomicBoolean();
        PacedFiles files = new PacedFiles(step -> {
            boolean counts = pushing.get() && (kind.equals("any") || kind.equals(step));
            if (counts && seen.incrementAndGet() == wanted) {
                out.println("NOW " + step);
                waitToBeKilled();
            }
        });
        try (Engine engine = Engine.builder()
                .parallelism(2)
                .evaluationMode(EvaluationMode.INTERPRETED)
                .fileAccess(files)
                .build()) {
            Ingest<Reading> readings = engine.ingest(
                    "readings",
                    Reading.class,
                    IngestOptions.defaults()
                            .capacityRows(CAPACITY)
                            .eventTime("time", Duration.ZERO)
                            .journal(true));
            StreamingQuery query = writer(readings, arguments[1])
                    .format("csv")
                    .option("header", false)
                    .option("maxRowsPerBatch", ROWS_PER_BATCH)
                    .checkpoint(root.resolve("checkpoint"))
                    .start(root.resolve("out").toString());
            long next = readings.committedPosition().orElse(-1) + 1;
            out.println("FROM " + next);
            pushing.set(true);
            long end = Long.parseLong(arguments[2]);
            List<CompletableFuture<Void>> futures = new ArrayList<>();
            while (next < end) {
                long size = Math.min(1 + next % 5, end - next);
                long last = next + size - 1;
                List<Reading> list = new ArrayList<>();
                for (; next <= last; next++) {
                    list.add(reading(next));
                }
                CompletableFuture<Void> future =
                        size == 1 ? readings.push(list.get(0), last) : readings.pushAll(list, last);
                futures.add(future.thenRun(() -> out.println("COMMITTED " + last)));
            }
            futures.forEach(CompletableFuture::join);
            query.processAllAvailable();
        }
        out.println("DONE");
    }

    private static DataStreamWriter writer(Ingest<Reading> readings, String shape) {
        if (shape.equals("plain")) {
            return readings.frame().select(col("id"), col("value")).writeStream();
        }
        return readings.frame()
                .groupBy(window(col("time"), "10 seconds"))
                .agg(count("*").as("n"), sum("value").as("total"))
                .selectExpr("unix_seconds(window.start) AS start", "n", "total")
                .writeStream();
    }

    private static void waitToBeKilled() {
        Object never = new Object();
        synchronized (never) {
            while (true) {
                try {
                    never.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("nobody interrupts it", e);
                }
            }
        }
    }
}
