package io.rivulet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A plain {@code java -cp} child with this JVM's executable, whose standard output is read line by line on a thread of
 * its own and whose standard error goes to ours.
 */
final class ChildJvm {
    private final Process process;
    private final Thread reader;

    private ChildJvm(Process process, Consumer<String> lines) {
        this.process = process;
        this.reader = new Thread(() -> read(process, lines), "child-output");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it.
     *
     * @param jvmOptions such as {@code -Xmx64m}
     * @param lines called with each line as it arrives, by the reading thread
     */
    static ChildJvm start(
            String classPath, List<String> jvmOptions, String mainClass, List<String> arguments, Consumer<String> lines)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new ChildJvm(process, lines);
    }

    /** The class path this JVM runs with. */
    static String ownClassPath() {
        return System.getProperty("java.class.path");
    }

    private static void read(Process process, Consumer<String> lines) {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            // the pipe of a killed child may break instead of ending
            if (process.isAlive()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Whether the child ended by itself within the time. */
    boolean endsWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a child ran.", e);
        }
    }

    /** Sends SIGKILL and waits until the child is gone and all it printed has been read. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Waits for the end; all that the child printed has been read then. */
    int exitCode() {
        try {
            int code = process.waitFor();
            reader.join();
            return code;
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while a child ran.", e);
        }
    }
}
