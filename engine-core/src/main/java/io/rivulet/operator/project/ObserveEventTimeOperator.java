package io.rivulet.operator.project;

import io.rivulet.operator.BatchStart;
import io.rivulet.operator.ForwardingOperator;
import io.rivulet.operator.Operator;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Selection;

/** Passes rows on and notes their event times; the driver makes the watermark of them. */
public final class ObserveEventTimeOperator extends ForwardingOperator {
    private final String inputId;
    private final int column;
    private final EventTimes seen = new EventTimes();

    /** @param column a TIMESTAMP or TIMESTAMP_NTZ column */
    public ObserveEventTimeOperator(String inputId, int column, Operator next) {
        super(next);
        this.inputId = inputId;
        this.column = column;
    }

    /** Which watermarked input these times belong to. */
    public String inputId() {
        return inputId;
    }

    /** The times of the batch so far. */
    public EventTimes seen() {
        return seen;
    }

    @Override
    public void begin(BatchStart start) {
        seen.clear();
        next.begin(start);
    }

    @Override
    public void process(ColumnBatch batch) {
        ColumnVector times = batch.column(column).flatten();
        if (batch.selection() == null && times.allPresent()) {
            observeAll(((LongVector) times).values(), batch.size());
        } else {
            observeSome(times, batch);
        }
        next.process(batch);
    }

    private void observeAll(long[] times, int count) {
        if (count == 0) {
            return;
        }
        long least = times[0];
        long greatest = times[0];
        long base = times[0];
        long sum = 0;
        for (int i = 0; i < count; i++) {
            long time = times[i];
            least = Math.min(least, time);
            greatest = Math.max(greatest, time);
            sum += time - base; // differences stay far from overflow where times themselves would not
        }
        seen.add(least, greatest, (double) base * count + sum, count);
    }

    private void observeSome(ColumnVector times, ColumnBatch batch) {
        if (!(times instanceof LongVector longs)) {
            return;
        }
        Selection selection = batch.selection();
        for (int i = 0; i < batch.rowCount(); i++) {
            int row = selection == null ? i : selection.rows()[i];
            if (!longs.isNull(row)) {
                long time = longs.values()[row];
                seen.add(time, time, (double) time, 1);
            }
        }
    }
}
