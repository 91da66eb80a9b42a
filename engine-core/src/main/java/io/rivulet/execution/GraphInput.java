package io.rivulet.execution;

import io.rivulet.connector.Split;
import java.util.List;
import java.util.Map;

/**
 * What one run of a graph reads.
 *
 * @param lateWatermark the watermark after the batch before
 * @param splits the splits of each source, in order
 */
public record GraphInput(
        long batchId, int attempt, long timestampMicros, long lateWatermark, Map<String, List<Split>> splits) {}
