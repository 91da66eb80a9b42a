package io.rivulet.examples;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.max;
import static io.rivulet.Functions.window;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.streaming.QueryProgress;
import io.rivulet.streaming.Trigger;
import io.rivulet.vector.Row;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Earthquakes in the order in which they were reported, which is not the order in which they happened: most reports come
 * within hours, some are revised days later. For every network of stations and every 24 hours, sliding by 6, the number
 * of quakes and the strongest one, once the time is over, exactly once into CSV files; reports that come too late for
 * that go to a directory of their own.
 *
 * <p>It goes on where it stopped when it is started again with the same directory.
 */
public final class Earthquakes {
    private static final String COLUMNS = "updated TIMESTAMP, occurred TIMESTAMP, magnitude DOUBLE,"
            + " magnitude_type STRING, depth_km DOUBLE, latitude DOUBLE, longitude DOUBLE, network STRING,"
            + " type STRING, place STRING";

    private static final int ROWS_PER_BATCH = 100;
    private static final int SHOWN_ROWS = 5;
    private static final int SHOWN_WIDTH = 40;

    private final Engine engine;
    private final String input;
    private final Path directory;

    /**
     * A job that is not yet running.
     *
     * @param input a CSV file of quakes ordered by their report, or a directory or glob of such files
     * @param directory where results, late reports and the checkpoint go
     */
    public Earthquakes(Engine engine, String input, Path directory) {
        this.engine = engine;
        this.input = input;
        this.directory = directory;
    }

    /**
     * Reports by how they came.
     *
     * @param onTime later than every one before
     * @param old earlier than one before, and counted all the same
     * @param late written to the late rows, because all windows of their time were over
     */
    public record Summary(long onTime, long old, long late) {
        /** For people. */
        public String text() {
            return String.format(
                    "%d reports: %d in order, %d old but in time, %d late%n", onTime + old + late, onTime, old, late);
        }
    }

    /**
     * Starts writing windows that are over to {@code <directory>/quakes} and late reports to {@code <directory>/late}.
     *
     * @param rowsPerBatch the most reports that one micro-batch takes
     * @param trigger {@code Trigger.availableNow()} to end when all are read
     */
    public StreamingQuery start(int rowsPerBatch, Trigger trigger) {
        DataFrame quakes = engine.readStream()
                .schema(COLUMNS)
                .option("header", true)
                .option("maxRowsPerTrigger", rowsPerBatch)
                .csv(input);
        return quakes.withWatermark("occurred", "6 hours")
                .groupBy(window(col("occurred"), "24 hours", "6 hours"), col("network"))
                .agg(count("*").as("quakes"), max("magnitude").as("strongest"))
                .select(
                        col("window.start").as("from"),
                        col("window.end").as("to"),
                        col("network"),
                        col("quakes"),
                        col("strongest"))
                .writeStream()
                .queryName("earthquakes")
                .outputMode("append")
                .trigger(trigger)
                .format("csv")
                .option("header", true)
                .lateRows("csv", directory.resolve("late").toString(), Map.of("header", "true"))
                .checkpoint(directory.resolve("checkpoint"))
                .start(directory.resolve("quakes").toString());
    }

    /** How the reports came, once the query has read all of them. */
    public Summary summary() {
        Instant newest = Instant.MIN;
        long onTime = 0;
        long older = 0;
        for (Row row : engine.read()
                .schema(COLUMNS)
                .option("header", true)
                .csv(input)
                .select("occurred")
                .collect()) {
            Instant occurred = (Instant) Objects.requireNonNull(row.get(0));
            if (occurred.isBefore(newest)) {
                older++;
            } else {
                newest = occurred;
                onTime++;
            }
        }
        long late = engine.read()
                .schema("occurred TIMESTAMP")
                .option("header", true)
                .csv(directory.resolve("late").toString())
                .count();
        return new Summary(onTime, older - late, late);
    }

    /** The strongest quakes of the windows that are over, and some of the reports that came too late for theirs. */
    private void show(PrintWriter out) {
        out.println("Strongest, of the windows that are over:");
        out.print(engine.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(directory.resolve("quakes").toString())
                .sort(col("strongest").desc(), col("from"), col("network"))
                .showString(SHOWN_ROWS, 0));
        out.println("Late reports, with the watermark that refused them:");
        out.print(engine.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(directory.resolve("late").toString())
                .select("watermark", "updated", "occurred", "magnitude", "place")
                .sort(col("occurred"))
                .showString(SHOWN_ROWS, SHOWN_WIDTH));
    }

    private static void tell(QueryProgress batch, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "batch %2d: %4d reports, %3d late, %3d windows given out, watermark %s%n",
                batch.batchId(),
                batch.numInputRows(),
                batch.stateOperators().get(0).numRowsDroppedByWatermark(),
                batch.sink().numOutputRows(),
                batch.eventTime().get("watermark"));
    }

    /** Reads all reports there are, a hundred a batch, as {@link Example.Program} has it. */
    static void run(Path directory, Path data, PrintWriter out) {
        try (Engine engine = Engine.create()) {
            Earthquakes job =
                    new Earthquakes(engine, data.resolve("earthquakes.csv").toString(), directory);
            StreamingQuery query = job.start(ROWS_PER_BATCH, Trigger.availableNow());
            query.awaitTermination();
            if (query.recentProgress().isEmpty()) {
                out.println("The checkpoint has all reports already; these are its results.");
            }
            query.recentProgress().forEach(batch -> tell(batch, out));
            out.println();
            job.show(out);
            out.print(job.summary().text());
            out.println("Windows that are over are in " + directory.resolve("quakes") + ", late reports in "
                    + directory.resolve("late") + ".");
        }
    }

    /** Runs the job over the quakes in a directory of data: {@code Earthquakes <examples/data> <directory>}. */
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        run(Path.of(args[1]), Path.of(args[0]), out);
    }
}
