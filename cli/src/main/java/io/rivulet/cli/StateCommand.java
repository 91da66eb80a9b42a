package io.rivulet.cli;

import io.rivulet.file.LocalFileAccess;
import io.rivulet.state.local.CheckpointPrinter;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./rivulet state}: prints a checkpoint; takes no lock, so the query may be running. */
@Command(
        name = "state",
        description = "Prints what a checkpoint holds: the query, its log batch by batch, snapshots and tables.",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./rivulet state flights/checkpoints/delays",
            "  ./rivulet state --rows flights/checkpoints/delays | less"
        },
        mixinStandardHelpOptions = true)
public final class StateCommand implements Runnable {
    @Parameters(paramLabel = "CHECKPOINT", description = "The directory that the query was given as its checkpoint.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path checkpoint;

    @Option(names = "--rows", description = "Print every row of every table too.")
    private boolean rows;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Made by picocli. */
    public StateCommand() {}

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            new CheckpointPrinter(LocalFileAccess.INSTANCE, out).print(checkpoint, rows);
        } finally {
            out.flush();
        }
    }
}
