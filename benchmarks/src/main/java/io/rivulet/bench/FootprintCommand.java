package io.rivulet.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code bench footprint}: see {@link FootprintMeasurement}. */
@Command(
        name = "footprint",
        description = {
            "Runs W1 with a checkpoint in plain child JVMs: once without any flag, for the largest resident size, and",
            "with ever smaller heaps, for the smallest that gives the right answer. A heap that is too small shows as",
            "an error of the child on stderr; that is part of the search."
        },
        footer = {"", "Example:", "  ./rivulet bench footprint"},
        mixinStandardHelpOptions = true)
final class FootprintCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private BenchCommand bench;

    @Option(
            names = "--keys",
            defaultValue = "1000",
            paramLabel = "N",
            description = "How many different keys; default ${DEFAULT-VALUE}.")
    private long keys;

    @Option(
            names = "--events",
            defaultValue = "50000000",
            paramLabel = "N",
            description = "Events of the run whose resident size is taken; default ${DEFAULT-VALUE}.")
    private long events;

    @Option(
            names = "--small-heap-events",
            defaultValue = "10000000",
            paramLabel = "N",
            description = "Events of each run with a small heap; default ${DEFAULT-VALUE}.")
    private long eventsOfSmallHeaps;

    @Override
    public Integer call() throws IOException {
        atLeastOne("--keys", keys);
        atLeastOne("--events", events);
        atLeastOne("--small-heap-events", eventsOfSmallHeaps);
        FootprintMeasurement.Report report = new FootprintMeasurement(
                        bench.engine().getClass(),
                        keys,
                        events,
                        eventsOfSmallHeaps,
                        spec.commandLine().getErr())
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
