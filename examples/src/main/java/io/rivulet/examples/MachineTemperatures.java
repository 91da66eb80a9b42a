package io.rivulet.examples;

import static io.rivulet.Functions.avg;
import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.max;
import static io.rivulet.Functions.window;

import io.rivulet.Engine;
import io.rivulet.Ingest;
import io.rivulet.IngestOptions;
import io.rivulet.StreamingQuery;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Rivulet inside a program: readings of the machines of a hall are pushed as Java records, and come back as records,
 * one per machine and minute. The program stops in the middle and starts again with the same checkpoint; the ingest then
 * says which reading to push next, and no minute is lost or wrong.
 *
 * <p>Every reading has a sequence number, as the lines of a log or the messages of a queue have. It is the position that
 * is pushed with the reading and comes back as {@link Ingest#committedPosition}.
 */
public final class MachineTemperatures {
    /** What a sensor says. */
    public record Reading(Instant time, String machine, double celsius) {}

    /** A minute of a machine that is over. */
    public record Minute(Instant minute, String machine, long readings, double mean, double hottest) {}

    /** Above this a machine is worth a look. */
    private static final double HOT = 80;

    private static final Instant SHIFT_BEGINS = Instant.parse("2026-03-02T06:00:00Z");
    private static final List<String> MACHINES = List.of("lathe", "press", "saw");
    private static final int SECONDS_BETWEEN_READINGS = 2;
    private static final int MOST_SECONDS_LATE = 5;

    private MachineTemperatures() {}

    /**
     * The reading of a number: the machines take turns, warm up through the shift, and the press runs hot for five
     * minutes. Readings come up to five seconds out of order.
     */
    static Reading reading(long number) {
        long second = number * SECONDS_BETWEEN_READINGS - number * 7 % MOST_SECONDS_LATE;
        String machine = MACHINES.get((int) (number % MACHINES.size()));
        double celsius = 40 + number / 60.0 + number * 37 % 11;
        if (machine.equals("press") && second >= 600 && second < 900) {
            celsius += 30;
        }
        return new Reading(SHIFT_BEGINS.plusSeconds(second), machine, Math.round(celsius * 10) / 10.0);
    }

    /**
     * Pushes the readings from where the checkpoint stands up to a number, and returns when all of them are committed.
     *
     * @param until the number of the first reading that is not pushed
     * @param results is given each minute once it is over, by the query's thread
     * @return the number of the first reading that was pushed
     */
    static long push(Path checkpoint, long until, Consumer<Minute> results) {
        try (Engine engine = Engine.create()) {
            Ingest<Reading> readings = engine.ingest(
                    "readings",
                    Reading.class,
                    IngestOptions.defaults()
                            .eventTime("time", Duration.ofSeconds(MOST_SECONDS_LATE))
                            .journal(true)); // a batch that is run again after a crash is the same batch
            StreamingQuery query = readings.frame()
                    .groupBy(window(col("time"), "1 minute"), col("machine"))
                    .agg(
                            count("*").as("readings"),
                            avg("celsius").as("mean"),
                            max("celsius").as("hottest"))
                    .select(
                            col("window.start").as("minute"),
                            col("machine"),
                            col("readings"),
                            col("mean"),
                            col("hottest"))
                    .writeStream()
                    .outputMode("append")
                    .forEach(Minute.class, results::accept)
                    .checkpoint(checkpoint)
                    .start();
            long from = readings.committedPosition().orElse(-1) + 1;
            List<CompletableFuture<Void>> pushed = new ArrayList<>();
            for (long number = from; number < until; number++) {
                pushed.add(readings.push(reading(number), number)); // waits by itself when the query is behind
            }
            CompletableFuture.allOf(pushed.toArray(CompletableFuture[]::new)).join();
            query.stop();
            return from;
        }
    }

    /** Two runs over one checkpoint, as {@link Example.Program} has it. */
    static void run(Path directory, Path data, PrintWriter out) {
        Path checkpoint = directory.resolve("checkpoint");
        for (long until : new long[] {350, 700}) {
            List<Minute> minutes = new ArrayList<>();
            long from = push(checkpoint, until, minutes::add);
            if (from >= until) {
                out.println("Readings " + until + " and before are in the checkpoint already.");
                continue;
            }
            out.println("Pushed readings " + from + " to " + (until - 1) + "; " + minutes.size()
                    + " machine-minutes are over" + (minutes.isEmpty() ? "." : ", the last:"));
            minutes.stream().skip(Math.max(0, minutes.size() - 3)).forEach(minute -> out.println("  " + line(minute)));
            minutes.stream()
                    .filter(minute -> minute.hottest() > HOT)
                    .findFirst()
                    .ifPresent(minute -> out.println("  first above " + HOT + " °C: " + line(minute)));
        }
        out.println("The checkpoint is " + checkpoint + "; ./rivulet state prints it.");
        out.flush();
    }

    private static String line(Minute minute) {
        return String.format(
                Locale.ROOT,
                "%s  %s  %d readings, mean %.1f °C, hottest %.1f °C",
                minute.minute(),
                minute.machine(),
                minute.readings(),
                minute.mean(),
                minute.hottest());
    }

    /** Runs the example: {@code MachineTemperatures <directory>}. */
    public static void main(String[] args) {
        run(Path.of(args[0]), Path.of("data"), new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    }
}
