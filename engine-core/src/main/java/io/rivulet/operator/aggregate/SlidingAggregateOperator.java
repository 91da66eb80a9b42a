package io.rivulet.operator.aggregate;

import io.rivulet.error.ErrorCode;
import io.rivulet.memory.MemoryPool;
import io.rivulet.operator.BatchEnd;
import io.rivulet.operator.BatchStart;
import io.rivulet.operator.ClosesByTime;
import io.rivulet.operator.Operator;
import io.rivulet.operator.OperatorMetrics;
import io.rivulet.operator.StatefulOperator;
import io.rivulet.operator.exchange.GroupReceiver;
import io.rivulet.state.StateTable;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.util.List;

/**
 * Keeps the groups of sliding windows by slice, and gives out windows put together from slices: in append mode those that
 * the batch's watermark has closed, in update mode what has changed of every open window, in complete mode all of all.
 * Each row updates one slice, however many windows hold it. Which windows have been given out is known from the
 * watermark before the batch, so nothing but the slices is kept; a slice leaves once all its windows are closed.
 */
public final class SlidingAggregateOperator implements StatefulOperator, ClosesByTime, GroupReceiver {
    private final Grouping grouping;
    private final WindowSpec window;
    private final GroupTable groups;
    private final StateTable table;
    private final RunningWindow running;
    private final Operator next;
    private final OperatorMetrics metrics;
    private final boolean closes;
    private final boolean behindExchange;
    private final int[] selected;
    private final PendingGroups pending;
    private long lateMicros;

    /**
     * @param grouping kept by slices
     * @param table of {@link Grouping#tableSpec}, with numbered keys; filled with the state so far, owned by this operator
     * @param behindExchange whether partial groups arrive, and late rows were refused before
     * @param memory where what is derived from the table is counted
     * @param vectorSize the most rows of a batch given out
     */
    public SlidingAggregateOperator(
            Grouping grouping,
            StateTable table,
            boolean behindExchange,
            MemoryPool memory,
            int vectorSize,
            Operator next) {
        WindowSpec windows = grouping.window();
        if (windows == null) {
            throw ErrorCode.INTERNAL.error("'" + grouping.operatorId() + "' has no windows");
        }
        this.grouping = grouping;
        this.window = windows;
        this.groups = new GroupTable(grouping);
        this.table = table;
        this.running = new RunningWindow(grouping, windows, groups.aggregation(), table, memory, vectorSize);
        this.pending = new PendingGroups(table, groups, grouping.keyCount(), memory);
        this.next = next;
        this.metrics = new OperatorMetrics(grouping.operatorId());
        this.closes = grouping.closes();
        this.behindExchange = behindExchange;
        this.selected = new int[vectorSize];
    }

    @Override
    public List<StateTable> tables() {
        return List.of(table);
    }

    @Override
    public long nextClose(long watermarkMicros) {
        if (!closes || table.bucketCount() == 0) {
            return Long.MAX_VALUE;
        }
        return window.end(window.firstStart(Math.max(table.bucketId(0), watermarkMicros)));
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
    public void takeGroups(StateTable from, int partition, int partitions) {
        pending.add(from, partition, partitions);
    }

    @Override
    public void finish(BatchEnd end) {
        switch (grouping.outputMode()) {
            case APPEND -> {
                pending.takeThrough(running.lastSliceTaken());
                running.noteChanges();
                emitWindows(lateMicros, closes ? end.watermarkMicros() : Long.MIN_VALUE);
                pending.takeAll();
            }
            case UPDATE -> {
                pending.takeAll();
                emitChanges();
            }
            case COMPLETE -> {
                pending.takeAll();
                running.clear();
                emitWindows(Long.MIN_VALUE, Long.MAX_VALUE);
            }
        }
        if (closes) {
            drop(end.watermarkMicros());
        }
        metrics.updated(table.changedCount());
        next.finish(end);
    }

    /** Lets the slices go all of whose windows end at a time or before. */
    private void drop(long timeMicros) {
        long last = window.lastClosedSlice(timeMicros);
        if (last == Long.MIN_VALUE || table.bucketCount() == 0 || table.bucketId(0) > last) {
            return;
        }
        for (int b = 0; b < table.bucketCount() && table.bucketId(b) <= last; b++) {
            metrics.updated(table.bucketAt(b).changedCount());
        }
        metrics.removed(table.dropThrough(last));
    }

    /** Gives out the windows with rows that end after one time and not after another, in the order of their ends. */
    private void emitWindows(long after, long until) {
        long start = window.firstStart(after);
        while (true) {
            pending.takeThrough(window.end(start) - 1);
            int b = table.indexFrom(start);
            long slice = Math.min(b < table.bucketCount() ? table.bucketId(b) : Long.MAX_VALUE, pending.nextSlice());
            if (slice == Long.MAX_VALUE) {
                return;
            }
            start = Math.max(start, window.firstStart(slice));
            if (window.end(start) > until) {
                return;
            }
            pending.takeThrough(window.end(start) - 1);
            emit(start);
            if (closes) {
                drop(window.end(start)); // now, so that the next slice gets its memory while that is in the cache
            }
            long following = window.nextStart(start);
            if (following == start) {
                return;
            }
            start = following;
        }
    }

    /** Gives out what has changed of the windows that are open by the watermark before the batch. */
    private void emitChanges() {
        ChangedGroups changes = running.restrictToChanges();
        long start = window.firstStart(lateMicros);
        for (int i = 0; i < changes.count(); i++) {
            long last = window.lastStart(changes.slice(i));
            start = Math.max(start, window.firstStart(changes.slice(i)));
            while (start <= last) {
                emit(start);
                long following = window.nextStart(start);
                if (following == start) {
                    return;
                }
                start = following;
            }
        }
    }

    private void emit(long start) {
        running.moveTo(start);
        int count;
        while ((count = running.next(selected)) > 0) {
            emit(start, count);
        }
    }

    private void emit(long start, int count) {
        Schema schema = grouping.outputSchema();
        ColumnVector[] columns = new ColumnVector[schema.size()];
        int at = 0;
        columns[at++] = WindowColumn.of((StructType) schema.type(0), start, window.end(start), count);
        for (ColumnVector key : running.keys(selected, count)) {
            columns[at++] = key;
        }
        for (ColumnVector result : running.results(count)) {
            columns[at++] = result;
        }
        next.process(new ColumnBatch(schema, columns, count));
    }

    @Override
    public void close() {
        running.close();
        pending.close();
        table.close();
        next.close();
    }
}
