package io.rivulet.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench idle}: the processor time of a query that has nothing to do. */
@Command(
        name = "idle",
        description = {
            "Starts a durable windowed query over CSV files and a source in the program in a JVM of its own, gives it",
            "no data, and measures the processor time of the whole process.",
            "cpuPercent is of one core."
        },
        footer = {"", "Example:", "  ./rivulet bench idle --seconds 30"},
        mixinStandardHelpOptions = true)
final class IdleCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            defaultValue = "30",
            paramLabel = "S",
            description = "How long to measure; default ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--settle",
            defaultValue = "10",
            paramLabel = "S",
            description = "How long to wait before, for what the start leaves behind; default ${DEFAULT-VALUE}.")
    private int settle;

    @Override
    public Integer call() throws IOException {
        if (seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds must be at least 1, not " + seconds + ".");
        }
        if (settle < 0) {
            throw new ParameterException(spec.commandLine(), "--settle must be at least 0, not " + settle + ".");
        }
        spec.commandLine().getErr().println(settle + " s to settle, " + seconds + " s to measure");
        spec.commandLine().getErr().flush();
        try (ScratchDirectory scratch = ScratchDirectory.create(null)) {
            AtomicReference<@Nullable String> result = new AtomicReference<>();
            ChildJvm child = ChildJvm.start(
                    ChildJvm.ownClassPath(),
                    List.of(),
                    IdleProgram.class.getName(),
                    List.of(scratch.fresh("idle").toString(), Integer.toString(settle), Integer.toString(seconds)),
                    result::set);
            int code = child.exitCode();
            String line = result.get();
            if (code != 0 || line == null || !line.startsWith(IdleProgram.RESULT)) {
                throw new IOException("the idle program ended with status " + code + "; its error output tells why");
            }
            double percent = Double.parseDouble(
                    line.substring(IdleProgram.RESULT.length()).strip());
            spec.commandLine()
                    .getOut()
                    .println(new JsonLine().put(IdleProgram.RESULT, percent).end());
            spec.commandLine().getOut().flush();
        }
        return 0;
    }
}
