package io.rivulet.operator.aggregate;

import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.ClosesByTime;
import io.rivulet.operator.Operator;
import io.rivulet.operator.OperatorMetrics;
import io.rivulet.operator.StatefulOperator;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.util.List;

/**
 * Keeps the groups of one partition over all batches, and gives them out as the output mode wants: in append mode when
 * the watermark closes their slice, in update mode when they have changed, in complete mode all of them every batch.
 * Takes rows as well as the partial groups of a {@link PartialAggregateOperator}. Groups leave, whole slices at a time,
 * once they are closed; in complete mode they stay and nothing is late. Sliding windows that are put together from
 * slices have the {@link SlidingAggregateOperator}.
 */
public final class AggregateOperator implements StatefulOperator, ClosesByTime {
    private final Grouping grouping;
    private final GroupTable groups;
    private final StateTable table;
    private final List<StateTable> tables;
    private final Operator next;
    private final OperatorMetrics metrics;
    private final boolean closes;
    private final boolean behindExchange;
    private final boolean always;
    private final int[] rows;
    private long lateMicros;

    /**
     * @param tables of {@link Grouping#tableSpecs}; filled with the state so far, owned by this operator
     * @param behindExchange whether partial groups arrive, and late rows were refused before
     * @param oneRowAtLeast whether there is a result even without any row: aggregation without keys
     * @param vectorSize the most rows of a batch given out
     */
    public AggregateOperator(
            Grouping grouping,
            List<StateTable> tables,
            boolean behindExchange,
            boolean oneRowAtLeast,
            int vectorSize,
            Operator next) {
        this.grouping = grouping;
        this.groups = new GroupTable(grouping);
        this.tables = List.copyOf(tables);
        this.table = tables.get(0);
        groups.aggregation().attach(tables.subList(1, tables.size()));
        this.next = next;
        this.metrics = new OperatorMetrics(grouping.operatorId());
        this.closes = grouping.closes();
        this.behindExchange = behindExchange;
        this.always = oneRowAtLeast;
        this.rows = new int[vectorSize];
    }

    @Override
    public List<StateTable> tables() {
        return tables;
    }

    @Override
    public long nextClose(long watermarkMicros) {
        if (!closes || table.bucketCount() == 0) {
            return Long.MAX_VALUE;
        }
        WindowSpec window = grouping.window();
        return window == null ? table.bucketId(0) : window.end(table.bucketId(0));
    }

    @Override
    public OperatorMetrics metrics() {
        return metrics;
    }

    @Override
    public void begin(BatchStart start) {
        next.begin(start);
        metrics.clear();
        lateMicros = closes ? start.lateMicros() : Long.MIN_VALUE;
    }

    @Override
    public void process(ColumnBatch batch) {
        groups.add(table, batch.compact(), behindExchange, lateMicros, metrics);
    }

    @Override
    public void finish(BatchEnd end) {
        if (always) {
            oneGroup();
        }
        metrics.updated(table.changedCount());
        long lastClosed = closes ? lastClosed(end.watermarkMicros()) : Long.MIN_VALUE;
        for (int i = 0; i < table.bucketCount(); i++) {
            switch (grouping.outputMode()) {
                case COMPLETE -> emitAll(i);
                case UPDATE -> emitChanged(i);
                case APPEND -> {
                    if (table.bucketId(i) <= lastClosed) {
                        emitAll(i);
                    }
                }
            }
        }
        if (closes && lastClosed != Long.MIN_VALUE) {
            metrics.removed(table.dropThrough(lastClosed));
            for (int t = 1; t < tables.size(); t++) {
                tables.get(t).dropThrough(lastClosed);
            }
        }
        next.finish(end);
    }

    /** The last bucket whose groups are final when everything up to a time is closed. */
    private long lastClosed(long timeMicros) {
        WindowSpec window = grouping.window();
        return window == null ? timeMicros : window.lastClosedStart(timeMicros);
    }

    /** Without keys there is one group, and it is there from the start. */
    private void oneGroup() {
        TableBucket bucket = table.bucket(StateTable.TIMELESS);
        if (bucket.size() == 0) {
            io.rivulet.state.KeyBatch none = new io.rivulet.state.KeyBatch(0);
            none.load(new ColumnVector[0], 1);
            bucket.locate(none, null, 1, rows);
            bucket.markChanged(rows, 1);
        }
    }

    private void emitAll(int bucketIndex) {
        TableBucket bucket = table.bucketAt(bucketIndex);
        for (int from = 0; from < bucket.size(); from += rows.length) {
            int count = Math.min(rows.length, bucket.size() - from);
            for (int i = 0; i < count; i++) {
                rows[i] = from + i;
            }
            emit(table.bucketId(bucketIndex), bucket, count);
        }
    }

    private void emitChanged(int bucketIndex) {
        TableBucket bucket = table.bucketAt(bucketIndex);
        int from = 0;
        while (true) {
            int count = bucket.changedRows(from, rows);
            if (count == 0) {
                return;
            }
            from = rows[count - 1] + 1;
            emit(table.bucketId(bucketIndex), bucket, count);
        }
    }

    private void emit(long slice, TableBucket bucket, int count) {
        GroupedAggregation aggregation = groups.aggregation();
        aggregation.open(slice);
        Schema schema = grouping.outputSchema();
        ColumnVector[] columns = new ColumnVector[schema.size()];
        int at = 0;
        WindowSpec window = grouping.window();
        if (window != null) {
            columns[at++] = WindowColumn.of((StructType) schema.type(0), slice, window.end(slice), count);
        }
        for (int k = 0; k < grouping.keyCount(); k++) {
            columns[at++] = bucket.column(k, rows, count);
        }
        for (ColumnVector result : aggregation.results(bucket, rows, count)) {
            columns[at++] = result;
        }
        next.process(new ColumnBatch(schema, columns, count));
    }

    @Override
    public void close() {
        tables.forEach(StateTable::close);
        next.close();
    }
}
