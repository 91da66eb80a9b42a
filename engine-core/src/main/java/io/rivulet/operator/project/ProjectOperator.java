package io.rivulet.operator.project;

import io.rivulet.expression.Projection;
import io.rivulet.operator.ForwardingOperator;
import io.rivulet.operator.Operator;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;

/** Computes columns, maybe only for the rows that pass a condition. What it passes on has no selection. */
public final class ProjectOperator extends ForwardingOperator {
    private final Projection projection;
    private final Schema schema;

    /** @param projection owned by this operator; with at least one column if it has a condition */
    public ProjectOperator(Projection projection, Schema schema, Operator next) {
        super(next);
        this.projection = projection;
        this.schema = schema;
    }

    @Override
    public void process(ColumnBatch batch) {
        if (batch.rowCount() == 0) {
            return;
        }
        ColumnVector[] columns = projection.evaluate(batch);
        int rows = columns.length == 0 ? batch.rowCount() : columns[0].size();
        if (rows > 0) {
            next.process(new ColumnBatch(schema, columns, rows));
        }
    }
}
