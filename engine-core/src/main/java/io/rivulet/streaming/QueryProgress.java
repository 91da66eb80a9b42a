package io.rivulet.streaming;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one batch did; field names as Spark's users know them. Durations are milliseconds, times ISO-8601 in UTC.
 *
 * @param timestamp when the batch was planned
 * @param inputRowsPerSecond the batch's rows over the time since the end of the batch before
 * @param processedRowsPerSecond the batch's rows over the batch's duration
 * @param cpuTimeMs CPU time of the query's thread and of the tasks on other threads since the progress before; 0 when
 *     the JVM does not tell
 * @param eventTime {@code min}, {@code max}, {@code avg} of the batch's event times, if it saw any, and {@code
 *     watermark} after the batch; empty when the query has no watermark
 */
public record QueryProgress(
        String id,
        String runId,
        @Nullable String name,
        String timestamp,
        long batchId,
        long batchDuration,
        long numInputRows,
        double inputRowsPerSecond,
        double processedRowsPerSecond,
        Map<String, Long> durationMs,
        long cpuTimeMs,
        Map<String, String> eventTime,
        List<StateOperatorProgress> stateOperators,
        List<SourceProgress> sources,
        SinkProgress sink,
        List<SideSinkProgress> sideSinks) {

    /** One stateful operator over all its partitions; row counts but {@code numRowsTotal} are of the batch. */
    public record StateOperatorProgress(
            String operatorName,
            long numRowsTotal,
            long numRowsUpdated,
            long numRowsRemoved,
            long numRowsDroppedByWatermark,
            long numRowsDroppedByNullTime,
            long memoryUsedBytes,
            long commitTimeMs) {}

    /** One source. Offsets are the source's text; {@code numMalformedRows} were dropped because they did not parse. */
    public record SourceProgress(
            String description,
            String startOffset,
            String endOffset,
            String latestOffset,
            long numInputRows,
            long numMalformedRows) {}

    /** The sink. */
    public record SinkProgress(String description, long numOutputRows) {}

    /** A sink besides the main one; {@code name} says what it takes: {@code lateRows} or {@code badRows}. */
    public record SideSinkProgress(String name, String description, long numOutputRows) {}

    /** The record as one line of JSON. */
    public String json() {
        return ProgressJson.write(this, false);
    }

    /** The record as JSON over several lines. */
    public String prettyJson() {
        return ProgressJson.write(this, true);
    }
}
