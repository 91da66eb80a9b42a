package io.rivulet.bench;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the start: from spawning a plain {@code java -cp} child (no flags, no class archive) to the arrival of the
 * line that the child prints for its first result row.
 */
final class StartupMeasurement {
    /** The jars of the bench command itself, which an embedding program does not have. */
    private static final List<String> TOOL_JARS = List.of(
            "picocli", "jline", "jmh", "jopt-simple", "commons-math", "logback", "testkit", "cli-", "examples-");

    private final String mainClass;
    private final int runs;
    private final PrintWriter progress;

    /** @param mainClass a program that takes a fresh checkpoint directory and prints a line when the first row is there */
    StartupMeasurement(String mainClass, int runs, PrintWriter progress) {
        this.mainClass = mainClass;
        this.runs = runs;
        this.progress = progress;
    }

    /** The JSON object. */
    String run() throws IOException {
        String classPath = embeddedClassPath(ChildJvm.ownClassPath());
        double[] millis = new double[runs];
        try (ScratchDirectory scratch = ScratchDirectory.create(null)) {
            for (int i = 0; i < runs; i++) {
                millis[i] = firstRowMillis(classPath, scratch.fresh("checkpoint"));
                progress.println(String.format(Locale.ROOT, "start %d/%d: %.0f ms", i + 1, runs, millis[i]));
                progress.flush();
            }
        }
        return new JsonLine()
                .put("firstRowMs", new Sample(millis).median())
                .put("classpathMb", bytes(classPath) / 1e6)
                .end();
    }

    private double firstRowMillis(String classPath, Path checkpoint) throws IOException {
        AtomicLong arrived = new AtomicLong();
        CountDownLatch first = new CountDownLatch(1);
        long spawned = System.nanoTime();
        ChildJvm child = ChildJvm.start(classPath, List.of(), mainClass, List.of(checkpoint.toString()), line -> {
            if (arrived.compareAndSet(0, System.nanoTime())) {
                first.countDown();
            }
        });
        int code = child.exitCode();
        if (code != 0 || first.getCount() != 0) {
            throw new IOException(mainClass + " ended with status " + code
                    + (first.getCount() == 0 ? "" : " and without a row") + "; its error output tells why");
        }
        return (arrived.get() - spawned) / 1e6;
    }

    /** The class path without the bench command's own jars. */
    static String embeddedClassPath(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, 0))
                .filter(entry -> !isTool(entry))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isTool(String entry) {
        Path name = Path.of(entry).getFileName();
        return name != null && TOOL_JARS.stream().anyMatch(name.toString()::startsWith);
    }

    /** Bytes of all files of a class path, directories of classes included. */
    static long bytes(String classPath) throws IOException {
        long total = 0;
        for (String entry : classPath.split(File.pathSeparator, 0)) {
            Path path = Path.of(entry);
            if (!Files.exists(path)) {
                continue;
            }
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    total += Files.size(file);
                }
            }
        }
        return total;
    }
}
