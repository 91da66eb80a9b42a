package io.rivulet.bench;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code ./rivulet bench}: the subcommands measure the engine and print one JSON object a line on standard output,
 * progress on standard error. Exit status 0: measured, results right; 1: a result was wrong; 2: bad arguments.
 */
@Command(
        name = "bench",
        description = {
            "Measures the engine against hand-written loops on this machine.",
            "Prints one JSON object a line on stdout and its progress on stderr.",
            "Exit status 1 when a result is wrong."
        },
        footer = {
            "",
            "Examples:",
            "  ./rivulet bench windows --workload W1 --keys 1000 --durable --seconds 40",
            "  ./rivulet bench latency --workload W1 --rate 10000 --seconds 30 --durable",
            "  ./rivulet bench startup",
            "  ./rivulet bench idle",
            "  ./rivulet bench footprint",
            "",
            "benchmarks/README.md says what is measured and how to read it."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            WindowsCommand.class,
            LatencyCommand.class,
            StartupCommand.class,
            IdleCommand.class,
            FootprintCommand.class
        })
public final class BenchCommand implements Runnable {
    private final WorkloadEngine engine;
    private final String startupMain;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** A command that measures Rivulet. */
    public BenchCommand() {
        this(new RivuletWorkloadEngine(), StartupProgram.class.getName());
    }

    /**
     * A command that measures the given engine.
     *
     * @param startupMain name of the program whose first row {@code startup} waits for
     */
    public BenchCommand(WorkloadEngine engine, String startupMain) {
        this.engine = engine;
        this.startupMain = startupMain;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to measure, one of: windows, latency, startup, idle, footprint.");
    }

    WorkloadEngine engine() {
        return engine;
    }

    String startupMain() {
        return startupMain;
    }
}
