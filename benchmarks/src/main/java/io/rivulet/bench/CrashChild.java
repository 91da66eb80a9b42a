package io.rivulet.bench;

import io.rivulet.bench.workload.EventFill;
import io.rivulet.bench.workload.Question;
import io.rivulet.bench.workload.Workload;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The program of the JVM that {@link CrashCheck} kills: runs or continues one durable run and prints a line
 * {@code commit <batch> <rows> <checksum>} at each commit, before the commit returns, and at the end
 * {@code peakRssMb <megabytes>}.
 */
final class CrashChild {
    /** The first word of a commit's line. */
    static final String COMMIT = "commit";

    private static final String PEAK_RSS_MB = "peakRssMb";

    private CrashChild() {}

    /**
     * Runs to the end of the events.
     *
     * @param arguments engine class, workload, keys, events per millisecond, slide in milliseconds, events, threads,
     *     checkpoint directory
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        WorkloadEngine engine = Class.forName(arguments[0])
                .asSubclass(WorkloadEngine.class)
                .getConstructor()
                .newInstance();
        EventFill events = new EventFill(Long.parseLong(arguments[2]), Long.parseLong(arguments[3]));
        engine.run(new WorkloadRun(
                new Question(Workload.valueOf(arguments[1]), events, Long.parseLong(arguments[4])),
                Long.parseLong(arguments[5]),
                Integer.parseInt(arguments[6]),
                WorkloadRun.FEW_BATCHES,
                Path.of(arguments[7]),
                (batchId, rows) -> {
                    System.out.println(COMMIT + " " + batchId + " " + rows.rows() + " " + rows.checksum());
                    System.out.flush();
                }));
        System.out.println(PEAK_RSS_MB + " " + ProcessFigures.peakRssMb());
    }

    /** What the child said of its largest resident size; null in a line about something else. */
    static @Nullable Long peakRssMb(String line) {
        return line.startsWith(PEAK_RSS_MB + " ")
                ? Long.valueOf(line.substring(PEAK_RSS_MB.length() + 1).strip())
                : null;
    }
}
