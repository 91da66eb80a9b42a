package io.rivulet.time;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/**
 * The CPU time of threads, where the JVM can tell it. Asking the JVM for the first time loads a good deal of it
 * (some 20 ms), so that happens only in {@link #ofThisThread}, and not before the first result of a query is out.
 * Thread-safe.
 */
public final class CpuTime {
    /** What there is when the JVM does not tell. */
    public static final long UNKNOWN = -1;

    private static volatile boolean loaded;

    private CpuTime() {}

    private static final class Bean {
        static final @Nullable ThreadMXBean THREADS = find();

        private static @Nullable ThreadMXBean find() {
            ThreadMXBean bean = ManagementFactory.getThreadMXBean();
            boolean works = bean.isCurrentThreadCpuTimeSupported() && bean.isThreadCpuTimeEnabled();
            loaded = true;
            return works ? bean : null;
        }
    }

    /** Nanoseconds of CPU that the calling thread has used since it began, or {@link #UNKNOWN}. */
    public static long ofThisThread() {
        ThreadMXBean threads = Bean.THREADS;
        return threads == null ? UNKNOWN : threads.getCurrentThreadCpuTime();
    }

    /** The same, but {@link #UNKNOWN} as long as nobody has called {@link #ofThisThread}. */
    public static long ofThisThreadIfLoaded() {
        return loaded ? ofThisThread() : UNKNOWN;
    }
}
