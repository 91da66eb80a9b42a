package io.rivulet.testkit;

import io.rivulet.Engine;
import io.rivulet.expression.EvaluationMode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The process that {@link KillTest} kills: runs a {@link CountingJob}. Arguments: its input directory, its root
 * directory, rows per batch, a kind of step of {@link PacedFiles} (or {@code any}), and a number n. At the n-th step of
 * that kind since its first batch began it says so and waits to be killed; with {@code race} it only says so and goes on.
 */
final class KilledChild {
    private KilledChild() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        String kind = arguments[3];
        int wanted = Integer.parseInt(arguments[4]);
        AtomicInteger seen = new AtomicInteger();
        AtomicBoolean batchRuns = new AtomicBoolean();
        boolean race = kind.equals("race");
        PacedFiles files = new PacedFiles(step -> {
            if (step.equals("staged")) {
                batchRuns.set(true);
            }
            boolean counts = batchRuns.get() && (race || kind.equals("any") || kind.equals(step));
            if (counts && seen.incrementAndGet() == wanted) {
                out.println("NOW " + step);
                if (!race) {
                    waitToBeKilled();
                }
            }
        });
        CountingJob job = new CountingJob(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        try (Engine engine = Engine.builder()
                .parallelism(2)
                .evaluationMode(EvaluationMode.INTERPRETED)
                .fileAccess(files)
                .build()) {
            job.start(engine).awaitTermination();
        }
        out.println("DONE");
    }

    private static void waitToBeKilled() {
        Object never = new Object();
        synchronized (never) {
            while (true) {
                try {
                    never.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException("nobody interrupts it", e);
                }
            }
        }
    }
}
