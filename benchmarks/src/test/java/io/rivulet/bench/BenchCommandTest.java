package io.rivulet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rivulet.bench.workload.Answer;
import io.rivulet.bench.workload.FilterLoop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void windowsPrintsOneObjectWithTheLoopsAnswer() throws IOException {
        int status = bench(new BatchwiseFilter(), "windows", "--workload", "W3", "--events", "100001", "--runs", "2");

        assertThat(err.toString()).contains("warm-up").contains("run 2/2");
        assertThat(status).isZero();
        JsonNode json = object();
        Answer expected = new FilterLoop(BatchwiseFilter.events()).run(100_001, 1);
        assertThat(json.get("rows").asLong()).isEqualTo(expected.rows());
        assertThat(json.get("checksum").asText()).isEqualTo(expected.checksumHex());
        assertThat(json.get("resultOk").asBoolean()).isTrue();
        assertThat(json.get("runs").asInt()).isEqualTo(2);
        assertThat(json.get("batches").asInt()).isEqualTo(6);
        assertThat(json.get("ratio").asDouble()).isPositive();
    }

    @Test
    void aWrongResultIsAnExitStatus() throws IOException {
        int status =
                bench(new BatchwiseFilter.Losing(), "windows", "--workload", "W3", "--events", "200000", "--runs", "1");

        assertThat(status).isEqualTo(1);
        assertThat(object().get("resultOk").asBoolean()).isFalse();
        assertThat(err.toString()).contains("WRONG RESULT");
    }

    @Test
    void aDurableRunIsKilledContinuedAndChecked() throws IOException {
        int status = durable(new BatchwiseFilter());

        assertThat(err.toString()).contains("file system").contains("crash check passed");
        assertThat(status).isZero();
        assertThat(object().get("checkpointBytesWritten").asLong()).isPositive();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void rowsThatAreThereTwiceAfterTheCrashAreFound() throws IOException {
        int status = durable(new BatchwiseFilter.Forgetful());

        assertThat(err.toString()).contains("CRASH CHECK FAILED");
        assertThat(status).isEqualTo(1);
        assertThat(object().get("resultOk").asBoolean()).isFalse();
    }

    private int durable(WorkloadEngine engine) {
        return bench(
                engine,
                "windows",
                "--workload",
                "W3",
                "--events",
                "4000000",
                "--runs",
                "1",
                "--durable",
                "--dir",
                directory.toString());
    }

    @Test
    void secondsCutTheEventsOfARun() throws IOException {
        int status = bench(new BatchwiseFilter(), "windows", "--workload", "W3", "--seconds", "1");

        assertThat(status).isZero();
        assertThat(object().get("events").asLong()).isLessThan(200_000_000);
    }

    @Test
    void growthComparesThePaceWithinALongRun() throws IOException {
        int status = bench(
                new BatchwiseFilter(), "windows", "--workload", "W3", "--events", "100000", "--runs", "1", "--growth");

        assertThat(err.toString()).contains("growth run: 1,000,000 events");
        assertThat(status).isZero();
        assertThat(object().get("growth").asDouble()).isPositive();
    }

    @Test
    void startupReportsMillisecondsAndMegabytes() throws IOException {
        int status = bench(new BatchwiseFilter(), "startup", "--runs", "2");

        assertThat(status).as(err.toString()).isZero();
        assertThat(object().get("firstRowMs").asDouble()).isPositive();
        assertThat(object().get("classpathMb").asDouble()).isPositive();
    }

    @Test
    void idleReportsTheProcessorTimeOfAQueryWithoutData() throws IOException {
        int status = bench(new BatchwiseFilter(), "idle", "--seconds", "1", "--settle", "0");

        assertThat(status).as(err.toString()).isZero();
        assertThat(object().get("cpuPercent").asDouble()).isBetween(0.0, 200.0); // of one core; often too little to see
    }

    @Test
    void footprintReportsTheSmallestHeapWithTheRightAnswer() throws IOException {
        int status =
                bench(new RivuletWorkloadEngine(), "footprint", "--events", "200000", "--small-heap-events", "100000");

        assertThat(status).as(err.toString()).isZero();
        assertThat(object().get("peakRssMb").asLong()).isPositive();
        assertThat(object().get("classpathMb").asDouble()).isPositive();
        long smallest = object().get("smallestXmxMb").asLong();
        assertThat(smallest).isBetween(4L, 128L);
        assertThat(err.toString()).contains("-Xmx" + smallest + "m: right");
    }

    @Test
    void badArgumentsAreRefusedWithTheReason() {
        assertThat(bench(new BatchwiseFilter(), "windows", "--runs", "0")).isEqualTo(2);
        assertThat(bench(new BatchwiseFilter(), "windows", "--workload", "W9")).isEqualTo(2);
        assertThat(bench(new BatchwiseFilter(), "windows", "--slide", "1s")).isEqualTo(2);
        assertThat(bench(new BatchwiseFilter(), "windows", "--workload", "W2", "--slide", "1m"))
                .isEqualTo(2);
        assertThat(bench(new BatchwiseFilter(), "windows", "--workload", "W2", "--slide", "7s"))
                .isEqualTo(2);
        assertThat(bench(new BatchwiseFilter(), "idle", "--seconds", "0")).isEqualTo(2);
        assertThat(bench(new BatchwiseFilter(), "footprint", "--events", "0")).isEqualTo(2);
        assertThat(bench(new BatchwiseFilter())).isEqualTo(2);
        assertThat(err.toString())
                .contains("--runs must be at least 1")
                .contains("W9")
                .contains("--seconds must be at least 1")
                .contains("--events must be at least 1")
                .contains("--slide is for W2")
                .contains("not '1m'")
                .contains("60s into whole parts")
                .contains("windows, latency, startup, idle, footprint");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpTeachesTheWorkloadsAndTheFigures() {
        assertThat(bench(new BatchwiseFilter(), "windows", "--help")).isZero();
        assertThat(out.toString()).contains("W1", "W3", "Examples:", "ratio is the median");
    }

    private JsonNode object() throws IOException {
        assertThat(out.toString().lines()).hasSize(1);
        return new ObjectMapper().readTree(out.toString());
    }

    private int bench(WorkloadEngine engine, String... arguments) {
        return new CommandLine(new BenchCommand(engine, FirstLine.class.getName()))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
