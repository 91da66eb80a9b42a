package io.rivulet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class QuickstartCommandTest {
    private static final String FLIGHTS =
            SourceTree.root().resolve("examples/data/flights.csv").toString();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int quickstart(String... options) {
        CommandLine line = Rivulet.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] arguments = new String[options.length + 2];
        arguments[0] = "quickstart";
        arguments[1] = "--input=" + FLIGHTS;
        System.arraycopy(options, 0, arguments, 2, options.length);
        return line.execute(arguments);
    }

    @Test
    void readsAllFlightsInManyBatchesAndSaysWhatThereIs() {
        assertThat(quickstart("--dir=" + directory)).isZero();

        assertThat(out.toString())
                .contains("Read 20 000 flights in 40 batches")
                .contains("watermark 2001-03-30 22:27")
                .contains("Results       " + directory.resolve("delays"))
                .contains("Checkpoints   " + directory.resolve("checkpoints"))
                .contains("Still open    117 rows")
                .containsPattern("Took +\\d+\\.\\d s");
        assertThat(out.toString().lines().filter(line -> line.startsWith("Busiest airports")))
                .as("one table a batch where there is no terminal")
                .hasSize(40);
    }

    @Test
    void aSecondRunInTheSameDirectoryFindsNothingNew() {
        quickstart("--dir=" + directory, "--rows-per-batch=5000");
        List<String> first = ResultFiles.in(directory.resolve("delays")).sortedRows();
        out.getBuffer().setLength(0);

        assertThat(quickstart("--dir=" + directory, "--rows-per-batch=5000")).isZero();

        assertThat(out.toString()).contains("Nothing new");
        assertThat(ResultFiles.in(directory.resolve("delays")).sortedRows()).isEqualTo(first);
    }

    @Test
    void aFileWhereTheDirectoryShouldBeIsNamedWithoutAStackTrace() throws IOException {
        Path file = Files.createFile(directory.resolve("taken"));

        assertThat(quickstart("--dir=" + file)).isEqualTo(1);

        assertThat(err.toString())
                .contains(file + " is there already and is no directory")
                .doesNotContain("\tat ");
    }

    @Test
    void itsCheckpointCanBePrinted() {
        quickstart("--dir=" + directory, "--rows-per-batch=5000");
        out.getBuffer().setLength(0);
        CommandLine line = Rivulet.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));

        assertThat(line.execute("state", directory.resolve("checkpoints/delays").toString()))
                .isZero();
        assertThat(out.toString()).startsWith("query ").contains("committed 3");
        assertThat(Pattern.compile("table aggregate-0, partition \\d+: (\\d+) rows")
                        .matcher(out.toString())
                        .results()
                        .mapToInt(table -> Integer.parseInt(table.group(1)))
                        .sum())
                .as("airports of the open week")
                .isEqualTo(117);

        assertThat(line.execute("state", directory.resolve("delays").toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("rivulet: [PATH_NOT_FOUND]");
    }

    @Test
    void killedInTheMiddleAndContinuedItGivesTheSameFiles() {
        assertThat(quickstart("--crash-demo", "--dir=" + directory))
                .as(out.toString())
                .isZero();

        assertThat(out.toString()).contains("SIGKILL after").contains("Nothing lost, nothing twice.");
        assertThat(directory.resolve("killed").resolve("busiest.csv")).exists();
    }

    @Test
    void badOptionsAreRefusedBeforeAnythingIsMade() {
        Path unused = directory.resolve("unused");

        assertThat(quickstart("--dir=" + unused, "--rows-per-batch=0")).isEqualTo(2);
        assertThat(quickstart("--dir=" + unused, "--pace=soon")).isEqualTo(2);
        assertThat(quickstart("--dir=" + unused, "--pace=-1 s")).isEqualTo(2);
        assertThat(Files.exists(unused)).isFalse();
    }

    @Test
    void anInputThatIsNotThereIsAnErrorOfTheEngine() {
        assertThat(quickstart("--dir=" + directory, "--input=" + directory.resolve("none.csv")))
                .isNotZero();
    }
}
