package io.rivulet.bench;

import static io.rivulet.Functions.avg;
import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.lit;
import static io.rivulet.Functions.max;
import static io.rivulet.Functions.sum;
import static io.rivulet.Functions.window;

import io.rivulet.DataFrame;
import io.rivulet.DataStreamWriter;
import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.bench.connector.EventConnector;
import io.rivulet.bench.workload.Question;
import io.rivulet.bench.workload.Workload;
import io.rivulet.streaming.QueryProgress;
import io.rivulet.streaming.Trigger;

/** The workloads as a user of the engine writes them. */
public final class RivuletWorkloadEngine implements WorkloadEngine {
    private static final long GROUPS_OF_LARGE_STATE = 100_000;
    private static final long ROWS_WITH_LARGE_STATE = 8_000_000;
    private static final long ROWS = 4_000_000;

    @Override
    public EngineCost run(WorkloadRun run) {
        try (Engine engine = Engine.builder()
                .parallelism(run.threads())
                .connector(new EventConnector(run))
                .build()) {
            DataFrame events = engine.readStream().format(EventConnector.FORMAT).load();
            DataStreamWriter writer = result(run, events)
                    .writeStream()
                    .format(EventConnector.FORMAT)
                    .outputMode("append")
                    .trigger(Trigger.availableNow())
                    .option("flushAtEnd", true)
                    .option("progressHistory", Integer.MAX_VALUE)
                    .option("maxRowsPerBatch", batchRows(run));
            if (run.checkpoint() != null) {
                writer.checkpoint(run.checkpoint());
            }
            StreamingQuery query = writer.start();
            query.awaitTermination();
            return new EngineCost(
                    query.recentProgress().stream()
                            .map(QueryProgress::batchId)
                            .distinct()
                            .count(),
                    query.checkpointBytesWritten());
        }
    }

    /** Large enough that a batch is worth its commit, small enough for several commits a second. */
    private static long batchRows(WorkloadRun run) {
        long slices = run.workload() == Workload.W2
                ? Question.WINDOW_MILLIS / run.question().slideMillis()
                : 1;
        long rows = run.events().keys() * slices > GROUPS_OF_LARGE_STATE ? ROWS_WITH_LARGE_STATE : ROWS;
        return Math.max(1, Math.min(rows, run.count() / run.leastBatches()));
    }

    private static DataFrame result(WorkloadRun run, DataFrame events) {
        return switch (run.workload()) {
            case W1 ->
                events.withWatermark("ts", "5 seconds")
                        .groupBy(window(col("ts"), "10 seconds"), col("key"))
                        .agg(
                                count("*").as("count"),
                                sum("value").as("sum"),
                                avg("value").as("avg"),
                                max("value").as("max"))
                        .select(col("window.start"), col("key"), col("count"), col("sum"), col("avg"), col("max"));
            case W2 ->
                events.withWatermark("ts", "5 seconds")
                        .groupBy(
                                window(
                                        col("ts"),
                                        Question.WINDOW_MILLIS + " milliseconds",
                                        run.question().slideMillis() + " milliseconds"),
                                col("key"))
                        .agg(count("*").as("count"), sum("value").as("sum"))
                        .select(col("window.start"), col("key"), col("count"), col("sum"));
            case W3 ->
                events.filter(col("kind").equalTo(1))
                        .select(col("value").multiply(lit(2)).plus(col("key")).as("result"));
        };
    }
}
