package io.rivulet.plan;

import java.util.List;

/**
 * Operators between exchanges, run by one task per partition.
 *
 * @param id its place in the graph
 * @param plan what a task does
 * @param output where its rows go
 * @param oneTask whether it runs as a single task whatever the parallelism (sort, limit, global aggregates)
 * @param placement where its tasks may run
 */
public record Stage(int id, PhysicalPlan plan, Output output, boolean oneTask, Placement placement) {
    /** Where tasks may run. */
    public enum Placement {
        /** Anywhere. */
        ANY,
        /** In the process of the driver, because live objects of the host are touched. */
        DRIVER
    }

    /** Where the rows of a stage go. */
    public sealed interface Output {}

    /**
     * Into an exchange, distributed by the hash of key columns. No key columns: everything to the one task of the next
     * stage.
     */
    public record ToExchange(int exchangeId, List<Integer> keyColumns) implements Output {}

    /** To the query's sink of that name. */
    public record ToSink(String sinkName) implements Output {}
}
