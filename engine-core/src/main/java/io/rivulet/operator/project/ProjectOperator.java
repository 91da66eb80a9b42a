package io.rivulet.operator.project;

import io.rivulet.expression.Projection;
import io.rivulet.operator.ForwardingOperator;
import io.rivulet.operator.Operator;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;

/** Computes columns. What it passes on has no selection. */
public final class ProjectOperator extends ForwardingOperator {
    private final Projection projection;
    private final Schema schema;

    /** @param projection owned by this operator */
    public ProjectOperator(Projection projection, Schema schema, Operator next) {
        super(next);
        this.projection = projection;
        this.schema = schema;
    }

    @Override
    public void process(ColumnBatch batch) {
        int rows = batch.rowCount();
        if (rows > 0) {
            next.process(new ColumnBatch(schema, projection.evaluate(batch), rows));
        }
    }
}
