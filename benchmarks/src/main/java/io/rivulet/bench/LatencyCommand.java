package io.rivulet.bench;

import io.rivulet.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench latency}: see {@link LatencyMeasurement}. */
@Command(
        name = "latency",
        description = {
            "Offers events at an even pace and measures how long each takes to be committed.",
            "  W1  tumbling 10 s windows by key: count, sum, avg, max; update mode, 1000 keys",
            "  W3  filter kind = 1, project value * 2 + key"
        },
        footer = {
            "",
            "Examples:",
            "  ./rivulet bench latency --workload W1 --rate 10000 --seconds 30 --durable",
            "  ./rivulet bench latency --workload W3 --rate 100000 --seconds 30 --durable",
            "",
            "A sample is an event, from the time it was due until its batch was committed, durably with --durable."
                    + " p50Ms, p99Ms, p999Ms and maxMs are over all events after the warm-up; meanBatchMs is from"
                    + " asking the source to the commit. The time of a sync of the disk is told on stderr: no batch can"
                    + " be faster."
        },
        mixinStandardHelpOptions = true)
final class LatencyCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 3600;
    private static final long MOST_RATE = 10_000_000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(names = "--workload", defaultValue = "W1", paramLabel = "NAME", description = "W1 or W3; default W1.")
    private Workload workload = Workload.W1;

    @Option(
            names = "--keys",
            defaultValue = "1000",
            paramLabel = "N",
            description = "How many different keys; default ${DEFAULT-VALUE}.")
    private long keys;

    @Option(
            names = "--rate",
            defaultValue = "10000",
            paramLabel = "N",
            description = "Events per second; default ${DEFAULT-VALUE}.")
    private long rate;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            paramLabel = "S",
            description = "How long events are counted; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            paramLabel = "S",
            description = "How many seconds before that events are offered but not counted; default ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--durable", description = "With a checkpoint on disk: an event is done once it is durable.")
    private boolean durable;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where a durable run makes its checkpoint (deleted afterwards); default: a temporary place.")
    private @Nullable Path directory;

    @Override
    public Integer call() throws IOException {
        if (workload == Workload.W2) {
            throw new ParameterException(
                    spec.commandLine(), "--workload must be W1 or W3: W2's rows come when windows close.");
        }
        within("--keys", keys, 1, 10_000_000);
        within("--rate", rate, 1, MOST_RATE);
        within("--seconds", seconds, 1, MOST_SECONDS);
        within("--warm-up", warmUp, 0, MOST_SECONDS);
        LatencyMeasurement.Report report = new LatencyMeasurement(
                        new LatencyMeasurement.Request(workload, keys, rate, seconds, warmUp, durable, directory),
                        spec.commandLine().getErr())
                .run();
        spec.commandLine().getOut().println(report.json());
        spec.commandLine().getOut().flush();
        return report.resultOk() ? 0 : 1;
    }

    private void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be between " + least + " and " + most + ", not " + value + ".");
        }
    }
}
