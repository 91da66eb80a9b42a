package io.rivulet.bench;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.window;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.bench.connector.LatencyRecorder;
import io.rivulet.bench.connector.PacedConnector;
import io.rivulet.bench.workload.EvenPace;
import io.rivulet.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The program that {@code bench idle} watches: a durable windowed query over CSV files and a source in the program, both
 * of which never have anything.
 */
final class IdleProgram {
    /** The word before the result. */
    static final String RESULT = "cpuPercent";

    private IdleProgram() {}

    /**
     * Starts the query, lets it settle, and prints {@code cpuPercent P}: of a core, by the whole process.
     *
     * @param arguments an empty directory, seconds to settle, seconds to measure
     */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Path input = Files.createDirectories(directory.resolve("input"));
        EvenPace nothing = new EvenPace(Workload.W1.events(1000), 1, 0, 0, System.nanoTime());
        LatencyRecorder recorder = new LatencyRecorder(nothing, 0, () -> 0);
        try (Engine engine = Engine.builder()
                .connector(PacedConnector.checksum(nothing, recorder, (batchId, rows) -> {}))
                .build()) {
            DataFrame files = engine.readStream()
                    .format("csv")
                    .schema("ts TIMESTAMP, key BIGINT, value DOUBLE, kind INT")
                    .load(input.toString());
            DataFrame program =
                    engine.readStream().format(PacedConnector.FORMAT).load();
            StreamingQuery query = files.union(program)
                    .withWatermark("ts", "5 seconds")
                    .groupBy(window(col("ts"), "10 seconds"), col("key"))
                    .agg(count("*").as("count"))
                    .writeStream()
                    .format("noop")
                    .outputMode("update")
                    .checkpoint(directory.resolve("checkpoint"))
                    .start();
            query.processAllAvailable();
            stays(query, Long.parseLong(arguments[1]));
            long cpuBefore = ProcessFigures.cpuNanos();
            long before = System.nanoTime();
            stays(query, Long.parseLong(arguments[2]));
            double nanos = System.nanoTime() - before;
            System.out.println(RESULT + " " + 100 * (ProcessFigures.cpuNanos() - cpuBefore) / nanos);
        }
    }

    private static void stays(StreamingQuery query, long seconds) {
        if (query.awaitTermination(Duration.ofSeconds(seconds))) {
            throw new IllegalStateException("the query ended, though nothing told it to");
        }
    }
}
