package io.rivulet.operator.sort;

import io.rivulet.operator.BatchStart;
import io.rivulet.operator.ForwardingOperator;
import io.rivulet.operator.Operator;
import io.rivulet.vector.ColumnBatch;

/** Passes on the first rows of a batch. */
public final class LimitOperator extends ForwardingOperator {
    private final long limit;
    private long left;

    /** @param limit how many rows of each batch */
    public LimitOperator(long limit, Operator next) {
        super(next);
        this.limit = limit;
    }

    @Override
    public void begin(BatchStart start) {
        left = limit;
        next.begin(start);
    }

    @Override
    public void process(ColumnBatch batch) {
        if (left <= 0) {
            return;
        }
        ColumnBatch compact = batch.compact();
        int count = (int) Math.min(left, compact.size());
        left -= count;
        if (count == compact.size()) {
            next.process(compact);
            return;
        }
        int[] first = new int[count];
        for (int i = 0; i < count; i++) {
            first[i] = i;
        }
        next.process(compact.take(first, count));
    }
}
