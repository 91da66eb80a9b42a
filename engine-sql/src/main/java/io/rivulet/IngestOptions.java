package io.rivulet;

import io.rivulet.connector.builtin.IngestLimits;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Options of an {@link Ingest}. Immutable: each method gives changed options, and {@code BAD_OPTION} for a bad value.
 *
 * <pre>{@code
 * IngestOptions.defaults().capacityRows(10_000).whenFull(WhenFull.REFUSE).eventTime("time", Duration.ofSeconds(10))
 * }</pre>
 */
public final class IngestOptions {
    /** What a push does when the ingest holds as many records as it may. */
    public enum WhenFull {
        /** It waits for room. */
        BLOCK,
        /** It fails with {@code BUFFER_FULL}. */
        REFUSE
    }

    private static final long DEFAULT_BYTES = 16 << 20;
    private static final int MEMORY_SHARE = 8;

    public static final Option<Long> CAPACITY_ROWS = Option.count(
            "capacityRows", 100_000L, 1, "The most records that wait to be committed; more push back on the host.");
    public static final Option<Long> CAPACITY_BYTES = Option.bytes(
            "capacityBytes",
            null,
            "The most bytes that they take, reserved in the engine's memory. Default: 16m, at most 1/8 of that memory.");
    public static final Option<WhenFull> WHEN_FULL = Option.choice(
            "whenFull", WhenFull.BLOCK, "Whether a push that finds no room waits for it or fails with BUFFER_FULL.");
    public static final Option<Duration> BLOCK_TIMEOUT = Option.duration(
            "blockTimeout",
            null,
            "How long a push waits for room before it fails with BUFFER_FULL. Default: for ever.");
    public static final Option<String> EVENT_TIME = Option.text(
            "eventTime", null, "The component that is the event time; the frame then has a watermark on it.");
    public static final Option<Duration> WATERMARK_DELAY = Option.duration(
            "watermarkDelay", Duration.ZERO, "With eventTime: how late a record may be and still count.");
    public static final Option<Boolean> JOURNAL = Option.flag(
            "journal",
            false,
            "Write the records of a batch into the checkpoint's log before the batch, so that a batch is run again"
                    + " with them after a crash.");

    /** Every option there is. */
    public static final List<Option<?>> ALL =
            List.of(CAPACITY_ROWS, CAPACITY_BYTES, WHEN_FULL, BLOCK_TIMEOUT, EVENT_TIME, WATERMARK_DELAY, JOURNAL);

    private static final IngestOptions DEFAULTS = new IngestOptions(Map.of());

    private final Map<String, String> texts;
    private final Options values;

    private IngestOptions(Map<String, String> texts) {
        this.texts = texts;
        this.values = Options.parse("ingest", ALL, texts);
    }

    /** Every option at its default. */
    public static IngestOptions defaults() {
        return DEFAULTS;
    }

    /** An option by name; {@code UNKNOWN_OPTION} or {@code BAD_OPTION}. */
    public IngestOptions option(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(texts);
        more.put(name, String.valueOf(value));
        return new IngestOptions(more);
    }

    /** The most records that wait to be committed; at least 1. */
    public IngestOptions capacityRows(long rows) {
        return option(CAPACITY_ROWS.name(), rows);
    }

    /** The most bytes that they take; at least 1. */
    public IngestOptions capacityBytes(long bytes) {
        return option(CAPACITY_BYTES.name(), bytes);
    }

    /** What a push does that finds no room. */
    public IngestOptions whenFull(WhenFull what) {
        return option(WHEN_FULL.name(), what == WhenFull.REFUSE ? "refuse" : "block");
    }

    /** How long a push waits for room; positive. */
    public IngestOptions blockTimeout(Duration timeout) {
        return option(BLOCK_TIMEOUT.name(), timeout);
    }

    /**
     * The component that is the event time, as {@code withWatermark(component, delay)} on the frame says it.
     *
     * @param delay how late a record may be and still count; not negative
     */
    public IngestOptions eventTime(String component, Duration delay) {
        return option(EVENT_TIME.name(), component).option(WATERMARK_DELAY.name(), delay);
    }

    /** Whether records are journaled in the checkpoint. */
    public IngestOptions journal(boolean wanted) {
        return option(JOURNAL.name(), wanted);
    }

    boolean journal() {
        return values.get(JOURNAL);
    }

    @Nullable
    String eventTime() {
        return values.find(EVENT_TIME);
    }

    Duration watermarkDelay() {
        return values.get(WATERMARK_DELAY);
    }

    /** What the options say together; {@code BAD_OPTION} when they contradict each other. */
    IngestLimits limits(long memory) {
        Duration timeout = values.find(BLOCK_TIMEOUT);
        boolean refuse = values.get(WHEN_FULL) == WhenFull.REFUSE;
        if (timeout != null && refuse) {
            throw bad("blockTimeout has no meaning with whenFull=refuse; set one of them");
        }
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw bad("blockTimeout must be positive, not " + timeout + "; whenFull=refuse does not wait at all");
        }
        if (watermarkDelay().isNegative()) {
            throw bad("watermarkDelay must not be negative, but is " + watermarkDelay());
        }
        if (values.isSet(WATERMARK_DELAY) && eventTime() == null) {
            throw bad("watermarkDelay needs eventTime, the component it is for");
        }
        Long bytes = values.find(CAPACITY_BYTES);
        if (bytes != null && bytes > memory) {
            throw bad("capacityBytes is " + bytes + ", but the engine's memory is " + memory
                    + " bytes; lower it, or raise the engine's memoryLimit");
        }
        return new IngestLimits(
                values.get(CAPACITY_ROWS),
                bytes == null ? Math.max(1, Math.min(DEFAULT_BYTES, memory / MEMORY_SHARE)) : bytes,
                refuse,
                timeout);
    }

    private static RivuletException bad(String what) {
        return ErrorCode.BAD_OPTION.error("of the options of an ingest, " + what);
    }

    @Override
    public String toString() {
        return texts.toString();
    }
}
