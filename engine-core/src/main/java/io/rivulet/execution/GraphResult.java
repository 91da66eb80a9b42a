package io.rivulet.execution;

import io.rivulet.connector.SinkMessage;
import io.rivulet.operator.project.EventTimes;
import io.rivulet.state.StateStore;
import java.util.List;
import java.util.Map;

/**
 * What one run of a graph has come to.
 *
 * @param rowsRead rows by source
 * @param malformedRows rows that were dropped because they did not parse, by source
 * @param eventTimes what each watermarked input has seen
 * @param sinkMessages what each sink is to commit, in the order of partitions
 * @param rowsWritten rows by sink
 * @param operators what each stateful operator did, over all its partitions
 * @param state the staged changes of all tables
 * @param otherThreadsCpuNanos CPU time of the tasks that did not run on the calling thread, as far as the JVM tells
 */
public record GraphResult(
        Map<String, Long> rowsRead,
        Map<String, Long> malformedRows,
        Map<String, EventTimes> eventTimes,
        Map<String, List<SinkMessage>> sinkMessages,
        Map<String, Long> rowsWritten,
        List<OperatorResult> operators,
        List<StateStore.StagedChanges> state,
        long otherThreadsCpuNanos) {

    /** One stateful operator over all its partitions. {@code rowsTotal} and {@code memoryBytes} are after the batch. */
    public record OperatorResult(
            String operatorId,
            long rowsTotal,
            long rowsUpdated,
            long rowsRemoved,
            long rowsLate,
            long rowsWithoutTime,
            long memoryBytes,
            long stageNanos) {}
}
