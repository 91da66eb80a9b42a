package io.rivulet.testkit;

import static io.rivulet.testkit.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.rivulet.Engine;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams and batch reads of files whose records end otherwise than lines do. */
@Timeout(120)
class LineEndsStreamTest {
    private static final String MATRIX = "io.rivulet.testkit.Variation#all";

    @TempDir
    Path temporary;

    private InputFiles in;

    @BeforeEach
    void input() {
        in = new InputFiles(temporary.resolve("in"));
    }

    private static void drain(StreamScript script) {
        script.start().query().processAllAvailable();
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void recordsEndWhereTheOptionSaysInSmallBatchesToo(Variation variation) {
        try (StreamScript script = StreamScript.of(engine -> engine.readStream()
                        .schema("n BIGINT, s STRING")
                        .option("lineSep", "||")
                        .option("maxBytesPerTrigger", 12)
                        .csv(in.toString())
                        .filter("n > 1"))
                .variation(variation)
                .checkpoint(temporary.resolve("checkpoint"))) {
            in.put("1.csv", "1,a||2,\"b||\nc\"||3,d\n");
            drain(script);
            script.expect(row(2, "b||\nc"), row(3, "d\n")).restart();
            in.put("2.csv", "4,|e||");
            drain(script);
            script.expect(row(4, "|e"));
        }
    }

    @ParameterizedTest
    @MethodSource(MATRIX)
    void aFileIsARow(Variation variation) {
        try (StreamScript script = StreamScript.of(engine -> engine.readStream()
                        .option("wholetext", true)
                        .option("maxFilesPerTrigger", 1)
                        .text(in.toString())
                        .selectExpr("length(value) AS n"))
                .variation(variation)
                .checkpoint(temporary.resolve("checkpoint"))) {
            in.put("1.txt", "one\ntwo\n");
            in.put("2.txt", "three");
            drain(script);
            script.expect(row(8), row(5)).restart();
            in.put("3.txt", "\n");
            drain(script);
            script.expect(row(1));
        }
    }

    @Test
    void batchReadsDoTheSame() {
        in.put("1.csv", "1,a\n;2,b;");
        try (Engine engine = Engine.create()) {
            assertThat(engine.read()
                            .schema("n BIGINT, s STRING")
                            .option("lineSep", ";")
                            .csv(in.toString())
                            .collect())
                    .extracting(r -> r.get(1))
                    .containsExactly("a\n", "b");
            assertThat(engine.read()
                            .option("wholetext", true)
                            .text(in.toString())
                            .collect())
                    .extracting(r -> r.get(0))
                    .containsExactly("1,a\n;2,b;");
        }
    }
}
