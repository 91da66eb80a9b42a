package io.rivulet.execution;

import io.rivulet.connector.Split;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides ordered splits among tasks: each takes a contiguous range of the splits of all sources, one source after the
 * other, so that the order of rows stays.
 */
final class Shares {
    private Shares() {}

    /**
     * The splits of one task; by rows, a split belongs to the task in whose share its middle lies.
     *
     * @param sources the order of the sources
     * @param splits the splits of each source, in order; sources without any may be missing
     */
    static Map<String, List<Split>> of(List<String> sources, Map<String, List<Split>> splits, int task, int tasks) {
        Map<String, List<Split>> own = new LinkedHashMap<>();
        long total = 0;
        for (String source : sources) {
            for (Split split : splits.getOrDefault(source, List.of())) {
                total += rows(split);
            }
        }
        long before = 0;
        for (String source : sources) {
            List<Split> all = splits.getOrDefault(source, List.of());
            int from = -1;
            int to = 0;
            for (int i = 0; i < all.size(); i++) {
                long rows = rows(all.get(i));
                int owner = (int) Math.min(tasks - 1, (before + rows / 2.0) / total * tasks);
                if (owner == task) {
                    from = from < 0 ? i : from;
                    to = i + 1;
                }
                before += rows;
            }
            if (from >= 0) {
                own.put(source, all.subList(from, to));
            }
        }
        return own;
    }

    private static long rows(Split split) {
        return Math.max(1, split.estimatedRows());
    }
}
