package io.rivulet.operator.project;

import io.rivulet.expression.RowFilter;
import io.rivulet.operator.ForwardingOperator;
import io.rivulet.operator.Operator;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.Selection;

/** Passes on the rows for which a predicate is true, by selecting them. */
public final class FilterOperator extends ForwardingOperator {
    private final RowFilter filter;

    /** @param filter owned by this operator */
    public FilterOperator(RowFilter filter, Operator next) {
        super(next);
        this.filter = filter;
    }

    @Override
    public void process(ColumnBatch batch) {
        Selection kept = filter.filter(batch);
        if (kept == null) {
            next.process(batch);
        } else if (kept.count() > 0) {
            next.process(batch.select(kept));
        }
    }
}
