package io.rivulet.execution;

import io.rivulet.connector.Split;
import java.util.List;
import java.util.Map;

/**
 * One stage over one partition in one attempt of one batch. Pure data: together with the plan of the stage, which its
 * runner knows, everything that is needed to run it anywhere.
 *
 * @param timestampMicros the batch timestamp
 * @param lateMicros the watermark after the batch before, as a bound on microseconds
 * @param splits what to read of each source, in order
 */
public record Task(
        int stage,
        int partition,
        long batchId,
        int attempt,
        long timestampMicros,
        long lateMicros,
        Map<String, List<Split>> splits) {}
