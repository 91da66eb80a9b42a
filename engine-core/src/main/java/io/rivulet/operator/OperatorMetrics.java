package io.rivulet.operator;

/** What a stateful operator did in one batch. Owned by the operator; read by its task at the end of the batch. */
public final class OperatorMetrics {
    private final String operatorId;
    private long rowsUpdated;
    private long rowsRemoved;
    private long rowsLate;
    private long rowsWithoutTime;

    /** @param operatorId the operator they are about */
    public OperatorMetrics(String operatorId) {
        this.operatorId = operatorId;
    }

    /** The operator they are about. */
    public String operatorId() {
        return operatorId;
    }

    /** A new batch: everything is zero. */
    public void clear() {
        rowsUpdated = 0;
        rowsRemoved = 0;
        rowsLate = 0;
        rowsWithoutTime = 0;
    }

    /** Counts state rows that were added or changed. */
    public void updated(long rows) {
        rowsUpdated += rows;
    }

    /** Counts state rows that have left. */
    public void removed(long rows) {
        rowsRemoved += rows;
    }

    /** Counts input rows that the watermark refused. */
    public void late(long rows) {
        rowsLate += rows;
    }

    /** Counts input rows that were dropped because their event time is null. */
    public void withoutTime(long rows) {
        rowsWithoutTime += rows;
    }

    public long rowsUpdated() {
        return rowsUpdated;
    }

    public long rowsRemoved() {
        return rowsRemoved;
    }

    public long rowsLate() {
        return rowsLate;
    }

    public long rowsWithoutTime() {
        return rowsWithoutTime;
    }
}
