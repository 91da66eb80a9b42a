package io.rivulet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.Engine;
import io.rivulet.streaming.Trigger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the job with a plain loop over the same reports, batch by batch. */
class EarthquakesTest {
    private static final Path QUAKES = Path.of("data", "earthquakes.csv");
    private static final int ROWS_PER_BATCH = 100;
    private static final long SIZE = Duration.ofHours(24).toMillis();
    private static final long SLIDE = Duration.ofHours(6).toMillis();
    private static final long DELAY = Duration.ofHours(6).toMillis();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @Test
    void countsWhatIsInTimeAndKeepsWhatIsLate() throws IOException {
        TreeMap<String, Long> windows = new TreeMap<>();
        long watermark = Long.MIN_VALUE;
        long newest = Long.MIN_VALUE;
        long late = 0;
        long old = 0;
        List<String> lines = Files.readAllLines(QUAKES, StandardCharsets.UTF_8);
        for (int i = 1; i < lines.size(); i++) {
            String[] cells = lines.get(i).split(",", -1);
            long occurred = Instant.parse(cells[1]).toEpochMilli();
            long last = Math.floorDiv(occurred, SLIDE) * SLIDE;
            if (last + SIZE <= watermark) {
                late++;
            } else {
                old += occurred < newest ? 1 : 0;
                for (long start = last; start > occurred - SIZE; start -= SLIDE) {
                    if (start + SIZE > watermark) {
                        windows.merge(Instant.ofEpochMilli(start) + "," + cells[7], 1L, Long::sum);
                    }
                }
            }
            newest = Math.max(newest, occurred);
            if (i % ROWS_PER_BATCH == 0) {
                watermark = newest - DELAY;
            }
        }
        long end = newest - DELAY;
        windows.keySet()
                .removeIf(key ->
                        Instant.parse(key.substring(0, key.indexOf(','))).toEpochMilli() + SIZE > end);

        List<String> written = new ArrayList<>();
        Earthquakes.Summary summary;
        try (Engine engine = Engine.create()) {
            Earthquakes job = new Earthquakes(engine, QUAKES.toString(), directory);
            job.start(ROWS_PER_BATCH, Trigger.availableNow()).awaitTermination();
            summary = job.summary();
            engine.read()
                    .option("header", true)
                    .csv(directory.resolve("quakes").toString())
                    .collect()
                    .forEach(row -> written.add(row.get("from") + "," + row.get("network") + "=" + row.get("quakes")));
        }

        List<String> expected = new ArrayList<>();
        windows.forEach((key, count) -> expected.add(key + "=" + count));
        assertThat(written).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(summary).isEqualTo(new Earthquakes.Summary(lines.size() - 1 - old - late, old, late));
        assertThat(summary.late()).isGreaterThan(100);
        assertThat(summary.old()).isGreaterThan(500);
        assertThat(summary.text()).startsWith("1707 reports: ");
    }
}
