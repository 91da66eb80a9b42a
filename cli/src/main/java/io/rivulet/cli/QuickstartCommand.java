package io.rivulet.cli;

import io.rivulet.option.Durations;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code ./rivulet quickstart}: real flights through two windowed queries, and what happens when they are killed. */
@Command(
        name = "quickstart",
        description = {
            "Streams 20 000 real US flights of early 2001 through two queries: how late flights are per airport and "
                    + "week, written exactly once into CSV files when a week is over, and a table of the ten busiest "
                    + "airports of the newest week that follows every micro-batch."
        },
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./rivulet quickstart                     into a new directory",
            "  ./rivulet quickstart --dir flights       run it twice: the second run finds nothing new",
            "  ./rivulet quickstart --pace '100 ms'     slowly enough to watch",
            "  ./rivulet quickstart --crash-demo        SIGKILL in the middle, continue, compare the files",
            "",
            "The job itself is examples/src/main/java/io/rivulet/examples/FlightDelays.java."
        },
        mixinStandardHelpOptions = true)
public final class QuickstartCommand implements Callable<Integer> {
    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where results and checkpoints go. Started again with the same directory, the queries go on "
                    + "where they stopped. Default: a new directory among the system's temporary files.")
    private @Nullable Path directory;

    @Option(
            names = "--input",
            paramLabel = "PATH",
            description = "CSV file, directory or glob with the columns of examples/data/flights.csv, the default.")
    private @Nullable String input;

    @Option(
            names = "--rows-per-batch",
            paramLabel = "N",
            defaultValue = "500",
            description = "The most flights that one micro-batch takes. Default: ${DEFAULT-VALUE}.")
    private int rowsPerBatch;

    @Option(
            names = "--pace",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Start a micro-batch only every so often, e.g. '100 ms'. Default: as fast as it goes.")
    private @Nullable Duration pace;

    @Option(
            names = "--crash-demo",
            description = "Kill the job with SIGKILL in the middle, continue, and compare its files with those of an "
                    + "undisturbed run.")
    private boolean crashDemo;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Made by picocli. */
    public QuickstartCommand() {}

    @Override
    public Integer call() throws IOException {
        if (rowsPerBatch < 1) {
            throw new ParameterException(spec.commandLine(), "--rows-per-batch needs at least 1, not " + rowsPerBatch);
        }
        PrintWriter out = spec.commandLine().getOut();
        Path target = directory == null ? Files.createTempDirectory("rivulet-quickstart-") : directory;
        Files.createDirectories(target);
        QuickstartRun.Settings settings =
                new QuickstartRun.Settings(source(), target.toAbsolutePath().normalize(), rowsPerBatch, pace);
        if (crashDemo) {
            return new CrashDemo(settings, out).run() ? 0 : 1;
        }
        new QuickstartRun(settings, Screen.of(out)).run();
        return 0;
    }

    private String source() {
        if (input != null) {
            return input;
        }
        // the launcher says where the source tree is
        Path home = Path.of(System.getProperty("rivulet.home", "."));
        Path flights = home.resolve("examples").resolve("data").resolve("flights.csv");
        if (!Files.isRegularFile(flights)) {
            throw new ParameterException(
                    spec.commandLine(), "There is no " + flights.toAbsolutePath() + "; name the flights with --input.");
        }
        return flights.toString();
    }

    /** {@code 100 ms}, {@code 2 seconds}, {@code PT0.1S}; positive. */
    static final class DurationText implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Duration duration;
            try {
                duration = Durations.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "'" + text + "' is no duration (" + e.getMessage() + "); e.g. '100 ms'");
            }
            if (duration.isZero() || duration.isNegative()) {
                throw new TypeConversionException("'" + text + "' is not positive");
            }
            return duration;
        }
    }
}
