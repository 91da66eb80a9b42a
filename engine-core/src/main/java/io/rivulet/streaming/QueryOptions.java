package io.rivulet.streaming;

import io.rivulet.option.Durations;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a streaming query, as {@code writeStream().option(name, value)} takes them. */
public record QueryOptions(
        boolean flushAtEnd,
        WatermarkPolicy watermarkPolicy,
        long maxRowsPerBatch,
        int progressHistory,
        int batchAttempts,
        @Nullable Duration targetBatchDuration) {
    /** How the watermarks of several inputs make the global one. */
    public enum WatermarkPolicy {
        /** The slowest input holds time back. */
        MIN,
        /** The fastest input moves time. */
        MAX
    }

    public static final Option<Boolean> FLUSH_AT_END = Option.flag(
            "flushAtEnd",
            false,
            "With trigger availableNow: close every window after the last batch. The query is then complete and its"
                    + " checkpoint refuses to go on.");
    public static final Option<WatermarkPolicy> WATERMARK_POLICY = Option.choice(
            "watermarkPolicy", WatermarkPolicy.MIN, "How the watermarks of several inputs make the query's.");
    public static final Option<Long> MAX_ROWS_PER_BATCH =
            Option.count("maxRowsPerBatch", 1_000_000L, 1, "The most rows one batch takes from each source.");
    public static final Option<Long> PROGRESS_HISTORY =
            Option.count("progressHistory", 100L, 1, Integer.MAX_VALUE, "How many batches recentProgress() remembers.");
    public static final Option<Long> BATCH_ATTEMPTS = Option.count(
            "batchAttempts",
            1L,
            1,
            Integer.MAX_VALUE,
            "How often a batch that fails for a passing reason is tried before the query fails.");

    public static final Option<Duration> TARGET_BATCH_DURATION = new Option<>(
            "targetBatchDuration",
            "duration, e.g. 2 seconds",
            null,
            "How long a batch should take: the row limit then follows the measured rate, up to maxRowsPerBatch, and a"
                    + " burst stays in the source. Without it the limit is maxRowsPerBatch.",
            QueryOptions::positive);

    /** Every option there is. */
    public static final List<Option<?>> ALL = List.of(
            FLUSH_AT_END,
            WATERMARK_POLICY,
            MAX_ROWS_PER_BATCH,
            PROGRESS_HISTORY,
            BATCH_ATTEMPTS,
            TARGET_BATCH_DURATION);

    /** Reads options; UNKNOWN_OPTION or BAD_OPTION when they are not of {@link #ALL}. */
    public static QueryOptions parse(Map<String, String> texts) {
        Options options = Options.parse("streaming query", ALL, texts);
        return new QueryOptions(
                options.get(FLUSH_AT_END),
                options.get(WATERMARK_POLICY),
                options.get(MAX_ROWS_PER_BATCH),
                options.get(PROGRESS_HISTORY).intValue(),
                options.get(BATCH_ATTEMPTS).intValue(),
                options.find(TARGET_BATCH_DURATION));
    }

    private static Duration positive(String text) {
        Duration duration = Durations.parse(text);
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException("not positive");
        }
        return duration;
    }
}
