package io.rivulet.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the system says of this process. */
final class ProcessFigures {
    private static final Path STATUS = Path.of("/proc/self/status");

    private ProcessFigures() {}

    /** Processor time used by all threads so far, the collector's and the compiler's included, in nanoseconds. */
    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** The largest resident size so far in megabytes, 0 where there is no {@code /proc}. */
    static long peakRssMb() {
        if (!Files.isReadable(STATUS)) {
            return 0;
        }
        try {
            return peakRssMb(Files.readAllLines(STATUS, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return 0;
        }
    }

    /** Reads the line {@code VmHWM:  123456 kB}. */
    static long peakRssMb(List<String> status) {
        for (String line : status) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return 0;
    }
}
