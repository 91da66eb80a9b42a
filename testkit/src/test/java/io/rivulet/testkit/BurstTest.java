package io.rivulet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fifty times the rows that the sink can take come for a while, in a heap of 128 MB: nothing is lost, memory stays flat,
 * batches stay near their target, and latency goes back to what it was.
 *
 * <p>{@code -Drivulet.burst.seconds} sets how long the burst is (default 0.1), {@code -Drivulet.burst.rate} the rows a
 * second that the sink takes (default 40 000), {@code -Drivulet.report} names a file to which the figures are appended.
 * The burst of ten seconds that figures are quoted from: {@code mvn -Dquick -pl testkit -am test -Dtest=BurstTest
 * -Drivulet.burst.seconds=10 -Drivulet.report=burst.txt -Dsurefire.failIfNoSpecifiedTests=false} (some nine minutes each).
 */
@Timeout(1800)
class BurstTest {
    private static final long TARGET_MILLIS = 100;

    @TempDir
    Path directory;

    private Map<String, String> run(String kind) throws IOException, InterruptedException {
        Path errors = directory.resolve("stderr.txt");
        Path output = directory.resolve("stdout.txt");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BurstChild.class.getName(),
                        kind,
                        directory.toString(),
                        System.getProperty("rivulet.burst.rate", "40000"),
                        System.getProperty("rivulet.burst.seconds", "0.1"),
                        String.valueOf(TARGET_MILLIS)))
                .redirectError(ProcessBuilder.Redirect.to(errors.toFile()))
                .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()))
                .start();
        try {
            assertThat(child.waitFor(25, TimeUnit.MINUTES)).as("it hangs").isTrue();
        } finally {
            child.destroyForcibly();
        }
        String line = Files.readString(output, StandardCharsets.UTF_8).strip();
        assertThat(line).as(Files.readString(errors, StandardCharsets.UTF_8)).startsWith("offered=");
        String report = "burst of " + kind + ", target " + TARGET_MILLIS + " ms: " + line;
        System.getLogger(BurstTest.class.getName()).log(System.Logger.Level.INFO, report);
        String file = System.getProperty("rivulet.report");
        if (file != null) {
            Files.writeString(Path.of(file), report + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        Map<String, String> figures = new HashMap<>();
        for (String figure : line.split(" ", -1)) {
            figures.put(figure.substring(0, figure.indexOf('=')), figure.substring(figure.indexOf('=') + 1));
        }
        return figures;
    }

    private static long number(Map<String, String> figures, String name) {
        String figure = figures.get(name);
        assertThat(figure).as(name).isNotNull();
        return Long.parseLong(figure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ingest", "files"})
    void aBurstIsTakenInPortions(String kind) throws IOException, InterruptedException {
        Map<String, String> figures = run(kind);

        assertThat(number(figures, "committed")).isEqualTo(number(figures, "offered"));
        assertThat(figures).containsEntry("sumIsRight", "true");
        assertThat(number(figures, "offered")).isGreaterThanOrEqualTo(number(figures, "burst"));
        assertThat(number(figures, "heapAfterCollection")).isLessThan(80);
        // generous, because the machine may be busy
        assertThat(number(figures, "medianBatch")).isLessThan(4 * TARGET_MILLIS);
        if (kind.equals("ingest")) {
            assertThat(number(figures, "mostPending")).isLessThanOrEqualTo(100_000);
            assertThat(number(figures, "lost")).isZero();
            assertThat(number(figures, "latencyAfter")).isLessThan(10 * number(figures, "latencyBefore") + 100);
        }
    }
}
