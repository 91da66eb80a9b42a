package io.rivulet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process whose state outgrows a heap of 64 MB fails with a named error, and goes on with a larger heap. */
@Timeout(180)
class SmallHeapTest {
    @TempDir
    Path directory;

    private record Outcome(String code, long batches, long rows) {}

    private Outcome run(String heap, long keys) throws IOException, InterruptedException {
        Path errors = directory.resolve("stderr.txt");
        Path output = directory.resolve("stdout.txt");
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EverNewKeys.class.getName(),
                        directory.resolve("checkpoint").toString(),
                        String.valueOf(keys)))
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(child.waitFor(120, TimeUnit.SECONDS)).as("it hangs").isTrue();
        } finally {
            child.destroyForcibly();
        }
        String stderr = Files.readString(errors, StandardCharsets.UTF_8);
        assertThat(stderr).doesNotContain("OutOfMemoryError");
        String[] words = Files.readString(output).strip().split(" ");
        assertThat(words).as(stderr).hasSize(3);
        return new Outcome(words[0], Long.parseLong(words[1]), Long.parseLong(words[2]));
    }

    @Test
    void everNewKeysEndInAMemoryLimitWithTheCheckpointIntact() throws IOException, InterruptedException {
        long keys = 2_000_000;
        Outcome full = run("-Xmx64m", keys);
        assertThat(full.code()).isEqualTo("MEMORY_LIMIT");
        assertThat(full.batches()).isGreaterThan(5).isLessThan(100);
        assertThat(full.rows()).isEqualTo(full.batches() * 20_000);
        Outcome again = run("-Xmx64m", keys);
        assertThat(again.code()).as("a heap that is still too small").isEqualTo("MEMORY_LIMIT");
        Outcome roomy = run("-Xmx512m", keys);
        assertThat(roomy).isEqualTo(new Outcome("OK", 100, keys));
    }
}
