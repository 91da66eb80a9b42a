package io.rivulet.plan;

import io.rivulet.aggregate.AggregateCall;
import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.aggregate.TimeLayout;
import io.rivulet.connector.OutputMode;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregation groups by and computes.
 *
 * @param operatorId stable across restarts, e.g. {@code aggregate-0}; names the state table
 * @param inputSchema the columns as {@link Aggregate} says: event time if windowed, keys, arguments
 * @param keyCount how many key columns there are
 * @param window the windows of event time to group by as well, or null; then input column 0 is the event time
 * @param eventTimeKey which key (0-based among the keys) is the event time itself and closes with the watermark; -1
 *     when none is
 * @param calls what to compute, by input columns
 * @param outputMode which groups a batch gives out
 * @param watermarked whether a watermark closes groups: late rows are refused, closed groups leave
 * @param outputSchema the window as STRUCT&lt;start, end&gt; if there is one, the keys, the results
 */
public record AggregateSpec(
        String operatorId,
        Schema inputSchema,
        int keyCount,
        @Nullable WindowSpec window,
        int eventTimeKey,
        List<AggregateCall> calls,
        OutputMode outputMode,
        boolean watermarked,
        Schema outputSchema) {
    public AggregateSpec {
        calls = List.copyOf(calls);
    }

    /** Whether rows are grouped by windows of event time. */
    public boolean windowed() {
        return window != null;
    }

    /** What its groups are kept by in event time. */
    public TimeLayout layout() {
        return TimeLayout.of(window, new GroupedAggregation(inputSchema, keyCount, calls));
    }

    /** The input column of the first key. */
    public int firstKey() {
        return windowed() ? 1 : 0;
    }
}
