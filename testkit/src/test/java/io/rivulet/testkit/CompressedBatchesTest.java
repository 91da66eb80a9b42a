package io.rivulet.testkit;

import static io.rivulet.testkit.Rows.row;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compressed files that a limit cuts into batches, with restarts and failures in between. */
@Timeout(120)
class CompressedBatchesTest {
    @TempDir
    Path temporary;

    private InputFiles in;

    @BeforeEach
    void input() {
        in = new InputFiles(temporary.resolve("in"));
    }

    private void put(String name, String text) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        in.put(name, compressed.toByteArray());
    }

    private static String lines(long from, long to) {
        StringBuilder text = new StringBuilder();
        LongStream.range(from, to).forEach(n -> text.append(n).append('\n'));
        return text.toString();
    }

    private StreamScript script(String expression) {
        return StreamScript.of(engine -> engine.readStream()
                        .schema("n BIGINT")
                        .option("maxRowsPerTrigger", 7)
                        .csv(in.toString())
                        .selectExpr(expression))
                .checkpoint(temporary.resolve("checkpoint"));
    }

    @ParameterizedTest
    @MethodSource("io.rivulet.testkit.Variation#all")
    void everyRowIsThereOnceInItsOrder(Variation variation) throws IOException {
        put("1.csv.gz", lines(0, 30));
        try (StreamScript script = script("n + 0 AS n").variation(variation)) {
            script.start().query().processAllAvailable();
            script.expect(LongStream.range(0, 30).mapToObj(n -> row(n)).toList())
                    .restart();
            put("2.csv.gz", lines(30, 50));
            put("3.csv.gz", lines(50, 53));
            script.query().processAllAvailable();
            script.expect(LongStream.range(30, 53).mapToObj(n -> row(n)).toList());
        }
    }

    @Test
    void aBatchThatFailsInTheMiddleOfAFileIsRunAgainFromItsPlace() throws IOException {
        put("1.csv.gz", lines(0, 30));
        try (StreamScript script = script("6 div (n - 16) AS n")) {
            assertThatThrownBy(() -> script.start().query().processAllAvailable())
                    .hasMessageContaining("[DIVIDE_BY_ZERO]")
                    .hasMessageContaining("{\"file\":0,\"byte\":32,\"line\":15}");
        }
        try (StreamScript script = script("n + 0 AS n")) {
            script.start().query().processAllAvailable();
            script.expect(LongStream.range(14, 30).mapToObj(n -> row(n)).toList());
        }
    }
}
