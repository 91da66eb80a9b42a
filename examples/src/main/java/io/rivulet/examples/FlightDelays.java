package io.rivulet.examples;

import static io.rivulet.Functions.avg;
import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.round;
import static io.rivulet.Functions.when;
import static io.rivulet.Functions.window;

import io.rivulet.DataFrame;
import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.streaming.Trigger;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * How late are flights? Two queries over one stream of flights, each with its own checkpoint:
 *
 * <ul>
 *   <li>{@link #startDelays}: per airport and week the number of flights, the mean delay and the share of late ones; in
 *       append mode each week is written once, when it is over, exactly once into CSV files;
 *   <li>{@link #startBusiest}: the same numbers in update mode, as they change, into a table of the newest week.
 * </ul>
 *
 * Both go on where they stopped when they are started again with the same directory.
 */
public final class FlightDelays {
    /** A flight is late when its delay is above this, in minutes; the industry's limit. */
    private static final int LATE_MINUTES = 15;

    private final DataFrame flights;
    private final Path directory;
    private final Trigger trigger;

    /**
     * A job that is not yet running.
     *
     * @param input a CSV file of flights, or a directory or glob of such files
     * @param directory where results and checkpoints go
     * @param rowsPerBatch the most flights that one micro-batch takes
     * @param trigger {@code Trigger.availableNow()} to end when all flights are read
     */
    public FlightDelays(Engine engine, String input, Path directory, int rowsPerBatch, Trigger trigger) {
        this.flights = engine.readStream()
                .schema("scheduled TIMESTAMP, delay_minutes INT, distance_miles INT, origin STRING, destination STRING")
                .option("header", true)
                .option("maxRowsPerTrigger", rowsPerBatch)
                .csv(input);
        this.directory = directory;
        this.trigger = trigger;
    }

    /** Flights per week and airport of origin. Rows may come a day late; a week is over a day after its end. */
    private DataFrame weekly() {
        return flights.withWatermark("scheduled", "1 day")
                .groupBy(window(col("scheduled"), "7 days"), col("origin"))
                .agg(
                        count("*").as("flights"),
                        avg("delay_minutes").as("mean_delay"),
                        avg(when(col("delay_minutes").gt(LATE_MINUTES), 1.0).otherwise(0.0))
                                .as("late_share"))
                .select(
                        col("window.start").as("week"),
                        col("origin"),
                        col("flights"),
                        round(col("mean_delay"), 2).as("mean_delay"),
                        round(col("late_share"), 4).as("late_share"));
    }

    /** Starts writing weeks that are over to {@code <directory>/delays}. */
    public StreamingQuery startDelays() {
        return weekly().writeStream()
                .queryName("delays")
                .outputMode("append")
                .trigger(trigger)
                .format("csv")
                .option("header", true)
                .checkpoint(directory.resolve("checkpoints").resolve("delays"))
                .start(directory.resolve("delays").toString());
    }

    /**
     * Starts keeping a table of the newest week in {@code <directory>/busiest.csv}. A batch may come twice after a
     * crash; the table is not changed by that, because rows replace rows of the same airport.
     *
     * @param onChange is given the table after every batch, by the query's thread
     */
    public StreamingQuery startBusiest(Consumer<BusiestAirports> onChange) {
        BusiestAirports table = BusiestAirports.load(directory.resolve("busiest.csv"));
        return weekly().writeStream()
                .queryName("busiest")
                .outputMode("update")
                .trigger(trigger)
                .foreachBatch((batch, batchId) -> {
                    table.update(batch.collect());
                    table.save();
                    onChange.accept(table);
                })
                .checkpoint(directory.resolve("checkpoints").resolve("busiest"))
                .start();
    }

    /** Runs the job over all flights there are: {@code FlightDelays <input> <directory>}. */
    public static void main(String[] args) {
        Path directory = Path.of(args[1]);
        try (Engine engine = Engine.create()) {
            FlightDelays job = new FlightDelays(engine, args[0], directory, 500, Trigger.availableNow());
            StreamingQuery delays = job.startDelays();
            StreamingQuery busiest = job.startBusiest(table -> {});
            delays.awaitTermination();
            busiest.awaitTermination();
        }
        System.out.print(BusiestAirports.load(directory.resolve("busiest.csv")).text(10));
    }
}
