package io.rivulet.execution;

import io.rivulet.connector.Split;
import java.util.List;

/** Divides ordered splits among tasks: each takes a contiguous range, so that the order of rows stays. */
final class Shares {
    private Shares() {}

    /** The splits of one task; by rows, a split belongs to the task in whose share its middle lies. */
    static List<Split> of(List<Split> splits, int task, int tasks) {
        if (tasks == 1) {
            return splits;
        }
        long total = 0;
        for (Split split : splits) {
            total += Math.max(1, split.estimatedRows());
        }
        int from = -1;
        int to = 0;
        long before = 0;
        for (int i = 0; i < splits.size(); i++) {
            long rows = Math.max(1, splits.get(i).estimatedRows());
            int owner = (int) Math.min(tasks - 1, (before + rows / 2.0) / total * tasks);
            if (owner == task) {
                from = from < 0 ? i : from;
                to = i + 1;
            }
            before += rows;
        }
        return from < 0 ? List.of() : splits.subList(from, to);
    }
}
