package io.rivulet.cli;

import io.rivulet.StreamingQuery;
import io.rivulet.streaming.QueryProgress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One line about a running query, and numbers as people read them. */
final class ProgressLine {
    private static final String NO_WATERMARK = "1970-01-01T00:00:00";

    private ProgressLine() {}

    /** Name, batches, rows, rows a second, watermark and rows written, of this run. */
    static String of(StreamingQuery query) {
        List<QueryProgress> batches = query.recentProgress();
        String name = String.format(Locale.ROOT, "%-8s", query.name());
        if (batches.isEmpty()) {
            return name + " no batch yet";
        }
        QueryProgress last = batches.get(batches.size() - 1);
        return name + " batch " + last.batchId()
                + ", " + count(rowsRead(batches)) + " rows, "
                + rate(last.processedRowsPerSecond()) + ", watermark " + time(watermark(last))
                + ", " + count(rowsWritten(batches)) + " rows out";
    }

    /** Rows that batches read. */
    static long rowsRead(List<QueryProgress> batches) {
        return batches.stream().mapToLong(QueryProgress::numInputRows).sum();
    }

    /** Rows that batches gave to the sink. */
    static long rowsWritten(List<QueryProgress> batches) {
        return batches.stream().mapToLong(b -> b.sink().numOutputRows()).sum();
    }

    /** The watermark after a batch, ISO-8601; null when there is none yet. */
    static @Nullable String watermark(QueryProgress progress) {
        String watermark = progress.eventTime().get("watermark");
        return watermark == null || watermark.startsWith(NO_WATERMARK) ? null : watermark;
    }

    /** A time to the minute, e.g. {@code 2001-02-03 04:05}. */
    static String time(@Nullable String iso) {
        return iso == null ? "none yet" : iso.substring(0, 16).replace('T', ' ');
    }

    /** A number in groups of three digits, e.g. {@code 1 234 567}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    /** Rows a second to three digits, e.g. {@code 1.2 M rows/s}. */
    static String rate(double rowsPerSecond) {
        if (rowsPerSecond >= 1e6) {
            return String.format(Locale.ROOT, "%.1f M rows/s", rowsPerSecond / 1e6);
        }
        if (rowsPerSecond >= 1e3) {
            return String.format(Locale.ROOT, "%.1f k rows/s", rowsPerSecond / 1e3);
        }
        return String.format(Locale.ROOT, "%.0f rows/s", rowsPerSecond);
    }

    /** Seconds to a tenth, e.g. {@code 3.4 s}. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }
}
