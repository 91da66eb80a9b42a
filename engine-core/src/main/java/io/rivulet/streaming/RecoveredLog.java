package io.rivulet.streaming;

import io.rivulet.connector.Offset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a query stands by its log.
 *
 * @param queryId the id the checkpoint was made with
 * @param lastBatch the last batch that was prepared; -1 when none was. State is at version {@code lastBatch + 1}
 * @param lastResult the result of that batch; null when there is none
 * @param lastCommitted whether that batch was committed; otherwise its sinks must commit it (again)
 * @param offsets the end offsets of the last prepared batch, by source id; empty when there is none
 * @param planned the plan of batch {@code lastBatch + 1} when it was logged; it must run as planned
 * @param watermarkPolicy the policy the checkpoint was made with
 */
public record RecoveredLog(
        String queryId,
        long lastBatch,
        @Nullable BatchResult lastResult,
        boolean lastCommitted,
        Map<String, Offset> offsets,
        @Nullable BatchPlan planned,
        String watermarkPolicy) {}
