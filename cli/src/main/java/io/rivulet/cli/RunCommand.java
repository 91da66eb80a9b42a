package io.rivulet.cli;

import io.rivulet.examples.Example;
import io.rivulet.option.Names;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./rivulet run}: the examples by name. */
@Command(
        name = "run",
        description = "Runs an example by name; without a name, lists them. Each is a Java program of a page or two in"
                + " examples/src/main/java that uses the public API only.",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nParameters:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./rivulet run                           the examples, a line each",
            "  ./rivulet run earthquakes               into a new directory",
            "  ./rivulet run embedded --dir machines   run it twice: the second run finds its checkpoint",
            "",
            "examples/README.md explains each."
        },
        mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "EXAMPLE", arity = "0..1", description = "The name of an example.")
    private @Nullable String name;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description =
                    "Where results and checkpoints go. Default: a new directory among the system's temporary files.")
    private @Nullable Path directory;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /** Made by picocli. */
    public RunCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            list(out);
            return 0;
        }
        Example example = find(name);
        Path target = directory == null ? Files.createTempDirectory("rivulet-" + example.name() + "-") : directory;
        Files.createDirectories(target);
        // the launcher says where the source tree is
        Path data = Path.of(System.getProperty("rivulet.home", "."), "examples", "data");
        example.program().run(target.toAbsolutePath().normalize(), data, out);
        out.flush();
        return 0;
    }

    private static void list(PrintWriter out) {
        out.println("Run one with ./rivulet run NAME:");
        for (Example example : Example.ALL) {
            out.println(String.format(Locale.ROOT, "  %-12s  %s", example.name(), example.description()));
        }
        out.flush();
    }

    private Example find(String wanted) {
        for (Example example : Example.ALL) {
            if (example.name().equals(wanted)) {
                return example;
            }
        }
        throw new ParameterException(
                spec.commandLine(),
                "There is no example '" + wanted + "'"
                        + Names.didYouMean(
                                wanted, Example.ALL.stream().map(Example::name).toList())
                        + " ./rivulet run lists them.");
    }
}
