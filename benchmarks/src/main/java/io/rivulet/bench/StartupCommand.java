package io.rivulet.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code bench startup}: see {@link StartupMeasurement}. */
@Command(
        name = "startup",
        description = {
            "Measures the time from spawning a plain java child (no flags, no class archive) to the first result row",
            "of a durable W1 in update mode (1000 keys, 10 000 events), and the size of the class path.",
            "firstRowMs is the median of the runs, in milliseconds."
        },
        mixinStandardHelpOptions = true)
final class StartupCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @ParentCommand
    @SuppressWarnings("NullAway.Init") // set by picocli
    private BenchCommand bench;

    @Option(
            names = "--runs",
            defaultValue = "10",
            paramLabel = "N",
            description = "How many children; default ${DEFAULT-VALUE}.")
    private int runs;

    @Override
    public Integer call() throws IOException {
        if (runs < 1) {
            throw new ParameterException(spec.commandLine(), "--runs must be at least 1, not " + runs + ".");
        }
        String json = new StartupMeasurement(
                        bench.startupMain(), runs, spec.commandLine().getErr())
                .run();
        spec.commandLine().getOut().println(json);
        spec.commandLine().getOut().flush();
        return 0;
    }
}
