package io.rivulet.execution;

import io.rivulet.expression.EvaluationMode;
import io.rivulet.file.FileAccess;
import io.rivulet.memory.MemoryPool;
import io.rivulet.time.Clock;
import java.time.ZoneId;

/**
 * What the queries of one engine share. All of it is thread-safe.
 *
 * @param vectorSize the most rows of a column batch
 * @param zone the session time zone
 */
public record EngineServices(
        TaskExecutor executor,
        Clock clock,
        MemoryPool memory,
        FileAccess files,
        ZoneId zone,
        EvaluationMode mode,
        int vectorSize) {
    /** The vector size when nobody says otherwise: what keeps the rows that one batch touches inside the L2 cache. */
    public static final int DEFAULT_VECTOR_SIZE = 2048;
}
