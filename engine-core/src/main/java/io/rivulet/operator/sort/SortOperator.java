package io.rivulet.operator.sort;

import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.Operator;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sorts the rows of a batch and passes on all, or the first {@code limit}, of them. Equal rows keep their order. With a
 * limit it never holds much more than the limit.
 */
public final class SortOperator implements Operator {
    private static final int PRUNE_FACTOR = 4;

    private final RowOrder order;
    private final long limit;
    private final int vectorSize;
    private final MemoryPool memory;
    private final Operator next;
    private List<ColumnBatch> held = new ArrayList<>();
    private long heldRows;
    private long heldBytes;

    /** @param limit {@code Long.MAX_VALUE} for all rows */
    public SortOperator(RowOrder order, long limit, int vectorSize, MemoryPool memory, Operator next) {
        this.order = order;
        this.limit = limit;
        this.vectorSize = vectorSize;
        this.memory = memory;
        this.next = next;
    }

    @Override
    public void begin(BatchStart start) {
        drop();
        next.begin(start);
    }

    @Override
    public void process(ColumnBatch batch) {
        ColumnBatch own = batch.detach();
        hold(own);
        if (limit < Integer.MAX_VALUE / PRUNE_FACTOR && heldRows > Math.max(vectorSize, PRUNE_FACTOR * limit)) {
            List<ColumnBatch> first = sorted();
            drop();
            first.forEach(this::hold);
        }
    }

    private void hold(ColumnBatch batch) {
        long bytes = batch.retainedBytes();
        memory.reserve(bytes);
        heldBytes += bytes;
        heldRows += batch.size();
        held.add(batch);
    }

    private void drop() {
        memory.release(heldBytes);
        held = new ArrayList<>();
        heldRows = 0;
        heldBytes = 0;
    }

    /** The rows in order, cut at the limit, in batches of the vector size. */
    private List<ColumnBatch> sorted() {
        long[] rows = new long[Math.toIntExact(heldRows)]; // batch number and row number
        int at = 0;
        for (int b = 0; b < held.size(); b++) {
            for (int r = 0; r < held.get(b).size(); r++) {
                rows[at++] = ((long) b << 32) | r;
            }
        }
        Long[] boxed = Arrays.stream(rows).boxed().toArray(Long[]::new);
        order.load(held);
        Arrays.sort(boxed, order); // merge sort: stable
        int count = (int) Math.min(limit, boxed.length);
        List<ColumnBatch> result = new ArrayList<>();
        for (int from = 0; from < count; from += vectorSize) {
            result.add(gather(boxed, from, Math.min(count, from + vectorSize)));
        }
        return result;
    }

    private ColumnBatch gather(Long[] rows, int from, int to) {
        ColumnBatch sample = held.get(0);
        ColumnBuilder[] builders = ColumnBuilder.forSchema(sample.schema(), to - from);
        for (int i = from; i < to; i++) {
            ColumnBatch batch = held.get((int) (rows[i] >>> 32));
            int row = rows[i].intValue();
            for (int c = 0; c < builders.length; c++) {
                builders[c].appendFrom(batch.column(c), row);
            }
        }
        ColumnVector[] columns = new ColumnVector[builders.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = builders[c].build();
        }
        return new ColumnBatch(sample.schema(), columns, to - from);
    }

    @Override
    public void finish(BatchEnd end) {
        if (heldRows > 0) {
            sorted().forEach(next::process);
        }
        drop();
        next.finish(end);
    }

    @Override
    public void close() {
        drop();
        next.close();
    }
}
