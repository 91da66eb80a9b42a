package io.rivulet.connector.builtin;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Offset;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.connector.SourceProvider;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.error.ErrorCode;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import io.rivulet.type.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code rate-micro-batch}: numbered rows, so many a micro-batch, whatever time that takes; the same batches
 * in every run. Columns {@code timestamp TIMESTAMP, value BIGINT}; all rows of a batch have one time, which moves on
 * from batch to batch. Every batch has exactly the rows asked for, whatever limits the query has; with a trigger that
 * ends by itself there is one batch. Replayable.
 */
public final class RateMicroBatchConnector implements ConnectorProvider {
    private static final long MOST_ROWS = 1_000_000_000;
    /** Times up to the year 10 000, and as much room behind them. */
    private static final long MOST_MILLIS = 253_402_300_800_000L;

    private static final Option<Long> ROWS_PER_BATCH =
            Option.count("rowsPerBatch", null, 1, MOST_ROWS, "How many rows every batch has; must be set.");
    private static final Option<Long> START_TIMESTAMP = Option.count(
            "startTimestamp", 0L, 0, MOST_MILLIS, "The time of the first batch, in milliseconds since the epoch.");
    private static final Option<Long> ADVANCE_MILLIS = Option.count(
            "advanceMillisPerBatch", 1000L, 0, MOST_MILLIS, "By how much the time moves on with every batch.");

    /** Made by {@link java.util.ServiceLoader}. */
    public RateMicroBatchConnector() {}

    @Override
    public String format() {
        return "rate-micro-batch";
    }

    @Override
    public SourceProvider source() {
        return new Provider();
    }

    @Override
    public @Nullable SinkProvider sink() {
        return null;
    }

    private static final class Provider implements SourceProvider {
        @Override
        public List<Option<?>> options() {
            return List.of(ROWS_PER_BATCH, START_TIMESTAMP, ADVANCE_MILLIS, RateConnector.NUM_PARTITIONS);
        }

        @Override
        public Schema schema(SourceContext context) {
            RateConnector.check("rate-micro-batch", context);
            open(context).close();
            return GeneratedRows.SCHEMA;
        }

        @Override
        public Source open(SourceContext context) {
            Options options = Options.parse("rate-micro-batch source", options(), context.options());
            return new BatchwiseSource(
                    options.get(ROWS_PER_BATCH),
                    options.get(START_TIMESTAMP),
                    options.get(ADVANCE_MILLIS),
                    RateConnector.partitions(options, 0));
        }
    }

    /**
     * Each batch begins where the last one ended. An offset is {@code {"rows":<n>,"millis":<t>}}: how many rows lie
     * before it, and the time of the batch that begins there.
     */
    private static final class BatchwiseSource implements Source {
        private static final Pattern FORM = Pattern.compile("\\{\"rows\":(\\d{1,18}),\"millis\":(\\d{1,18})\\}");

        private final long rowsPerBatch;
        private final long startMillis;
        private final long advanceMillis;
        private final long partitions;
        private boolean ends;
        private @Nullable Offset last;

        BatchwiseSource(long rowsPerBatch, long startMillis, long advanceMillis, long partitions) {
            this.rowsPerBatch = rowsPerBatch;
            this.startMillis = startMillis;
            this.advanceMillis = advanceMillis;
            this.partitions = partitions;
        }

        private static long[] position(Offset offset) {
            Matcher matcher = FORM.matcher(offset.text());
            if (!matcher.matches()) {
                throw ErrorCode.CHECKPOINT_CORRUPT.error("'" + offset.text() + "' is no offset of a rate-micro-batch"
                        + " source; the checkpoint belongs to another kind of source");
            }
            return new long[] {Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))};
        }

        private static Offset offset(long rows, long millis) {
            return new Offset("{\"rows\":" + rows + ",\"millis\":" + millis + "}");
        }

        @Override
        public Schema schema() {
            return GeneratedRows.SCHEMA;
        }

        @Override
        public String description() {
            return "rate of " + rowsPerBatch + " rows per batch";
        }

        @Override
        public Offset initial() {
            return offset(0, startMillis);
        }

        @Override
        public void restore(Offset committed, @Nullable Offset planned) {
            position(committed);
        }

        @Override
        public Offset latest(Offset start, ReadLimit limit) {
            if (ends && last != null) {
                return start;
            }
            long[] at = position(start);
            last = offset(Math.addExact(at[0], rowsPerBatch), Math.addExact(at[1], advanceMillis));
            return last;
        }

        @Override
        public void stopAtAvailable() {
            ends = true;
        }

        @Override
        public List<? extends Split> splits(Offset start, Offset end, int parallelism) {
            long[] from = position(start);
            return GeneratedRows.Range.cut(
                    from[1] * 1000, from[0], position(end)[0], partitions == 0 ? parallelism : partitions);
        }

        @Override
        public SplitReader reader(Split split, ReadContext context) {
            GeneratedRows.Range range = (GeneratedRows.Range) split;
            return new GeneratedRows(
                    range, context, (first, count, micros) -> Arrays.fill(micros, 0, count, range.origin()));
        }

        @Override
        public void onNewData(Runnable wake) {
            // there is always more
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
