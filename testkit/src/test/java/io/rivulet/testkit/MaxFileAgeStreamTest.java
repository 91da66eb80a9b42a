package io.rivulet.testkit;

import static io.rivulet.testkit.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that come too late for a stream, and the list of files of a stream that runs for long. */
@Timeout(120)
class MaxFileAgeStreamTest {
    @TempDir
    Path temporary;

    private InputFiles in;

    @BeforeEach
    void input() {
        in = new InputFiles(temporary.resolve("in"));
    }

    private void put(long value, long modifiedSeconds) {
        in.put(value + ".csv", value + "\n", FileTime.fromMillis(modifiedSeconds * 1000));
    }

    private StreamScript script(int filesPerBatch) {
        return StreamScript.of(engine -> engine.readStream()
                        .schema("n BIGINT")
                        .option("maxFileAge", "100 seconds")
                        .option("maxFilesPerTrigger", filesPerBatch)
                        .csv(in.toString())
                        .filter("n >= 0"))
                .checkpoint(temporary.resolve("checkpoint"));
    }

    private static void drain(StreamScript script) {
        script.start().query().processAllAvailable();
    }

    @ParameterizedTest
    @MethodSource("io.rivulet.testkit.Variation#all")
    void whatIsTooOldIsPassedOverBeforeAndAfterARestart(Variation variation) {
        try (StreamScript script = script(1).variation(variation)) {
            put(1, 0);
            put(2, 1000);
            drain(script);
            script.expect(row(1), row(2));
            put(3, 899);
            put(4, 900);
            drain(script);
            script.expect(row(4)).restart();
            put(5, 899);
            put(6, 1001);
            drain(script);
            script.expect(row(6));
        }
    }

    @Test
    void theListOfALongRunStaysShortAndARestartReadsNothingTwice() throws IOException {
        Path list = temporary.resolve("checkpoint/sources");
        long files = 0;
        try (StreamScript script = script(400)) {
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 400; i++) {
                    put(files, files);
                    files++;
                }
                drain(script);
                script.expect(LongStream.range(files - 400, files)
                        .mapToObj(n -> row(n))
                        .toList());
                if (round % 4 == 3) {
                    script.restart();
                }
            }
            script.restart();
            drain(script);
            script.expectNothing();
        }
        try (var found = Files.walk(list)) {
            Path file = found.filter(Files::isRegularFile).findFirst().orElseThrow();
            assertThat(Files.readAllLines(file, StandardCharsets.UTF_8)).hasSizeLessThan(2200);
        }
    }
}
