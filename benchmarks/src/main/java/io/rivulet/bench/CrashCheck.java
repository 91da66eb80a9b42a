package io.rivulet.bench;

import io.rivulet.bench.workload.Answer;
import io.rivulet.bench.workload.PlainLoop;
import io.rivulet.bench.workload.Question;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The check behind the word "durable": a child JVM runs the workload, is killed with SIGKILL in the middle, a second
 * child continues from the checkpoint, and the batches that both committed must add up to the loop's answer. This
 * process plays the outside world that commits go to; it takes each batch once.
 */
final class CrashCheck {
    private static final int ATTEMPTS = 4;
    private static final long CHILD_LIMIT_SECONDS = 300;
    private static final double RUN_SECONDS = 2;

    private final Class<? extends WorkloadEngine> engine;
    private final Question question;
    private final int threads;
    private final PlainLoop loop;
    private final ScratchDirectory scratch;
    private final PrintWriter progress;

    CrashCheck(
            Class<? extends WorkloadEngine> engine,
            Question question,
            int threads,
            PlainLoop loop,
            ScratchDirectory scratch,
            PrintWriter progress) {
        this.engine = engine;
        this.question = question;
        this.threads = threads;
        this.loop = loop;
        this.scratch = scratch;
        this.progress = progress;
    }

    /**
     * Runs the check.
     *
     * @param fullEvents the length of the timed runs; this one is shorter
     * @param rate events per second of the timed runs, by which the moment of the kill is chosen
     */
    boolean passes(long fullEvents, double rate) throws IOException {
        long count = Math.max(1, Math.min(fullEvents, (long) (rate * RUN_SECONDS)));
        long killAfterMillis = Math.max(1, (long) (count / rate * 1000 / 2));
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Path checkpoint = scratch.fresh("crash");
            CommittedAnswers committed = new CommittedAnswers();
            boolean killed = runAndKill(count, checkpoint, killAfterMillis, committed);
            int before = committed.batchCount();
            if (killed && before > 0) {
                return continuedRunIsRight(count, checkpoint, committed, before);
            }
            ScratchDirectory.delete(checkpoint);
            if (killed) {
                killAfterMillis *= 2;
            } else {
                count *= 2;
                killAfterMillis = Math.max(1, killAfterMillis / 2);
            }
        }
        say("CRASH CHECK FAILED: no child could be killed between its first and its last commit");
        return false;
    }

    /** Whether the child was killed before its end; the time runs from its first commit. */
    private boolean runAndKill(long count, Path checkpoint, long millis, CommittedAnswers committed)
            throws IOException {
        CountDownLatch firstCommit = new CountDownLatch(1);
        ChildJvm child = start(count, checkpoint, line -> {
            take(line, committed);
            firstCommit.countDown();
        });
        try {
            if (!firstCommit.await(CHILD_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                child.kill();
                return false;
            }
        } catch (InterruptedException e) {
            child.kill();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted during the crash check.", e);
        }
        if (child.endsWithin(millis)) {
            child.exitCode();
            return false;
        }
        child.kill();
        return true;
    }

    private boolean continuedRunIsRight(long count, Path checkpoint, CommittedAnswers committed, int before)
            throws IOException {
        ChildJvm child = start(count, checkpoint, line -> take(line, committed));
        if (!child.endsWithin(TimeUnit.SECONDS.toMillis(CHILD_LIMIT_SECONDS))) {
            child.kill();
            say("CRASH CHECK FAILED: the continued run did not end within %d s", CHILD_LIMIT_SECONDS);
            return false;
        }
        int code = child.exitCode();
        ScratchDirectory.delete(checkpoint);
        Answer expected = loop.run(count, threads);
        Answer actual = committed.total();
        boolean right = code == 0 && committed.consistent() && actual.equals(expected);
        say(
                "%s: killed after %d batches, continued to %d; loop %s, engine %s, exit status %d",
                right ? "crash check passed" : "CRASH CHECK FAILED",
                before,
                committed.batchCount(),
                expected,
                actual,
                code);
        return right;
    }

    private ChildJvm start(long count, Path checkpoint, Consumer<String> lines) throws IOException {
        return start(engine.getName(), question, count, threads, checkpoint, List.of(), lines);
    }

    /** A {@link CrashChild} that runs or continues a question. */
    static ChildJvm start(
            String engineClass,
            Question question,
            long count,
            int threads,
            Path checkpoint,
            List<String> jvmOptions,
            Consumer<String> lines)
            throws IOException {
        List<String> arguments = List.of(
                engineClass,
                question.workload().name(),
                Long.toString(question.events().keys()),
                Long.toString(question.events().eventsPerMs()),
                Long.toString(question.slideMillis()),
                Long.toString(count),
                Integer.toString(threads),
                checkpoint.toString());
        return ChildJvm.start(ChildJvm.ownClassPath(), jvmOptions, CrashChild.class.getName(), arguments, lines);
    }

    /** Takes up a line of the child's output, if it tells of a commit. */
    static void take(String line, CommittedAnswers committed) {
        String[] words = line.split(" ", -1);
        if (words.length == 4 && words[0].equals(CrashChild.COMMIT)) {
            committed.committed(
                    Long.parseLong(words[1]), new Answer(Long.parseLong(words[2]), Long.parseLong(words[3])));
        }
    }

    private void say(String format, Object... arguments) {
        progress.println(String.format(Locale.ROOT, format, arguments));
        progress.flush();
    }
}
