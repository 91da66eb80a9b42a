package io.rivulet.sql.planning;

import io.rivulet.type.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The sinks a query has besides its main one.
 *
 * @param lateRows the columns of the late-row sink (see {@link LateRows#schema}), or null when there is none
 * @param badRows whether there is a bad-row sink
 * @param inDriver whether one of them is an object of this process
 */
public record SideSinks(@Nullable Schema lateRows, boolean badRows, boolean inDriver) {
    /** There are none. */
    public static final SideSinks NONE = new SideSinks(null, false, false);
}
