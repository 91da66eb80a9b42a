package io.rivulet.execution;

import io.rivulet.operator.OperatorMetrics;
import io.rivulet.state.StateTable;
import java.util.List;

/** Adds up what the tasks of one stateful operator report. */
final class OperatorTotals {
    private long rowsTotal;
    private long rowsUpdated;
    private long rowsRemoved;
    private long rowsLate;
    private long rowsWithoutTime;
    private long memoryBytes;
    private long stageNanos;

    void add(OperatorMetrics metrics) {
        rowsUpdated += metrics.rowsUpdated();
        rowsRemoved += metrics.rowsRemoved();
        rowsLate += metrics.rowsLate();
        rowsWithoutTime += metrics.rowsWithoutTime();
    }

    void add(List<StateTable> tables, long nanos) {
        rowsTotal += tables.get(0).rowCount();
        for (StateTable table : tables) {
            memoryBytes += table.memoryBytes();
        }
        stageNanos += nanos;
    }

    GraphResult.OperatorResult result(String operatorId) {
        return new GraphResult.OperatorResult(
                operatorId, rowsTotal, rowsUpdated, rowsRemoved, rowsLate, rowsWithoutTime, memoryBytes, stageNanos);
    }
}
