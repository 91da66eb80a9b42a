package io.rivulet.cli;

import io.rivulet.bench.BenchCommand;
import io.rivulet.error.RivuletException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./rivulet}: exit status 0 when all went well, 1 when something failed, 2 when the arguments are wrong. */
@Command(
        name = "rivulet",
        description = "Structured streaming in one process: windows, watermarks and exactly-once results.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        optionListHeading = "%nOptions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./rivulet quickstart               stream 20 000 real flights through two windowed queries",
            "  ./rivulet quickstart --crash-demo  kill it in the middle, continue, compare the files",
            "  ./rivulet run                      list the examples; run embedded runs one",
            "  ./rivulet bench windows            measure windowed aggregation on this machine",
            "  ./rivulet state DIR                print what a checkpoint holds",
            "",
            "Options for the JVM: RIVULET_JAVA_OPTS=-Xmx2g ./rivulet quickstart"
        },
        mixinStandardHelpOptions = true,
        versionProvider = Rivulet.Version.class,
        subcommands = {QuickstartCommand.class, RunCommand.class, BenchCommand.class, StateCommand.class})
public final class Rivulet implements Runnable {
    private static final int USAGE_WIDTH = 100;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Runs a verb and ends the JVM with its exit status. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The command line, for {@code main} and for tests. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Rivulet());
        line.setUsageHelpWidth(USAGE_WIDTH);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            report(command.getErr(), failure);
            return CommandLine.ExitCode.SOFTWARE;
        });
        return line;
    }

    /** An engine or file error speaks for itself; the stack of anything else is a bug report. */
    private static void report(PrintWriter err, Exception failure) {
        if (failure instanceof RivuletException known) {
            err.println("rivulet: " + known.getMessage());
        } else if (failure instanceof FileAlreadyExistsException taken) {
            err.println("rivulet: " + taken.getFile() + " is there already and is no directory; name another one");
        } else if (failure instanceof FileSystemException refused) {
            err.println("rivulet: " + refused.getFile() + ": "
                    + (refused.getReason() == null ? refused.getClass().getSimpleName() : refused.getReason()));
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do.");
    }

    /** The version that the build wrote into {@code version.properties}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            Properties properties = new Properties();
            try (InputStream in = Objects.requireNonNull(Rivulet.class.getResourceAsStream("version.properties"))) {
                properties.load(new java.io.InputStreamReader(in, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new String[] {
                "rivulet " + properties.getProperty("version"),
                "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")"
            };
        }
    }
}
