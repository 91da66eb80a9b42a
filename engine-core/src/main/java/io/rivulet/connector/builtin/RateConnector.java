package io.rivulet.connector.builtin;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.connector.SourceProvider;
import io.rivulet.error.ErrorCode;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import io.rivulet.type.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code rate}: numbered rows, so many a second, to try queries and measure them. Columns
 * {@code timestamp TIMESTAMP, value BIGINT}; the rows of a second come when it is over, their times spread evenly over
 * it. Replayable: time and number follow from the offset, which holds the time the query first started.
 */
public final class RateConnector implements ConnectorProvider {
    private static final long MOST_ROWS_PER_SECOND = 1_000_000_000;
    private static final long MOST_PARTITIONS = 10_000;
    private static final Option<Long> ROWS_PER_SECOND =
            Option.count("rowsPerSecond", 1L, 1, MOST_ROWS_PER_SECOND, "How many rows there are every second.");
    private static final Option<Duration> RAMP_UP_TIME = Option.duration(
            "rampUpTime", Duration.ZERO, "How long, in whole seconds, the rate grows evenly until it is reached.");

    /** Option of both rate sources. */
    static final Option<Long> NUM_PARTITIONS = Option.count(
            "numPartitions",
            null,
            1,
            MOST_PARTITIONS,
            "How many splits a batch has; as many as there are tasks when it is not set.");

    private static final Duration LONGEST_RAMP_UP = Duration.ofDays(1);

    /** Made by {@link java.util.ServiceLoader}. */
    public RateConnector() {}

    @Override
    public String format() {
        return "rate";
    }

    @Override
    public SourceProvider source() {
        return new Provider();
    }

    @Override
    public @Nullable SinkProvider sink() {
        return null;
    }

    /** Refuses what neither rate source can do. */
    static void check(String format, SourceContext context) {
        if (context.path() != null) {
            throw ErrorCode.BAD_OPTION.error("the " + format + " source reads no path; use load() without one");
        }
        if (context.schema() != null && !context.schema().equals(GeneratedRows.SCHEMA)) {
            throw ErrorCode.BAD_SCHEMA.error("the columns of the " + format + " source are "
                    + GeneratedRows.SCHEMA.ddl() + "; leave the schema out and select(…) what is needed");
        }
        if (!context.streaming()) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("the " + format
                    + " source has no end; use readStream() instead of read(), or SELECT over a range of numbers");
        }
    }

    /** The number of splits; {@code otherwise} when the option is not set. */
    static long partitions(Options options, long otherwise) {
        Long partitions = options.find(NUM_PARTITIONS);
        return partitions == null ? otherwise : partitions;
    }

    private static final class Provider implements SourceProvider {
        @Override
        public List<Option<?>> options() {
            return List.of(ROWS_PER_SECOND, RAMP_UP_TIME, NUM_PARTITIONS);
        }

        @Override
        public Schema schema(SourceContext context) {
            check("rate", context);
            speed(parse(context));
            return GeneratedRows.SCHEMA;
        }

        private Options parse(SourceContext context) {
            Options options = Options.parse("rate source", options(), context.options());
            partitions(options, 1);
            return options;
        }

        private static RateSpeed speed(Options options) {
            long rows = options.get(ROWS_PER_SECOND);
            Duration ramp = options.get(RAMP_UP_TIME);
            if (ramp.isNegative()
                    || ramp.compareTo(LONGEST_RAMP_UP) > 0
                    || !ramp.equals(Duration.ofSeconds(ramp.toSeconds()))) {
                throw ErrorCode.BAD_OPTION.error("option 'rampUpTime' cannot be " + ramp
                        + "; it takes whole seconds from 0 to " + LONGEST_RAMP_UP.toSeconds());
            }
            return new RateSpeed(rows, ramp.toSeconds());
        }

        @Override
        public Source open(SourceContext context) {
            Options options = parse(context);
            return new RateSource(context.clock(), speed(options), partitions(options, 0));
        }
    }
}
