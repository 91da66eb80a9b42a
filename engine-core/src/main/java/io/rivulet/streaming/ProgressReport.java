package io.rivulet.streaming;

import io.rivulet.connector.ReportsLatestOffset;
import io.rivulet.execution.GraphResult;
import io.rivulet.operator.project.EventTimes;
import io.rivulet.time.Clock;
import io.rivulet.time.CpuTime;
import io.rivulet.time.Watermark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the progress of a batch from what its run has come to. Remembers when the last batch began. */
final class ProgressReport {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final long MICROS_PER_MILLI = 1000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String id;
    private final String runId;
    private final @Nullable String name;
    private final Clock clock;
    private long lastTimestampMicros = Long.MIN_VALUE;
    private long lastCpuNanos;

    ProgressReport(String id, String runId, @Nullable String name, Clock clock) {
        this.id = id;
        this.runId = runId;
        this.name = name;
        this.clock = clock;
    }

    QueryProgress of(OpenQuery query, BatchPlan plan, GraphResult result, BatchTimer timer) {
        long input = total(result.rowsRead());
        long now = clock.wallMicros();
        double sinceLast = lastTimestampMicros == Long.MIN_VALUE ? 0 : (now - lastTimestampMicros) / MICROS_PER_SECOND;
        lastTimestampMicros = now;
        double seconds = timer.totalNanos() / NANOS_PER_SECOND;
        Map<String, Long> durations = timer.millis();
        List<QueryProgress.SideSinkProgress> sinks = sinks(query, result);
        return new QueryProgress(
                id,
                runId,
                name,
                instant(plan.timestampMicros()),
                plan.batchId(),
                durations.getOrDefault("triggerExecution", 0L),
                input,
                sinceLast > 0 ? input / sinceLast : 0,
                seconds > 0 ? input / seconds : 0,
                durations,
                cpuMillis(result),
                eventTime(query, result),
                operators(result),
                sources(query, plan, result),
                new QueryProgress.SinkProgress(
                        sinks.get(0).description(), sinks.get(0).numOutputRows()),
                sinks.subList(1, sinks.size()));
    }

    /** The first batch counts all that the query's thread has done since it began. */
    private long cpuMillis(GraphResult result) {
        long now = CpuTime.ofThisThread();
        long own = now == CpuTime.UNKNOWN ? 0 : now - lastCpuNanos;
        lastCpuNanos = now == CpuTime.UNKNOWN ? 0 : now;
        return (own + result.otherThreadsCpuNanos()) / NANOS_PER_MILLI;
    }

    /** A time as progress shows it. */
    static String instant(long micros) {
        return ProgressTimestamp.ofMillis(Math.floorDiv(micros, MICROS_PER_MILLI));
    }

    private static Map<String, String> eventTime(OpenQuery query, GraphResult result) {
        if (!query.watermarks().active()) {
            return Map.of();
        }
        Map<String, String> times = new LinkedHashMap<>();
        EventTimes all = new EventTimes();
        result.eventTimes().values().forEach(all::add);
        if (all.count() > 0) {
            times.put("min", instant(all.min()));
            times.put("max", instant(all.max()));
            times.put("avg", instant(all.average()));
        }
        long watermark = Watermark.shown(query.watermarks().watermark());
        times.put("watermark", ProgressTimestamp.ofMillis(watermark));
        return times;
    }

    private static List<QueryProgress.StateOperatorProgress> operators(GraphResult result) {
        List<QueryProgress.StateOperatorProgress> operators = new ArrayList<>();
        for (GraphResult.OperatorResult o : result.operators()) {
            operators.add(new QueryProgress.StateOperatorProgress(
                    o.operatorId(),
                    o.rowsTotal(),
                    o.rowsUpdated(),
                    o.rowsRemoved(),
                    o.rowsLate(),
                    o.rowsWithoutTime(),
                    o.memoryBytes(),
                    o.stageNanos() / 1_000_000));
        }
        return operators;
    }

    private static List<QueryProgress.SourceProgress> sources(OpenQuery query, BatchPlan plan, GraphResult result) {
        List<QueryProgress.SourceProgress> sources = new ArrayList<>();
        query.sources().forEach((sourceId, source) -> {
            BatchPlan.Range range = plan.sources().get(sourceId);
            String end = range == null ? "" : range.end().text();
            sources.add(new QueryProgress.SourceProgress(
                    source.description(),
                    range == null ? "" : range.start().text(),
                    end,
                    source instanceof ReportsLatestOffset reaching
                            ? reaching.latestOffset().text()
                            : end,
                    result.rowsRead().getOrDefault(sourceId, 0L),
                    result.malformedRows().getOrDefault(sourceId, 0L)));
        });
        return sources;
    }

    /** The first sink is the main one. */
    private static List<QueryProgress.SideSinkProgress> sinks(OpenQuery query, GraphResult result) {
        List<QueryProgress.SideSinkProgress> sinks = new ArrayList<>();
        query.sinks()
                .forEach((name, sink) -> sinks.add(new QueryProgress.SideSinkProgress(
                        name, sink.description(), result.rowsWritten().getOrDefault(name, 0L))));
        return sinks;
    }

    private static long total(Map<String, Long> counts) {
        long total = 0;
        for (long count : counts.values()) {
            total += count;
        }
        return total;
    }
}
