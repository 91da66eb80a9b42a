package io.rivulet.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Shows that nothing is lost and nothing is given out twice: an undisturbed run, a child process that is killed in the
 * middle of its work, a continuation, and a comparison of the files.
 */
final class CrashDemo {
    /** Slow enough that the middle is not over before the signal arrives. */
    private static final Duration CHILD_PACE = Duration.ofMillis(20);

    private final QuickstartRun.Settings settings;
    private final PrintWriter out;

    CrashDemo(QuickstartRun.Settings settings, PrintWriter out) {
        this.settings = settings;
        this.out = out;
    }

    /** Runs it; false when the files differ. */
    boolean run() throws IOException {
        long started = System.nanoTime();
        Path undisturbed = fresh("undisturbed");
        Path killed = fresh("killed");

        say("1. An undisturbed run, for comparison.");
        say("     " + new QuickstartRun(settings.into(undisturbed).unpaced(), new Screen(out, false)).runQuietly());
        ResultFiles expected = ResultFiles.in(undisturbed.resolve("delays"));
        say("     " + expected);

        say("2. The same in a child process, killed in the middle.");
        int batches = killChild(killed);
        ResultFiles left = ResultFiles.in(killed.resolve("delays"));
        say("     SIGKILL after " + batches + " batches; the dead process has left " + left);
        if (left.sortedRows().size() >= expected.sortedRows().size()) {
            say("     The child was through before the signal came. Try again, or with fewer --rows-per-batch.");
            return false;
        }

        say("3. Started again with the same directory.");
        say("     " + new QuickstartRun(settings.into(killed).unpaced(), new Screen(out, false)).runQuietly()
                + " were still to do");
        ResultFiles actual = ResultFiles.in(killed.resolve("delays"));
        say("     " + actual);

        say("4. The files of both.");
        boolean equalFiles = compare(expected, actual);
        boolean equal = compareTables(undisturbed, killed) && equalFiles;
        say("");
        say(equal ? "Nothing lost, nothing twice." : "The runs differ: this is a bug, please report it.");
        say("Took " + ProgressLine.seconds(Duration.ofNanos(System.nanoTime() - started)) + ". Everything is in "
                + settings.directory());
        return equal;
    }

    private Path fresh(String name) throws IOException {
        Path directory = settings.directory().resolve(name);
        if (Files.exists(directory)) {
            throw new IOException(directory + " is there already; --crash-demo needs a directory of its own");
        }
        return Files.createDirectories(directory);
    }

    /** Starts the quickstart in another JVM and kills it after a random batch of the middle third; gives that number. */
    private int killChild(Path directory) throws IOException {
        int total = Math.max(3, flights() / settings.rowsPerBatch());
        int killAfter = total / 3 + new Random().nextInt(Math.max(1, total / 3));
        Process child = new ProcessBuilder(childCommand(directory))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int tables = 0;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && tables < killAfter; line = lines.readLine()) {
                // the child is not on a terminal, so it prints one table for each batch
                if (line.startsWith("Busiest airports")) {
                    tables++;
                }
            }
        } finally {
            child.destroyForcibly();
            child.onExit().join();
        }
        return tables;
    }

    private int flights() throws IOException {
        Path file = Path.of(settings.input());
        if (!Files.isRegularFile(file)) {
            return 3 * settings.rowsPerBatch();
        }
        try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return (int) Math.min(Integer.MAX_VALUE, lines.count() - 1);
        }
    }

    private List<String> childCommand(Path directory) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Rivulet.class.getName());
        command.add("quickstart");
        command.add("--input=" + settings.input());
        command.add("--dir=" + directory);
        command.add("--rows-per-batch=" + settings.rowsPerBatch());
        command.add("--pace=" + CHILD_PACE.toMillis() + " ms");
        return command;
    }

    private boolean compare(ResultFiles expected, ResultFiles actual) {
        boolean rows = expected.sortedRows().equals(actual.sortedRows());
        boolean bytes = expected.files().equals(actual.files());
        say("     delays/       " + expected.sortedRows().size() + " rows and "
                + actual.sortedRows().size() + " rows, sorted: " + (rows ? "equal" : "DIFFERENT"));
        say("                   " + expected.files().size() + " files and "
                + actual.files().size() + " files, names and bytes: "
                + (bytes ? "equal" : "different (batches were cut elsewhere)"));
        return rows;
    }

    private boolean compareTables(Path undisturbed, Path killed) throws IOException {
        List<String> expected = Files.readAllLines(undisturbed.resolve("busiest.csv"), StandardCharsets.UTF_8);
        boolean equal = expected.equals(Files.readAllLines(killed.resolve("busiest.csv"), StandardCharsets.UTF_8));
        say("     busiest.csv   " + expected.size() + " airports: " + (equal ? "equal" : "DIFFERENT"));
        return equal;
    }

    private void say(String line) {
        out.println(line);
        out.flush();
    }
}
