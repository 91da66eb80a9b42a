package io.rivulet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LatencyCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void windowsOfADurableRunAreRight() throws IOException {
        int status = latency(
                "--workload",
                "W1",
                "--rate",
                "2000",
                "--seconds",
                "1",
                "--warm-up",
                "0",
                "--durable",
                "--dir",
                directory.toString());

        assertThat(status).as(err.toString()).isZero();
        assertThat(err.toString()).contains("file system").contains("bytes allocated");
        JsonNode json = object();
        assertThat(json.fieldNames())
                .toIterable()
                .isEqualTo(List.of(
                        "workload",
                        "rate",
                        "durable",
                        "p50Ms",
                        "p99Ms",
                        "p999Ms",
                        "maxMs",
                        "batches",
                        "meanBatchMs",
                        "resultOk"));
        assertThat(json.get("resultOk").asBoolean()).isTrue();
        assertThat(json.get("p50Ms").asDouble()).isPositive();
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void filteredRowsOfARunWithoutACheckpointAreRight() throws IOException {
        int status = latency("--workload", "W3", "--rate", "5000", "--seconds", "1", "--warm-up", "0");

        assertThat(status).as(err.toString()).isZero();
        assertThat(object().get("durable").asBoolean()).isFalse();
        assertThat(object().get("rate").asLong()).isEqualTo(5000);
    }

    @Test
    void badArgumentsAreRefusedWithTheReason() {
        assertThat(latency("--workload", "W2")).isEqualTo(2);
        assertThat(latency("--seconds", "0")).isEqualTo(2);
        assertThat(latency("--rate", "0")).isEqualTo(2);
        assertThat(latency("--warm-up", "-1")).isEqualTo(2);
        assertThat(err.toString())
                .contains("--workload must be W1 or W3")
                .contains("--seconds must be between 1 and 3600, not 0")
                .contains("--rate must be between 1")
                .contains("--warm-up must be between 0");
        assertThat(out.toString()).isEmpty();
    }

    private JsonNode object() throws IOException {
        assertThat(out.toString().lines()).hasSize(1);
        return new ObjectMapper().readTree(out.toString());
    }

    private int latency(String... arguments) {
        return new CommandLine(new LatencyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
