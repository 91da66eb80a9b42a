package io.rivulet.bench;

import io.rivulet.bench.workload.Answer;
import io.rivulet.bench.workload.Question;
import io.rivulet.bench.workload.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Measures what W1 with a checkpoint takes: the largest resident size of a plain child JVM, the size of the class path,
 * and the smallest heap with which a child gives the loop's answer, found by bisection.
 */
final class FootprintMeasurement {
    private static final int LEAST_XMX_MB = 4;
    private static final int MOST_XMX_MB = 1024;
    private static final long CHILD_LIMIT_SECONDS = 120;
    private static final int THREADS = 2;

    private final String engineClass;
    private final Question question;
    private final long events;
    private final long eventsOfSmallHeaps;
    private final PrintWriter progress;

    /** What was found. */
    record Report(String json, boolean resultOk) {}

    /**
     * A measurement that has not begun.
     *
     * @param events of the run whose resident size is taken
     * @param eventsOfSmallHeaps of each run with a small heap
     */
    FootprintMeasurement(
            Class<? extends WorkloadEngine> engine,
            long keys,
            long events,
            long eventsOfSmallHeaps,
            PrintWriter progress) {
        this.engineClass = engine.getName();
        this.question = Question.of(Workload.W1, keys);
        this.events = events;
        this.eventsOfSmallHeaps = eventsOfSmallHeaps;
        this.progress = progress;
    }

    /** A run of a child: its answer is right, and how large it was. */
    private record Child(boolean right, long peakRssMb) {}

    Report run() throws IOException {
        String classPath = StartupMeasurement.embeddedClassPath(ChildJvm.ownClassPath());
        try (ScratchDirectory scratch = ScratchDirectory.create(null)) {
            Child plain = child(events, List.of(), question.loop().run(events, THREADS), scratch);
            say("%,d events, no heap given: %s, %d MB resident", events, word(plain), plain.peakRssMb);
            long smallest = smallestXmxMb(scratch);
            String json = new JsonLine()
                    .put("peakRssMb", plain.peakRssMb)
                    .put("classpathMb", StartupMeasurement.bytes(classPath) / 1e6)
                    .put("smallestXmxMb", smallest)
                    .end();
            return new Report(json, plain.right && smallest > 0);
        }
    }

    /** Bisects between a heap that does and one that does not; 0 when not even the largest does. */
    private long smallestXmxMb(ScratchDirectory scratch) throws IOException {
        Answer expected = question.loop().run(eventsOfSmallHeaps, THREADS);
        int enough = LEAST_XMX_MB;
        while (!fits(enough, expected, scratch)) {
            enough *= 2;
            if (enough > MOST_XMX_MB) {
                return 0;
            }
        }
        int tooSmall = enough / 2;
        while (enough > LEAST_XMX_MB && enough - tooSmall > 1) {
            int middle = (enough + tooSmall) / 2;
            if (fits(middle, expected, scratch)) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        return enough;
    }

    private boolean fits(int megabytes, Answer expected, ScratchDirectory scratch) throws IOException {
        Child child = child(eventsOfSmallHeaps, List.of("-Xmx" + megabytes + "m"), expected, scratch);
        say("%,d events, -Xmx%dm: %s", eventsOfSmallHeaps, megabytes, word(child));
        return child.right;
    }

    private static String word(Child child) {
        return child.right ? "right" : "no right answer";
    }

    private Child child(long count, List<String> jvmOptions, Answer expected, ScratchDirectory scratch)
            throws IOException {
        Path checkpoint = scratch.fresh("checkpoint");
        CommittedAnswers committed = new CommittedAnswers();
        AtomicLong peakRssMb = new AtomicLong();
        ChildJvm child = CrashCheck.start(engineClass, question, count, THREADS, checkpoint, jvmOptions, line -> {
            CrashCheck.take(line, committed);
            @Nullable Long peak = CrashChild.peakRssMb(line);
            if (peak != null) {
                peakRssMb.set(peak);
            }
        });
        boolean ended = child.endsWithin(TimeUnit.SECONDS.toMillis(CHILD_LIMIT_SECONDS));
        if (!ended) {
            child.kill();
        }
        int code = child.exitCode();
        ScratchDirectory.delete(checkpoint);
        boolean right = ended
                && code == 0
                && committed.consistent()
                && committed.total().equals(expected);
        return new Child(right, peakRssMb.get());
    }

    private void say(String format, Object... arguments) {
        progress.println(String.format(Locale.ROOT, format, arguments));
        progress.flush();
    }
}
