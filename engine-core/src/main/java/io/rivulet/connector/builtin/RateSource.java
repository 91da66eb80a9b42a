package io.rivulet.connector.builtin;

import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.Source;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.error.ErrorCode;
import io.rivulet.time.Clock;
import io.rivulet.type.Schema;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows at a rate. An offset is {@code {"start":<microseconds>,"rows":<n>}}: the time of the query's first start, and
 * how many rows lie before it. While nothing is due a thread sleeps until the next second begins.
 */
final class RateSource implements Source {
    private static final long SECOND = 1_000_000;
    private static final Pattern FORM = Pattern.compile("\\{\"start\":(-?\\d{1,18}),\"rows\":(\\d{1,19})\\}");

    private final Clock clock;
    private final RateSpeed speed;
    private final long partitions;
    private long stoppedAt = Long.MAX_VALUE;
    private @Nullable Wakeup wakeup;

    /** @param partitions the number of splits; 0 for one per task */
    RateSource(Clock clock, RateSpeed speed, long partitions) {
        this.clock = clock;
        this.speed = speed;
        this.partitions = partitions;
    }

    private record Position(long start, long rows) {
        static Position of(Offset offset) {
            Matcher matcher = FORM.matcher(offset.text());
            if (!matcher.matches()) {
                throw ErrorCode.CHECKPOINT_CORRUPT.error("'" + offset.text()
                        + "' is no offset of a rate source; the checkpoint belongs to another kind of source");
            }
            return new Position(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        }

        Offset toOffset() {
            return new Offset("{\"start\":" + start + ",\"rows\":" + rows + "}");
        }
    }

    @Override
    public Schema schema() {
        return GeneratedRows.SCHEMA;
    }

    @Override
    public String description() {
        return "rate of " + speed.rowsPerSecond() + " rows per second";
    }

    @Override
    public Offset initial() {
        return new Position(clock.wallMicros(), 0).toOffset();
    }

    @Override
    public void restore(Offset committed, @Nullable Offset planned) {
        Position.of(committed);
    }

    @Override
    public Offset latest(Offset start, ReadLimit limit) {
        Position from = Position.of(start);
        long now = Math.min(clock.wallMicros(), stoppedAt);
        long seconds = Math.max(0, now - from.start) / SECOND;
        long due = speed.rowsAfter(seconds);
        if (due <= from.rows) {
            Wakeup waiting = wakeup;
            if (waiting != null) {
                waiting.at(from.start + (Math.max(seconds, speed.secondOf(from.rows)) + 1) * SECOND);
            }
            return start;
        }
        return new Position(from.start, from.rows + Math.min(due - from.rows, limit.maxRows())).toOffset();
    }

    @Override
    public void stopAtAvailable() {
        stoppedAt = clock.wallMicros();
    }

    @Override
    public List<? extends Split> splits(Offset start, Offset end, int parallelism) {
        Position from = Position.of(start);
        return GeneratedRows.Range.cut(
                from.start, from.rows, Position.of(end).rows, partitions == 0 ? parallelism : partitions);
    }

    @Override
    public SplitReader reader(Split split, ReadContext context) {
        GeneratedRows.Range range = (GeneratedRows.Range) split;
        return new GeneratedRows(
                range, context, (first, count, micros) -> speed.fill(range.origin(), first, count, micros));
    }

    @Override
    public void onNewData(Runnable wake) {
        if (wakeup == null) {
            wakeup = new Wakeup(clock, "rivulet-rate", wake);
        }
    }

    @Override
    public void close() {
        Wakeup waiting = wakeup;
        wakeup = null;
        if (waiting != null) {
            waiting.close();
        }
    }
}
