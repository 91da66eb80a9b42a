package io.rivulet.bench;

import io.rivulet.bench.workload.Question;
import io.rivulet.bench.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
            "  W2  windows of 60 s, one every --slide, by key: count, sum",
            "  W3  filter kind = 1, project value * 2 + key"
        },
        footer = {
            "",
            "Examples:",
            "  ./rivulet bench windows --workload W1 --keys 1000 --durable",
            "  ./rivulet bench windows --workload W1 --keys 1000000 --durable --seconds 40",
            "  ./rivulet bench windows --workload W2 --slide 250ms --durable --seconds 40",
            "  ./rivulet bench windows --workload W3 --seconds 20",
            "  ./rivulet bench windows --workload W1 --growth --seconds 90",
            "",
            "ratio is the median over the runs of (engine's rate / loop's rate); engineMedian and loopMedian are events"
                    + " per second.",
            "growth is the rate of the last tenth of a ten times longer run by that of its first tenth: 1 when a run does"
                    + " not slow down.",
            "A durable run also kills a child JVM in the middle, continues it and checks its result."
        },
        mixinStandardHelpOptions = true)
final class WindowsCommand implements Callable<Integer> {
    private static final Pattern SLIDE = Pattern.compile("([0-9]{1,9}) *(ms|s)");

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
            names = "--slide",
            paramLabel = "DURATION",
            description = "How far apart W2's windows begin, such as 250ms or 2s: a whole part of 60s; default: 1s.")
    private @Nullable String slide;

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

    @Option(
            names = "--growth",
            description = "Adds a run ten times as long and compares the pace of its last tenth with its first.")
    private boolean growth;

    @Override
    public Integer call() throws IOException {
        atLeastOne("--keys", keys);
        atLeastOne("--events", events == null ? 1 : events);
        atLeastOne("--seconds", seconds == null ? 1 : seconds);
        atLeastOne("--threads", threads);
        atLeastOne("--runs", runs);
        Question question = new Question(workload, workload.events(keys), slideMillis());
        WindowsMeasurement.Request request =
                new WindowsMeasurement.Request(question, events, seconds, durable, threads, runs, growth, directory);
        WindowsReport report = new WindowsMeasurement(
                        request, bench.engine(), spec.commandLine().getErr())
                .run();
        spec.commandLine().getOut().println(report.json());
        spec.commandLine().getOut().flush();
        return report.resultOk() ? 0 : 1;
    }

    private long slideMillis() {
        if (slide == null) {
            return Question.DEFAULT_SLIDE_MILLIS;
        }
        if (workload != Workload.W2) {
            throw bad("--slide is for W2; " + workload + " has no sliding windows.");
        }
        Matcher matcher = SLIDE.matcher(slide);
        if (!matcher.matches()) {
            throw bad("--slide must be a whole number of ms or s, such as 250ms or 2s, not '" + slide + "'.");
        }
        long millis = Long.parseLong(matcher.group(1)) * (matcher.group(2).equals("s") ? 1000 : 1);
        if (!Question.dividesTheWindow(millis)) {
            throw bad("--slide must cut 60s into whole parts, such as 250ms, 1s or 60s, not '" + slide + "'.");
        }
        return millis;
    }

    private ParameterException bad(String reason) {
        return new ParameterException(spec.commandLine(), reason);
    }

    private void atLeastOne(String option, long value) {
        if (value < 1) {
            throw bad(option + " must be at least 1, not " + value + ".");
        }
    }
}
