package io.rivulet.operator.sink;

import io.rivulet.expression.Projection;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.ForwardingOperator;
import io.rivulet.operator.Operator;
import io.rivulet.operator.OperatorMetrics;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.ConstantVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Passes rows on, but for those that come too late for the operator behind it: they go to a sink of their own, with the
 * operator's name and the watermark that refuses them. Rows without a time are passed on.
 */
public final class DivertLateOperator extends ForwardingOperator {
    private final Projection time;
    private final @Nullable WindowSpec window;
    private final Projection columns;
    private final Schema lateSchema;
    private final ColumnVector operatorName;
    private final OperatorMetrics metrics;
    private final Operator lateRows;
    private int[] late = new int[0];
    private int[] kept = new int[0];
    private long lateMicros;
    /** The first time that is not late. */
    private long bound;

    /**
     * @param time gives one column, the event time; owned by this operator
     * @param window null when a row is late as soon as its time is at or before the watermark
     * @param columns the late row behind its first two columns; owned by this operator
     * @param lateSchema the whole late row
     * @param operatorId the operator that would refuse the rows
     * @param lateRows takes late rows; begun and finished by the task
     */
    public DivertLateOperator(
            Projection time,
            @Nullable WindowSpec window,
            Projection columns,
            Schema lateSchema,
            String operatorId,
            Operator lateRows,
            Operator next) {
        super(next);
        this.time = time;
        this.window = window;
        this.columns = columns;
        this.lateSchema = lateSchema;
        this.metrics = new OperatorMetrics(operatorId);
        this.lateRows = lateRows;
        ColumnBuilder name = new ColumnBuilder(DataType.STRING, 1);
        name.appendString(operatorId);
        this.operatorName = name.build();
    }

    /** The late rows, counted for the operator that would have refused them. */
    public OperatorMetrics metrics() {
        return metrics;
    }

    @Override
    public void begin(BatchStart start) {
        next.begin(start);
        metrics.clear();
        lateMicros = start.lateMicros();
        bound = bound(lateMicros);
    }

    private long bound(long watermark) {
        if (watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE) {
            return watermark;
        }
        return window == null ? watermark + 1 : window.lastStart(watermark - window.size()) + window.slide();
    }

    @Override
    public void process(ColumnBatch batch) {
        int rows = batch.rowCount();
        if (lateMicros == Long.MIN_VALUE || rows == 0) {
            next.process(batch);
            return;
        }
        if (!(time.evaluate(batch)[0].flatten() instanceof LongVector times)) {
            next.process(batch);
            return;
        }
        if (late.length < rows) {
            late = new int[rows];
            kept = new int[rows];
        }
        Selection selection = batch.selection();
        long[] micros = times.values();
        boolean allPresent = times.allPresent();
        int lateCount = 0;
        int keptCount = 0;
        for (int i = 0; i < rows; i++) {
            int row = selection == null ? i : selection.rows()[i];
            if (micros[i] < bound && (allPresent || !times.isNull(i))) {
                late[lateCount++] = row;
            } else {
                kept[keptCount++] = row;
            }
        }
        if (lateCount == 0) {
            next.process(batch);
            return;
        }
        divert(batch.select(new Selection(late, lateCount)), lateCount);
        if (keptCount > 0) {
            next.process(batch.select(new Selection(kept, keptCount)));
        }
    }

    private void divert(ColumnBatch batch, int count) {
        ColumnBuilder watermark = new ColumnBuilder(DataType.TIMESTAMP, 1);
        watermark.appendLong(lateMicros);
        ColumnVector[] own = columns.evaluate(batch);
        ColumnVector[] all = new ColumnVector[2 + own.length];
        all[0] = new ConstantVector(operatorName, count);
        all[1] = new ConstantVector(watermark.build(), count);
        System.arraycopy(own, 0, all, 2, own.length);
        lateRows.process(new ColumnBatch(lateSchema, all, count));
        metrics.late(count);
    }
}
