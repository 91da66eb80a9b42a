package io.rivulet.testkit;

import static io.rivulet.Functions.col;
import static io.rivulet.Functions.count;
import static io.rivulet.Functions.sum;
import static io.rivulet.Functions.window;

import io.rivulet.Engine;
import io.rivulet.StreamingQuery;
import io.rivulet.streaming.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The query that is broken and killed: CSV files, counted and summed per key and 5-second window, into CSV files. And
 * what its files must hold, by a plain loop over the input.
 */
final class CountingJob {
    static final int WINDOW = 5;
    static final int DELAY = 10;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Path input;
    private final Path root;
    private final int rowsPerBatch;

    /**
     * @param input the directory it reads
     * @param root the directory of its output and checkpoint
     */
    CountingJob(Path input, Path root, int rowsPerBatch) {
        this.input = input;
        this.root = root;
        this.rowsPerBatch = rowsPerBatch;
    }

    Path input() {
        return input;
    }

    Path output() {
        return root.resolve("out");
    }

    Path checkpoint() {
        return root.resolve("checkpoint");
    }

    /** Writes files whose event times come out of order, but never later than the watermark allows. */
    void writeInput(int files, int rowsPerFile, long seed) throws IOException {
        Random random = new Random(seed);
        Files.createDirectories(input());
        String[] keys = {"a", "b", "c", "longer, \"quoted\"", ""};
        int time = 0;
        for (int f = 0; f < files; f++) {
            List<String> lines = new ArrayList<>();
            for (int r = 0; r < rowsPerFile; r++) {
                time += random.nextInt(3);
                int at = time - random.nextInt(DELAY - 1);
                String key = keys[random.nextInt(keys.length)];
                String text = key.contains(",") ? "\"" + key.replace("\"", "\"\"") + "\"" : key;
                lines.add(LocalDateTime.ofEpochSecond(at, 0, ZoneOffset.UTC).format(TIME) + "," + text + ","
                        + (random.nextInt(1000) - 300));
            }
            Files.write(input().resolve(String.format("part-%04d.csv", f)), lines);
        }
    }

    /** Starts it on what is available. */
    StreamingQuery start(Engine engine) {
        return engine.readStream()
                .schema("t TIMESTAMP, k STRING, v BIGINT")
                .option("header", false)
                .option("maxRowsPerTrigger", rowsPerBatch)
                .csv(input().toString())
                .withWatermark("t", DELAY + " seconds")
                .groupBy(window(col("t"), WINDOW + " seconds"), col("k"))
                .agg(count("*").as("n"), sum("v").as("total"))
                .selectExpr("unix_timestamp(window.start) AS start", "coalesce(k, '<none>') AS k", "n", "total")
                .writeStream()
                .format("csv")
                .option("header", false)
                .checkpoint(checkpoint())
                .trigger(Trigger.availableNow())
                .start(output().toString());
    }

    /** The lines its files must hold at the end, sorted: the windows that the last watermark has closed. */
    List<String> truth() throws IOException {
        Map<String, long[]> groups = new HashMap<>();
        long newest = Long.MIN_VALUE;
        for (Path file : sorted(input())) {
            for (String line : Files.readAllLines(file)) {
                int first = line.indexOf(',');
                int last = line.lastIndexOf(',');
                long at = LocalDateTime.parse(line.substring(0, first), TIME).toEpochSecond(ZoneOffset.UTC);
                String key = line.substring(first + 1, last);
                newest = Math.max(newest, at);
                long start = Math.floorDiv(at, WINDOW) * WINDOW;
                long[] sums = groups.computeIfAbsent(start + "," + (key.isEmpty() ? "<none>" : key), k -> new long[2]);
                sums[0]++;
                sums[1] += Long.parseLong(line.substring(last + 1));
            }
        }
        long watermark = newest - DELAY;
        return groups.entrySet().stream()
                .filter(e -> Long.parseLong(e.getKey().substring(0, e.getKey().indexOf(','))) + WINDOW <= watermark)
                .map(e -> e.getKey() + "," + e.getValue()[0] + "," + e.getValue()[1])
                .sorted()
                .toList();
    }

    /** The lines that a reader of the output directory sees, sorted. */
    List<String> written() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : sorted(output())) {
            lines.addAll(Files.readAllLines(file));
        }
        lines.sort(null);
        return lines;
    }

    private static List<Path> sorted(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
