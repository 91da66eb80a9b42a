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
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code bench windows}: see {@link WindowsMeasurement}. */
@Command(
        name = "windows",
        description = {
            "Runs a workload in the engine and in a hand-written loop, in turn, and prints the ratio of their rates.",
            "  W1  tumbling 10 s windows by key: count, sum, avg, max",
            "  W3  filter kind = 1, project value * 2 + key"
        },
        footer = {
            "",
            "Examples:",
            "  ./rivulet bench windows --workload W1 --keys 1000 --durable",
            "  ./rivulet bench windows --workload W1 --keys 1000000 --durable --seconds 40",
            "  ./rivulet bench windows --workload W3 --seconds 20",
            "",
            "ratio is the median over the runs of (engine's rate / loop's rate); engineMedian and loopMedian are events"
                    + " per second.",
            "A durable run also kills a child JVM in the middle, continues it and checks its result."
        },
        mixinStandardHelpOptions = true)
final class WindowsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private BenchCommand bench;

    @Option(
            names = "--workload",
            defaultValue = "W1",
            paramLabel = "NAME",
            description = "One of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Workload workload = Workload.W1;

    @Option(
            names = "--keys",
            defaultValue = "1000",
            paramLabel = "N",
            description = "How many different keys; default ${DEFAULT-VALUE}.")
    private long keys;

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "Events per run, fewer if --seconds asks for it; default: about a second's work.")
    private @Nullable Long events;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Bounds the time of engine and loop over all runs, warm-up included; default: no bound.")
    private @Nullable Integer seconds;

    @Option(
            names = "--durable",
            description = "With a checkpoint on disk, every batch committed with a sync, and the crash check.")
    private boolean durable;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where durable runs make their checkpoints (deleted afterwards); default: a temporary place.")
    private @Nullable Path directory;

    @Option(
            names = "--threads",
            defaultValue = "2",
            paramLabel = "N",
            description = "Tasks of the engine, threads of the loop; default ${DEFAULT-VALUE}.")
    private int threads;

    @Option(
            names = "--runs",
            defaultValue = "5",
            paramLabel = "N",
            description = "Pairs of loop and engine; default ${DEFAULT-VALUE}.")
    private int runs;

    @Override
    public Integer call() throws IOException {
        atLeastOne("--keys", keys);
        atLeastOne("--events", events == null ? 1 : events);
        atLeastOne("--seconds", seconds == null ? 1 : seconds);
        atLeastOne("--threads", threads);
        atLeastOne("--runs", runs);
        WindowsMeasurement.Request request =
                new WindowsMeasurement.Request(workload, keys, events, seconds, durable, threads, runs, directory);
        WindowsReport report = new WindowsMeasurement(
                        request, bench.engine(), spec.commandLine().getErr())
                .run();
        spec.commandLine().getOut().println(report.json());
        spec.commandLine().getOut().flush();
        return report.resultOk() ? 0 : 1;
    }

    private void atLeastOne(String option, long value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), option + " must be at least 1, not " + value + ".");
        }
    }
}
