package io.rivulet.execution;

import io.rivulet.connector.BadRows;
import io.rivulet.operator.Operator;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes column batches of the rows of one source that do not parse, and hands them to the bad-row sink of the query.
 * Owned by one task, for one batch.
 */
final class BadRowBuffer implements BadRows {
    private final String source;
    private final AtomicLong dropped;
    private final int vectorSize;
    private final Operator sink;
    private final ColumnBuilder[] columns;

    /**
     * @param source the source's description
     * @param dropped counts the rows that the reader drops all the same
     */
    BadRowBuffer(String source, AtomicLong dropped, int vectorSize, Operator sink) {
        this.source = source;
        this.dropped = dropped;
        this.vectorSize = vectorSize;
        this.sink = sink;
        this.columns = ColumnBuilder.forSchema(SCHEMA, 16);
    }

    @Override
    public boolean take(String raw, String place, String reason) {
        columns[0].appendString(source);
        columns[1].appendString(place);
        columns[2].appendString(reason);
        columns[3].appendString(raw);
        if (columns[0].size() >= vectorSize) {
            flush();
        }
        return true;
    }

    @Override
    public void dropped() {
        dropped.incrementAndGet();
    }

    /** Hands over what is left. */
    void flush() {
        int rows = columns[0].size();
        if (rows > 0) {
            ColumnVector[] built = new ColumnVector[columns.length];
            for (int c = 0; c < built.length; c++) {
                built[c] = columns[c].build();
            }
            sink.process(new ColumnBatch(SCHEMA, built, rows));
        }
    }
}
