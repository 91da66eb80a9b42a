package io.rivulet.operator.project;

import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.Operator;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;

/** Passes on the rows of several chains under one schema; begins with the first of them and ends with the last. */
public final class UnionOperator implements Operator {
    private final int inputs;
    private final Schema schema;
    private final Operator next;
    private int begun;
    private int finished;
    private int closed;

    /** @param inputs how many chains push into it */
    public UnionOperator(int inputs, Schema schema, Operator next) {
        this.inputs = inputs;
        this.schema = schema;
        this.next = next;
    }

    @Override
    public void begin(BatchStart start) {
        if (begun++ == 0) {
            finished = 0;
            next.begin(start);
        }
    }

    @Override
    public void process(ColumnBatch batch) {
        next.process(new ColumnBatch(schema, batch.columns(), batch.size(), batch.selection()));
    }

    @Override
    public void finish(BatchEnd end) {
        if (++finished == inputs) {
            begun = 0;
            next.finish(end);
        }
    }

    @Override
    public void close() {
        if (closed++ == 0) {
            next.close();
        }
    }
}
