package io.rivulet.bench;

import io.rivulet.bench.workload.Answer;
import io.rivulet.bench.workload.PlainLoop;
import io.rivulet.bench.workload.Question;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures the engine against the loop: both run in turn in this JVM, first to warm up, then in pairs; the ratio is
 * taken of each adjacent pair, so that a machine that slows down slows both. Every answer is compared with the loop's.
 */
final class WindowsMeasurement {
    private static final long FIRST_WARM_UP_EVENTS = 2_000_000;
    private static final int WARM_UP_PAIRS = 2;
    private static final int GROWTH = 10;
    private static final int BATCHES_FOR_A_PACE = 50;

    /**
     * What to measure.
     *
     * @param events how many events at most, null for the workload's own number
     * @param seconds the time that loop and engine may take together, warm-up included; null for no bound
     * @param runs how many pairs
     * @param growth whether to add a run that is {@link #GROWTH} times as long and look at its pace
     * @param directory where a durable run's checkpoints are made, null for a temporary one
     */
    record Request(
            Question question,
            @Nullable Long events,
            @Nullable Integer seconds,
            boolean durable,
            int threads,
            int runs,
            boolean growth,
            @Nullable Path directory) {}

    private final Request request;
    private final WorkloadEngine engine;
    private final PrintWriter progress;
    private final PlainLoop loop;
    private final long started = System.nanoTime();
    private boolean resultOk = true;

    WindowsMeasurement(Request request, WorkloadEngine engine, PrintWriter progress) {
        this.request = request;
        this.engine = engine;
        this.progress = progress;
        loop = request.question().loop();
    }

    /** Runs everything; takes as long as asked for. */
    WindowsReport run() throws IOException {
        try (ScratchDirectory scratch = ScratchDirectory.create(request.directory())) {
            if (request.durable()) {
                DiskProbe disk = DiskProbe.measure(scratch.path());
                say("checkpoints in %s: %s", scratch.path(), disk);
                if (disk.inMemory()) {
                    say("warning: %s keeps nothing through a power loss; choose a disk with --dir", disk.fileSystem());
                }
            }
            long events = warmUp(scratch);
            List<Pair> pairs = new ArrayList<>();
            while (pairs.size() < request.runs() && (pairs.isEmpty() || secondsLeft() > 0)) {
                Pair pair = pair(events, scratch);
                pairs.add(pair);
                say("run %d/%d: %s", pairs.size(), request.runs(), pair);
            }
            Sample engineRates = sample(pairs, Pair::engineRate);
            if (request.durable()) {
                checkCrash(events, engineRates.median(), scratch);
            }
            Double growth = request.growth() ? growth(events * GROWTH, scratch) : null;
            return report(events, pairs, engineRates, growth);
        }
    }

    /** Runs pairs of growing length and gives the number of events that fits the time. */
    private long warmUp(ScratchDirectory scratch) throws IOException {
        long wanted = request.events() != null
                ? request.events()
                : request.question()
                        .workload()
                        .defaultEvents(request.question().events().keys());
        long events = Math.min(wanted, FIRST_WARM_UP_EVENTS);
        for (int done = 1; ; done++) {
            Pair pair = pair(events, scratch);
            say("warm-up: %s", pair);
            double spent = secondsSpent();
            boolean enough = done >= WARM_UP_PAIRS && (events == wanted || spent > 0.2 * seconds());
            if (enough || spent > 0.4 * seconds()) {
                double secondsPerEvent = (pair.loopNanos + pair.engineNanos) / 1e9 / events;
                double fitting =
                        0.9 * secondsLeft() / (request.runs() + (request.growth() ? GROWTH : 0)) / secondsPerEvent;
                return Math.max(1, (long) Math.min((double) wanted, fitting));
            }
            events = Math.min(wanted, events * 2);
        }
    }

    /** The growth of a long run, whose answer is checked like the others. */
    private double growth(long events, ScratchDirectory scratch) throws IOException {
        CommittedAnswers committed = new CommittedAnswers();
        Pace pace = new Pace(committed, System::nanoTime);
        Pair pair = pair(events, BATCHES_FOR_A_PACE, committed, pace, scratch);
        double growth = pace.growth();
        say("growth run: %s; last tenth by first tenth %.3f", pair, growth);
        return growth;
    }

    private Pair pair(long events, ScratchDirectory scratch) throws IOException {
        CommittedAnswers committed = new CommittedAnswers();
        return pair(events, WorkloadRun.FEW_BATCHES, committed, committed, scratch);
    }

    private Pair pair(
            long events,
            int leastBatches,
            CommittedAnswers committed,
            WorkloadRun.Commits commits,
            ScratchDirectory scratch)
            throws IOException {
        long before = System.nanoTime();
        Answer expected = loop.run(events, request.threads());
        long loopNanos = System.nanoTime() - before;

        Path checkpoint = request.durable() ? scratch.fresh("checkpoint") : null;
        WorkloadRun run =
                new WorkloadRun(request.question(), events, request.threads(), leastBatches, checkpoint, commits);
        long cpuBefore = ProcessFigures.cpuNanos();
        before = System.nanoTime();
        WorkloadEngine.EngineCost cost = engine.run(run);
        long engineNanos = System.nanoTime() - before;
        long cpuNanos = ProcessFigures.cpuNanos() - cpuBefore;
        if (checkpoint != null) {
            ScratchDirectory.delete(checkpoint);
        }
        Answer actual = committed.total();
        if (!actual.equals(expected) || !committed.consistent()) {
            resultOk = false;
            say("WRONG RESULT over %d events: loop %s, engine %s", events, expected, actual);
        }
        return new Pair(events, loopNanos, engineNanos, cpuNanos, expected, cost);
    }

    private void checkCrash(long events, double engineRate, ScratchDirectory scratch) throws IOException {
        CrashCheck check =
                new CrashCheck(engine.getClass(), request.question(), request.threads(), loop, scratch, progress);
        resultOk &= check.passes(events, engineRate);
    }

    private WindowsReport report(long events, List<Pair> pairs, Sample engineRates, @Nullable Double growth) {
        Pair last = pairs.get(pairs.size() - 1);
        return new WindowsReport(
                request.question(),
                events,
                request.durable(),
                request.threads(),
                pairs.size(),
                engineRates,
                sample(pairs, Pair::loopRate),
                sample(pairs, Pair::ratio),
                growth,
                resultOk,
                last.expected,
                last.cost.batches(),
                last.cost.checkpointBytesWritten(),
                sample(pairs, Pair::cpuSecondsPerMillion).median(),
                ProcessFigures.peakRssMb(),
                Runtime.version().toString());
    }

    private static Sample sample(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
        return new Sample(pairs.stream().mapToDouble(figure).toArray());
    }

    private double seconds() {
        return request.seconds() == null ? Double.POSITIVE_INFINITY : request.seconds();
    }

    private double secondsSpent() {
        return (System.nanoTime() - started) / 1e9;
    }

    private double secondsLeft() {
        return seconds() - secondsSpent();
    }

    private void say(String format, Object... arguments) {
        progress.println(String.format(Locale.ROOT, format, arguments));
        progress.flush();
    }

    private record Pair(
            long events,
            long loopNanos,
            long engineNanos,
            long cpuNanos,
            Answer expected,
            WorkloadEngine.EngineCost cost) {

        double loopRate() {
            return events * 1e9 / loopNanos;
        }

        double engineRate() {
            return events * 1e9 / engineNanos;
        }

        double ratio() {
            return (double) loopNanos / engineNanos;
        }

        double cpuSecondsPerMillion() {
            return cpuNanos / 1e9 / (events / 1e6);
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d events: loop %.1f M/s, engine %.1f M/s, ratio %.3f",
                    events,
                    loopRate() / 1e6,
                    engineRate() / 1e6,
                    ratio());
        }
    }
}
