package io.rivulet.cli;

import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.examples.BusiestAirports;
import io.rivulet.examples.FlightDelays;
import io.rivulet.streaming.QueryProgress;
import io.rivulet.streaming.Trigger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One run of the flight job, and what it shows of it. */
final class QuickstartRun {
    private static final int AIRPORTS = 10;

    /**
     * What to run.
     *
     * @param pace time from one batch to the next; null for as fast as it goes
     */
    record Settings(
            String input,
            Path directory,
            int rowsPerBatch,
            @Nullable Duration pace) {
        /** The same into another directory. */
        Settings into(Path other) {
            return new Settings(input, other, rowsPerBatch, pace);
        }

        /** The same as fast as it goes. */
        Settings unpaced() {
            return new Settings(input, directory, rowsPerBatch, null);
        }

        private Trigger trigger() {
            return pace == null ? Trigger.availableNow() : Trigger.processingTime(pace);
        }
    }

    private final Settings settings;
    private final Screen screen;

    QuickstartRun(Settings settings, Screen screen) {
        this.settings = settings;
        this.screen = screen;
    }

    /** Runs until all flights are read, showing progress, then says what there is. */
    void run() {
        long started = System.nanoTime();
        screen.print("Flights from " + settings.input() + ", " + settings.rowsPerBatch() + " a batch.\n");
        try (Engine engine = Engine.create()) {
            FlightDelays job = job(engine);
            StreamingQuery delays = job.startDelays();
            Picture picture = new Picture(delays);
            StreamingQuery busiest = job.startBusiest(table -> picture.show(table));
            busiest.addListener(progress -> picture.progress(busiest));
            delays.addListener(progress -> picture.progress(busiest));
            await(delays);
            await(busiest);
            picture.progress(busiest);
            screen.print(summary(delays, busiest, Duration.ofNanos(System.nanoTime() - started)));
        }
    }

    /** Runs until all flights are read, without a word; gives the number of batches and rows of the delays. */
    String runQuietly() {
        try (Engine engine = Engine.create()) {
            FlightDelays job = job(engine);
            StreamingQuery delays = job.startDelays();
            StreamingQuery busiest = job.startBusiest(table -> {});
            await(delays);
            await(busiest);
            List<QueryProgress> batches = delays.recentProgress();
            return batches.size() + " batches, " + ProgressLine.count(ProgressLine.rowsRead(batches)) + " rows";
        }
    }

    private FlightDelays job(Engine engine) {
        return new FlightDelays(
                engine, settings.input(), settings.directory(), settings.rowsPerBatch(), settings.trigger());
    }

    /** A paced query does not end by itself, as its trigger waits for more flights. */
    private void await(StreamingQuery query) {
        if (settings.pace() == null) {
            query.awaitTermination();
        } else {
            query.processAllAvailable();
            query.stop();
        }
    }

    /** The table of the busiest airports above one line for each query. */
    private final class Picture {
        private final StreamingQuery delays;
        private List<String> table = List.of();

        Picture(StreamingQuery delays) {
            this.delays = delays;
        }

        synchronized void show(BusiestAirports airports) {
            table = airports.text(AIRPORTS).lines().toList();
            List<String> lines = new ArrayList<>(table);
            lines.add(ProgressLine.of(delays));
            lines.add("");
            screen.draw(lines, true);
        }

        synchronized void progress(StreamingQuery busiest) {
            List<String> lines = new ArrayList<>(table);
            lines.add(ProgressLine.of(delays));
            lines.add(ProgressLine.of(busiest));
            screen.draw(lines, false);
        }
    }

    private String summary(StreamingQuery delays, StreamingQuery busiest, Duration took) {
        List<QueryProgress> batches = delays.recentProgress();
        long rows = ProgressLine.rowsRead(batches);
        StringBuilder text = new StringBuilder("\n");
        if (rows == 0 && ProgressLine.rowsRead(busiest.recentProgress()) == 0) {
            text.append("Nothing new: both queries had already read every flight of ")
                    .append(settings.input())
                    .append(" in an earlier run.\n");
        } else {
            text.append(String.format(
                    Locale.ROOT,
                    "Read %s flights in %d batches, once for each query; wrote %s rows of weeks that are over.%n",
                    ProgressLine.count(rows),
                    batches.size(),
                    ProgressLine.count(ProgressLine.rowsWritten(batches))));
        }
        Path directory = settings.directory();
        text.append("Took          ").append(ProgressLine.seconds(took)).append(" from start to end.\n");
        text.append("Results       ").append(directory.resolve("delays")).append("  (a CSV file a batch and task)\n");
        text.append("              ").append(directory.resolve("busiest.csv")).append("\n");
        text.append("Checkpoints   ").append(directory.resolve("checkpoints")).append("\n");
        text.append(stillOpen(batches));
        text.append("Go on         ./rivulet quickstart --dir ")
                .append(directory)
                .append("\n");
        text.append("Look inside   ./rivulet state ").append(directory.resolve("checkpoints/delays"));
        return text.toString();
    }

    /** Windows that wait for more flights: the end of the input is not the end of time. */
    private static String stillOpen(List<QueryProgress> batches) {
        if (batches.isEmpty()) {
            return "";
        }
        QueryProgress last = batches.get(batches.size() - 1);
        String watermark = ProgressLine.watermark(last);
        long open = last.stateOperators().stream()
                .mapToLong(QueryProgress.StateOperatorProgress::numRowsTotal)
                .sum();
        if (open == 0 || watermark == null) {
            return "";
        }
        return "Still open    " + ProgressLine.count(open) + " rows (an airport in a week) of weeks that end after the"
                + " watermark " + ProgressLine.time(Instant.parse(watermark).toString()) + ";\n"
                + "              they are kept in the checkpoint and written when later flights arrive.\n";
    }
}
