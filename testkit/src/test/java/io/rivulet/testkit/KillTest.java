package io.rivulet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.file.LocalFileAccess;
import io.rivulet.state.local.format.BatchCodec;
import io.rivulet.state.local.format.ByteReader;
import io.rivulet.state.local.format.CheckpointFiles.LogFile;
import io.rivulet.state.local.format.FileFormat;
import io.rivulet.state.local.format.FrameReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that runs a durable windowed query from files to files is killed with SIGKILL again and again while a batch
 * runs, and started again; in the end its files hold what a plain loop over the input says. Where each kill fell is
 * read from the log that it left.
 *
 * <p>{@code -Drivulet.kills} sets how often (default 110), {@code -Drivulet.seed} where, {@code -Drivulet.report} names
 * a file to which the figures are appended.
 */
@Timeout(600)
class KillTest {
    /** The last thing that a killed process has got done. */
    private enum Point {
        PLANNED,
        STATE,
        PREPARED,
        SINK_COMMIT,
        COMMITTED
    }

    private static final int LEAST_PER_POINT = 5;
    private static final int ROWS_PER_BATCH = 15;
    private static final String[] AIMS = {"planned", "state", "prepared", "manifest", "committed", "any", "race"};
    private static final Pattern MANIFEST_BATCH = Pattern.compile("\"batch\":(\\d+)");

    @TempDir
    Path temporary;

    private final int kills = Integer.getInteger("rivulet.kills", 110);
    private final long seed = Long.getLong("rivulet.seed", 20260118);
    private final Random random = new Random(seed);
    private final Map<Point, Integer> points = new EnumMap<>(Point.class);
    private int killed;
    private int finished;

    @Test
    void theFilesHoldTheTruthHoweverOftenTheProcessIsKilled() throws IOException, InterruptedException {
        int rounds = 0;
        while (killed < kills || !everyPointWasHit()) {
            round(rounds++);
        }
        String report = "killed " + killed + " times in " + rounds + " runs to the end, seed " + seed + "; last done: "
                + points;
        System.getLogger(KillTest.class.getName()).log(System.Logger.Level.INFO, report);
        String file = System.getProperty("rivulet.report");
        if (file != null) {
            Files.writeString(Path.of(file), report + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        assertThat(finished).isEqualTo(rounds);
        assertThat(killed).isGreaterThanOrEqualTo(100);
    }

    private boolean everyPointWasHit() {
        for (Point point : Point.values()) {
            if (points.getOrDefault(point, 0) < LEAST_PER_POINT) {
                return false;
            }
        }
        return true;
    }

    /** One input from the first batch to the last, with as many kills as fit. */
    private void round(int number) throws IOException, InterruptedException {
        Path directory = Files.createDirectory(temporary.resolve("round-" + number));
        CountingJob job = new CountingJob(directory.resolve("in"), directory.resolve("data"), ROWS_PER_BATCH);
        Files.createDirectory(directory.resolve("data"));
        job.writeInput(10, 8 * ROWS_PER_BATCH, seed + number);
        boolean done = false;
        while (!done) {
            boolean enough = killed >= kills && everyPointWasHit();
            String aim = enough ? "none" : AIMS[killed % AIMS.length];
            int steps = aim.equals("any") || aim.equals("race") ? 2 + random.nextInt(60) : 1 + random.nextInt(2);
            done = runChild(job, directory, aim, steps);
            if (!done) {
                killed++;
                points.merge(pointOf(job), 1, Integer::sum);
            }
        }
        assertThat(job.written())
                .as("after " + killed + " kills, -Drivulet.seed=" + seed)
                .isEqualTo(job.truth());
        finished++;
    }

    /** Starts the process and kills it where it says so; whether it came to its end instead. */
    private boolean runChild(CountingJob job, Path directory, String aim, int steps)
            throws IOException, InterruptedException {
        Path errors = directory.resolve("stderr.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                KilledChild.class.getName(),
                job.input().toString(),
                directory.resolve("data").toString(),
                String.valueOf(ROWS_PER_BATCH),
                aim,
                String.valueOf(steps)));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
                .start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            String line = lines.readLine();
            if (line != null && line.startsWith("NOW")) {
                child.toHandle().destroyForcibly(); // SIGKILL; unlike Process, this leaves what it said readable
                assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
                return lines.lines().anyMatch("DONE"::equals);
            }
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(line)
                    .as(() -> "kill " + killed + " at " + aim + " " + steps + ":\n" + text(errors))
                    .isEqualTo("DONE");
            return true;
        } finally {
            child.destroyForcibly();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** What was the last to be done, by the log and the sink's manifest. */
    private static Point pointOf(CountingJob job) throws IOException {
        List<LogFile> logs = new ArrayList<>();
        if (Files.isDirectory(job.checkpoint().resolve("log"))) {
            try (Stream<Path> files = Files.list(job.checkpoint().resolve("log"))) {
                files.map(LogFile::of).filter(log -> log != null).forEach(logs::add);
            }
        }
        logs.sort(LogFile.WRITTEN);
        Point last = Point.COMMITTED;
        long batch = -1;
        for (LogFile log : logs) {
            FrameReader frames = new FrameReader(LocalFileAccess.INSTANCE, log.path(), FileFormat.Kind.LOG);
            if (!frames.checkPrefix()) {
                continue;
            }
            while (frames.next()) {
                ByteReader payload = frames.payload();
                switch (frames.type()) {
                    case PLANNED -> {
                        payload.getVarint();
                        batch = BatchCodec.readPlan(payload).batchId();
                        last = Point.PLANNED;
                    }
                    case STATE -> last = Point.STATE;
                    case PREPARED -> last = Point.PREPARED;
                    case COMMITTED -> last = Point.COMMITTED;
                    default -> {
                        // headers repeat what is known
                    }
                }
            }
        }
        return last == Point.PREPARED && manifestBatch(job) >= batch ? Point.SINK_COMMIT : last;
    }

    private static long manifestBatch(CountingJob job) throws IOException {
        Path manifest = job.output().resolve("_rivulet").resolve("manifest");
        long newest = -1;
        if (Files.exists(manifest)) {
            Matcher batches = MANIFEST_BATCH.matcher(Files.readString(manifest));
            while (batches.find()) {
                newest = Math.max(newest, Long.parseLong(batches.group(1)));
            }
        }
        return newest;
    }
}
