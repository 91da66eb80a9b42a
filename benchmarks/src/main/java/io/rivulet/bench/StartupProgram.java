package io.rivulet.bench;

import static io.rivulet.Functions.avg;
import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.max;
import static io.rivulet.Functions.sum;
import static io.rivulet.Functions.window;

import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.bench.connector.EventConnector;
import io.rivulet.bench.workload.Answer;
import io.rivulet.bench.workload.Question;
import io.rivulet.bench.workload.Workload;
import io.rivulet.streaming.Trigger;
import java.nio.file.Path;

/** The program whose start {@code bench startup} measures: W1 in update mode, 1000 keys, 10 000 events, durable. */
final class StartupProgram {
    private static final long KEYS = 1000;
    private static final long EVENTS = 10_000;

    private StartupProgram() {}

    /**
     * Runs the query to its end and prints a line at the first row.
     *
     * @param arguments the checkpoint directory
     */
    public static void main(String[] arguments) {
        Path checkpoint = Path.of(arguments[0]);
        Answer[] total = {Answer.NONE};
        WorkloadRun run = new WorkloadRun(
                Question.of(Workload.W1, KEYS), EVENTS, 2, WorkloadRun.FEW_BATCHES, checkpoint, (batchId, rows) -> {
                    if (total[0].rows() == 0 && rows.rows() > 0) {
                        System.out.println("first rows: " + rows.rows());
                        System.out.flush();
                    }
                    total[0] = total[0].plus(rows);
                });
        try (Engine engine = Engine.builder().connector(new EventConnector(run)).build()) {
            StreamingQuery query = engine.readStream()
                    .format(EventConnector.FORMAT)
                    .load()
                    .withWatermark("ts", "5 seconds")
                    .groupBy(window(col("ts"), "10 seconds"), col("key"))
                    .agg(
                            count("*").as("count"),
                            sum("value").as("sum"),
                            avg("value").as("avg"),
                            max("value").as("max"))
                    .select(col("window.start"), col("key"), col("count"), col("sum"), col("avg"), col("max"))
                    .writeStream()
                    .format(EventConnector.FORMAT)
                    .outputMode("update")
                    .trigger(Trigger.availableNow())
                    .checkpoint(checkpoint)
                    .start();
            query.awaitTermination();
        }
        if (total[0].rows() != KEYS) {
            throw new IllegalStateException("expected a row for each of " + KEYS + " keys, got " + total[0].rows());
        }
    }
}
