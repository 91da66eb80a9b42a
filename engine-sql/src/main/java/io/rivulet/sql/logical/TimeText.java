package io.rivulet.sql.logical;

import io.rivulet.time.WindowSpec;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Spans of time as plans show them. */
public final class TimeText {
    private TimeText() {}

    /** A window as {@code 7 days}, {@code 10 minutes every 5 minutes}, {@code 1 hour from 15 minutes}. */
    public static String window(WindowSpec window) {
        String text = duration(window.size());
        if (!window.isTumbling()) {
            text += " every " + duration(window.slide());
        }
        return window.offset() == 0 ? text : text + " from " + duration(window.offset());
    }

    /** Microseconds in the largest unit that divides them. */
    public static String duration(long micros) {
        long[] sizes = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1000L};
        ChronoUnit[] units = {
            ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS, ChronoUnit.MILLIS
        };
        for (int i = 0; i < sizes.length; i++) {
            if (micros != 0 && micros % sizes[i] == 0) {
                long count = micros / sizes[i];
                String unit =
                        units[i] == ChronoUnit.MILLIS ? "ms" : units[i].name().toLowerCase(Locale.ROOT);
                return count + " "
                        + (count == 1 && unit.endsWith("s") && unit.length() > 2
                                ? unit.substring(0, unit.length() - 1)
                                : unit);
            }
        }
        return micros == 0
                ? "0 seconds"
                : Duration.of(micros, ChronoUnit.MICROS).toString();
    }
}
