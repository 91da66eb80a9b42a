package io.rivulet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that pushes records through a journaled ingest into files is killed with SIGKILL again and again, and goes
 * on from the committed position each time. After every kill, each record whose future had completed is in the files
 * once; at the end every record is there exactly once, alone and in its window's sums.
 *
 * <p>{@code -Drivulet.kills} sets how often (default 42), {@code -Drivulet.seed} where, {@code -Drivulet.report} names a
 * file to which the figures are appended.
 */
@Timeout(300)
class IngestKillTest {
    private static final String[] AIMS = {
        "journal", "planned", "half a frame", "state", "prepared", "log sync", "manifest", "rename", "committed", "any"
    };
    private static final int RECORDS_PER_KILL = 25;

    @TempDir
    Path temporary;

    private final int kills = Integer.getInteger("rivulet.kills", 42);
    private final long seed = Long.getLong("rivulet.seed", 20260119);
    private final Random random = new Random(seed);
    private final Map<String, Integer> points = new TreeMap<>();
    private int killed;
    private long acknowledged = -1;

    @Test
    void everyRecordWhoseFutureCompletedIsThereOnce() throws IOException, InterruptedException {
        int each = kills / 2;
        String plain = runWithKills("plain", each);
        String windowed = runWithKills("windowed", kills - each);
        String report =
                "ingest: killed " + killed + " times, seed " + seed + "; at " + points + "; " + plain + ", " + windowed;
        System.getLogger(IngestKillTest.class.getName()).log(System.Logger.Level.INFO, report);
        String file = System.getProperty("rivulet.report");
        if (file != null) {
            Files.writeString(Path.of(file), report + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        assertThat(killed).isEqualTo(kills);
    }

    private String runWithKills(String shape, int wanted) throws IOException, InterruptedException {
        Path root = Files.createDirectory(temporary.resolve(shape));
        long records = 0;
        int before = killed;
        acknowledged = -1;
        int run = 0;
        while (killed - before < wanted) {
            records += RECORDS_PER_KILL + random.nextInt(2 * RECORDS_PER_KILL);
            String aim = AIMS[run++ % AIMS.length]; // not every query comes to every step
            int step = aim.equals("any") || aim.equals("half a frame") ? 1 + random.nextInt(40) : 1 + random.nextInt(2);
            if (!runChild(root, shape, records, aim, step)) {
                killed++;
                points.merge(aim, 1, Integer::sum);
            }
            checkAcknowledged(root, shape);
        }
        assertThat(runChild(root, shape, records, "none", 1))
                .as("came to its end")
                .isTrue();
        assertThat(acknowledged).isEqualTo(records - 1);
        assertThat(lines(root))
                .as("after " + killed + " kills, -Drivulet.seed=" + seed)
                .isEqualTo(truth(shape, records));
        return records + " records " + shape;
    }

    /** Every line at most once, and every record that was acknowledged. */
    private void checkAcknowledged(Path root, String shape) throws IOException {
        List<String> lines = lines(root);
        assertThat(lines)
                .as("after kill " + killed + ", -Drivulet.seed=" + seed)
                .doesNotHaveDuplicates();
        if (shape.equals("plain")) {
            assertThat(lines)
                    .as("after kill " + killed + ", -Drivulet.seed=" + seed)
                    .containsAll(truth(shape, acknowledged + 1));
        }
    }

    /** What the files must hold, sorted: of a windowed query the windows that the last record has closed. */
    private static List<String> truth(String shape, long records) {
        if (shape.equals("plain")) {
            return LongStream.range(0, records)
                    .mapToObj(IngestingChild::reading)
                    .map(reading -> reading.id() + "," + reading.value())
                    .sorted()
                    .toList();
        }
        Map<Long, long[]> windows = new HashMap<>();
        for (long id = 0; id < records; id++) {
            long[] sums = windows.computeIfAbsent(id / 10 * 10, start -> new long[2]);
            sums[0]++;
            sums[1] += IngestingChild.reading(id).value();
        }
        return windows.entrySet().stream()
                .filter(window -> window.getKey() + 10 <= records - 1)
                .map(window -> window.getKey() + "," + window.getValue()[0] + "," + window.getValue()[1])
                .sorted()
                .toList();
    }

    private static List<String> lines(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        if (Files.isDirectory(root.resolve("out"))) {
            try (Stream<Path> files = Files.list(root.resolve("out"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    lines.addAll(Files.readAllLines(file, StandardCharsets.UTF_8));
                }
            }
        }
        lines.sort(null);
        return lines;
    }

    /** Starts the process and kills it where it says so; whether it came to its end instead. */
    private boolean runChild(Path root, String shape, long records, String aim, int step)
            throws IOException, InterruptedException {
        Path errors = root.resolve("stderr.txt");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        IngestingChild.class.getName(),
                        root.toString(),
                        shape,
                        String.valueOf(records),
                        aim,
                        String.valueOf(step)))
                .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
                .start();
        boolean done = false;
        boolean kill = false;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("NOW")) {
                    kill = true;
                    child.toHandle().destroyForcibly(); // SIGKILL; unlike Process, this leaves what it said readable
                } else if (line.startsWith("COMMITTED ")) {
                    acknowledged = Math.max(acknowledged, Long.parseLong(line.substring("COMMITTED ".length())));
                } else if (line.startsWith("FROM ")) {
                    assertThat(Long.parseLong(line.substring("FROM ".length())))
                            .as("what was acknowledged is not asked for again")
                            .isGreaterThan(acknowledged);
                }
                done |= line.equals("DONE");
            }
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        assertThat(done || kill)
                .as(() -> "kill " + killed + " at " + aim + " " + step + ":\n" + text(errors))
                .isTrue();
        return done;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
