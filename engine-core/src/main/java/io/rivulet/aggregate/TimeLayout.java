package io.rivulet.aggregate;

import io.rivulet.time.WindowSpec;
import org.jspecify.annotations.Nullable;

/** What the groups of an aggregation are kept by in event time. */
public enum TimeLayout {
    /** There are no windows. */
    NONE,
    /** Each window has groups of its own; a row enters every window that holds it. Tumbling windows are kept so. */
    WINDOWS,
    /** A row enters the one slice it falls in, and a window is put together from its slices. */
    SLICES;

    /** The layout for these windows; sliding ones are sliced unless the aggregates depend on the order of rows. */
    public static TimeLayout of(@Nullable WindowSpec window, GroupedAggregation aggregation) {
        if (window == null) {
            return NONE;
        }
        return window.isTumbling() || !aggregation.sliceable() ? WINDOWS : SLICES;
    }
}
