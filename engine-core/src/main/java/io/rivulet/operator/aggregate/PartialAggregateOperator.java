package io.rivulet.operator.aggregate;

import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.Operator;
import io.rivulet.operator.OperatorMetrics;
import io.rivulet.operator.exchange.ExchangeWriter;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.ConstantVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Validity;
import org.jspecify.annotations.Nullable;

/**
 * Groups the rows of one task of one batch before an exchange, so that groups travel instead of rows. When grouping
 * does not reduce them (many distinct keys) it passes rows on as they are, and tries again after some batches; so it
 * does, always, when groups have no partial states (DISTINCT, lists). Late
 * rows are refused here, so that they are counted by the row.
 */
public final class PartialAggregateOperator implements Operator {
    private static final int SAMPLE_ROWS = 32 * 1024;
    private static final double WORTHWHILE = 0.5;
    private static final int MOST_GROUPS = 256 * 1024;
    /** Groups that stay where they are are not copied, so there may be more of them. */
    private static final int MOST_GROUPS_HANDED_OVER = 4 * 1024 * 1024;

    private static final int BATCHES_UNTIL_RETRY = 64;

    private final GroupTable groups;
    private final Schema partialSchema;
    private final int sliceColumn;
    private final Operator next;
    private final OperatorMetrics metrics;
    private final boolean refusesLate;
    private final boolean combinable;
    /** What comes next, if groups may be handed to it in their table. */
    private final @Nullable ExchangeWriter exchange;

    private final int[] rows;
    private final StateTable table;
    private long lateMicros;
    private long rowsTaken;
    /** How many rows must have been taken before groups are counted again. */
    private long nextLook;

    private int passingBatches;

    /**
     * @param memory where the groups of a batch are counted
     * @param vectorSize the most rows of a batch given out
     */
    public PartialAggregateOperator(Grouping grouping, MemoryPool memory, int vectorSize, Operator next) {
        this.groups = new GroupTable(grouping);
        this.partialSchema = grouping.partialSchema();
        this.sliceColumn = grouping.sliceColumn();
        this.next = next;
        this.metrics = new OperatorMetrics(grouping.operatorId());
        this.refusesLate = grouping.closes();
        this.combinable = groups.aggregation().combinable();
        this.rows = new int[vectorSize];
        this.table = grouping.table(memory);
        this.exchange = next instanceof ExchangeWriter writer && table.numbersKeys() ? writer : null;
    }

    /** What it did in the batch: only late rows and rows without time are counted here. */
    public OperatorMetrics metrics() {
        return metrics;
    }

    @Override
    public void begin(BatchStart start) {
        next.begin(start);
        metrics.clear();
        lateMicros = refusesLate ? start.lateMicros() : Long.MIN_VALUE;
        rowsTaken = 0;
        nextLook = SAMPLE_ROWS;
        if (passingBatches > 0) {
            passingBatches--;
        }
    }

    @Override
    public void process(ColumnBatch batch) {
        ColumnBatch compact = batch.compact();
        if (passingBatches > 0 || !combinable) {
            pass(compact);
            return;
        }
        groups.addRows(table, compact, lateMicros, metrics);
        rowsTaken += compact.size();
        if (rowsTaken >= nextLook) {
            nextLook = rowsTaken + SAMPLE_ROWS;
            long held = table.rowCount();
            if (held > rowsTaken * WORTHWHILE) {
                passingBatches = BATCHES_UNTIL_RETRY;
                flush();
            } else if (held > (exchange == null ? MOST_GROUPS : MOST_GROUPS_HANDED_OVER)) {
                flush();
            }
        }
    }

    private void pass(ColumnBatch batch) {
        next.process(groups.anyLate(batch, lateMicros) ? groups.inTime(batch, lateMicros, metrics) : batch);
    }

    private void flush() {
        for (int b = 0; b < table.bucketCount(); b++) {
            TableBucket bucket = table.bucketAt(b);
            int from = 0;
            int count;
            while ((count = bucket.rows(from, rows)) > 0) {
                from = rows[count - 1] + 1;
                emit(table.bucketId(b), bucket, count);
            }
        }
        rowsTaken = 0;
        nextLook = SAMPLE_ROWS;
        table.dropThrough(Long.MAX_VALUE);
    }

    private void emit(long slice, TableBucket bucket, int count) {
        ColumnVector[] columns = new ColumnVector[partialSchema.size()];
        LongVector bucketId = new LongVector(DataType.BIGINT, new long[] {slice}, 1, Validity.ALL_PRESENT);
        for (int c = 0; c < columns.length; c++) {
            columns[c] = c == sliceColumn
                    ? new ConstantVector(bucketId, count)
                    : bucket.column(c < sliceColumn ? c : c - 1, rows, count);
        }
        next.process(new ColumnBatch(partialSchema, columns, count));
    }

    @Override
    public void finish(BatchEnd end) {
        if (table.bucketCount() > 0 && (exchange == null || !exchange.handOver(table))) {
            flush();
        }
        next.finish(end);
    }

    @Override
    public void close() {
        table.close();
        next.close();
    }
}
