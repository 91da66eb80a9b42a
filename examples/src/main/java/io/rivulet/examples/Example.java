package io.rivulet.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/**
 * A job that {@code ./rivulet run NAME} runs. A new one is one line in {@link #ALL}.
 *
 * @param name as on the command line
 * @param description one line for people
 */
public record Example(String name, String description, Program program) {
    /** Every example, in the order in which to read them. */
    public static final List<Example> ALL = List.of(
            new Example(
                    "embedded",
                    "a Java program that pushes records, gets results as records, stops and goes on",
                    MachineTemperatures::run),
            new Example(
                    "earthquakes",
                    "real quakes in the order of their reports: sliding windows, old reports and late ones",
                    Earthquakes::run));

    /** What an example is given. */
    @FunctionalInterface
    public interface Program {
        /**
         * Runs to its end.
         *
         * @param directory where results and checkpoints go; it exists
         * @param data the directory of example data, {@code examples/data} of the source tree
         * @param out where it tells what it does
         */
        void run(Path directory, Path data, PrintWriter out) throws IOException;
    }
}
