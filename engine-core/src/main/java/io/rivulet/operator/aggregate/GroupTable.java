package io.rivulet.operator.aggregate;

import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.aggregate.TimeLayout;
import io.rivulet.operator.OperatorMetrics;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import org.jspecify.annotations.Nullable;

/** Takes rows, or partial groups, into the buckets of a table. Shared by both sides of an exchange. */
final class GroupTable {
    private final Grouping grouping;
    private final GroupedAggregation aggregation;
    private final Schema partialSchema;
    private final KeyBatch keys;
    private final ColumnVector[] keyColumns;
    private final SliceRows slices;
    /** The rows by window, when a row may enter several of them. */
    private final @Nullable WindowRows windows;

    private final SliceRows partialSlices = new SliceRows(null);
    private int[] numbers = new int[0];
    private int[] groups = new int[0];
    private int[] rows = new int[0];

    GroupTable(Grouping grouping) {
        this.grouping = grouping;
        this.aggregation = grouping.aggregation();
        this.partialSchema = grouping.partialSchema();
        this.keys = new KeyBatch(grouping.keyCount());
        this.keyColumns = new ColumnVector[grouping.keyCount()];
        this.slices = new SliceRows(grouping.window());
        WindowSpec window = grouping.window();
        this.windows = window != null && !window.isTumbling() && grouping.layout() == TimeLayout.WINDOWS
                ? new WindowRows(window, slices)
                : null;
    }

    GroupedAggregation aggregation() {
        return aggregation;
    }

    /**
     * Takes what an aggregation is given: rows, or partial groups where it stands behind an exchange.
     *
     * @param batch without a selection
     * @param behindExchange whether partial groups may come; they are told by their columns
     * @param lateMicros as {@link #addRows} has it
     */
    void add(StateTable table, ColumnBatch batch, boolean behindExchange, long lateMicros, OperatorMetrics metrics) {
        if (behindExchange && batch.schema().equals(partialSchema)) {
            addPartials(table, batch);
        } else {
            addRows(table, batch, lateMicros, metrics);
        }
    }

    /**
     * Takes rows as they come.
     *
     * @param batch without a selection
     * @param lateMicros rows all of whose windows are closed at this time are refused and counted, and closed windows
     *     take no rows
     */
    void addRows(StateTable table, ColumnBatch batch, long lateMicros, OperatorMetrics metrics) {
        loadKeys(batch, grouping.firstKey());
        int timeColumn = grouping.timeColumn();
        if (timeColumn < 0) {
            update(table, StateTable.TIMELESS, batch, null, batch.size());
            return;
        }
        slices.load(batch, timeColumn);
        long lastLate = grouping.lastLateSlice(lateMicros);
        if (table.numbersKeys() && slices.count() > 1 && allInTime(lastLate)) {
            addNumbered(table, batch);
            return;
        }
        for (int s = 0; s < slices.count(); s++) {
            long slice = slices.slice(s);
            int count = slices.rows(s);
            if (slice <= lastLate) {
                metrics.late(count);
            } else if (windows == null) {
                update(table, slice, batch, rowsOf(slices, s), count);
            }
        }
        if (windows != null) {
            windows.load(lateMicros);
            while (windows.next()) {
                update(table, windows.start(), batch, windows.rows(), windows.count());
            }
        }
        if (slices.nullTimes() > 0) {
            addNullTimes(table, batch, timeColumn, metrics);
        }
    }

    private boolean allInTime(long lastLate) {
        boolean inTime = windows == null && slices.nullTimes() == 0;
        for (int s = 0; inTime && s < slices.count(); s++) {
            inTime = slices.slice(s) > lastLate;
        }
        return inTime;
    }

    /** Takes rows of several slices, none of them late, into a table that numbers its keys: they are looked up at once. */
    private void addNumbered(StateTable table, ColumnBatch batch) {
        if (numbers.length < batch.size()) {
            numbers = new int[batch.size()];
        }
        table.number(keys, batch.size(), numbers);
        ensureGroups(batch.size());
        for (int s = 0; s < slices.count(); s++) {
            int count = slices.rows(s);
            int[] chosen = rowsOf(slices, s);
            slices.copyOf(s, numbers, groups);
            TableBucket bucket = table.bucket(slices.slice(s));
            bucket.locate(groups, count, groups);
            accumulate(bucket, slices.slice(s), batch, chosen, count);
        }
    }

    /** A row without time is in no window; as a key of its own, null is a group that no watermark closes. */
    private void addNullTimes(StateTable table, ColumnBatch batch, int timeColumn, OperatorMetrics metrics) {
        metrics.withoutTime(slices.nullTimes());
        if (grouping.window() != null) {
            return;
        }
        ensureRoom(batch.size());
        int count = 0;
        for (int i = 0; i < batch.size(); i++) {
            if (batch.column(timeColumn).isNull(i)) {
                rows[count++] = i;
            }
        }
        update(table, StateTable.TIMELESS, batch, rows, count);
    }

    private int @Nullable [] rowsOf(SliceRows of, int s) {
        if (of.whole()) {
            return null;
        }
        ensureRoom(of.rows(s));
        of.copyRows(s, rows, 0);
        return rows;
    }

    private void ensureRoom(int count) {
        if (rows.length < count) {
            rows = new int[Math.max(count, 1024)];
        }
    }

    private void update(StateTable table, long slice, ColumnBatch batch, int @Nullable [] chosen, int count) {
        TableBucket bucket = table.bucket(slice);
        locate(bucket, chosen, count);
        accumulate(bucket, slice, batch, chosen, count);
    }

    /** Takes rows up into {@link #groups}. */
    private void accumulate(TableBucket bucket, long slice, ColumnBatch batch, int @Nullable [] chosen, int count) {
        aggregation.open(slice);
        aggregation.accumulate(bucket, batch, chosen, groups, count);
        bucket.markChanged(groups, count);
    }

    /** Takes partial groups, columns as {@link Grouping#partialSchema}; late ones never get here. */
    private void addPartials(StateTable table, ColumnBatch batch) {
        loadKeys(batch, grouping.firstKey());
        partialSlices.load(batch, grouping.sliceColumn());
        int firstState = 1 + grouping.keyCount();
        for (int s = 0; s < partialSlices.count(); s++) {
            int count = partialSlices.rows(s);
            int[] chosen = rowsOf(partialSlices, s);
            TableBucket bucket = table.bucket(partialSlices.slice(s));
            locate(bucket, chosen, count);
            aggregation.combine(bucket, batch, firstState, chosen, groups, count);
            bucket.markChanged(groups, count);
        }
    }

    /** Takes the groups of one partition out of a slice of another task's table of the same spec, which numbers its keys. */
    void addGroups(StateTable table, long slice, TableBucket source, KeyMapping mapping) {
        mapping.update();
        boolean byPlace = source.isDense() && mapping.knowsAll() && table.hasFixedWidth();
        if (byPlace && (!mapping.hasAny(source) || addPlaces(table.bucket(slice), source, mapping))) {
            return;
        }
        mapping.rewind();
        int count;
        while ((count = mapping.next(source)) > 0) {
            TableBucket bucket = table.bucket(slice);
            ensureGroups(count);
            bucket.locate(mapping.numbers(), count, groups);
            aggregation.merge(bucket, groups, source, mapping.rows(), count);
            bucket.markChanged(groups, count);
        }
    }

    /** Takes all places of a dense slice into another one, which is new; places without a row change nothing. */
    private boolean addPlaces(TableBucket bucket, TableBucket source, KeyMapping mapping) {
        if (!bucket.isDense() || !bucket.isNew()) {
            return false;
        }
        mapping.rewind();
        int count;
        while ((count = mapping.nextPlaces(source)) > 0) {
            bucket.addPresent(mapping.numbers(), source, mapping.rows(), count);
            aggregation.merge(bucket, mapping.numbers(), source, mapping.rows(), count);
        }
        return true;
    }

    private void ensureGroups(int count) {
        if (groups.length < count) {
            groups = new int[Math.max(count, 1024)];
        }
    }

    private void locate(TableBucket bucket, int @Nullable [] chosen, int count) {
        ensureGroups(count);
        bucket.locate(keys, chosen, count, groups);
    }

    private void loadKeys(ColumnBatch batch, int first) {
        for (int k = 0; k < keyColumns.length; k++) {
            keyColumns[k] = batch.column(first + k);
        }
        keys.load(keyColumns, batch.size());
    }

    /** Whether any row of a batch is late. */
    boolean anyLate(ColumnBatch batch, long lateMicros) {
        int timeColumn = grouping.timeColumn();
        if (timeColumn < 0) {
            return false;
        }
        ColumnVector times = batch.column(timeColumn).flatten();
        if (!times.allPresent()) {
            return true;
        }
        if (!(times instanceof LongVector longs) || lateMicros == Long.MIN_VALUE) {
            return false;
        }
        long least = Long.MAX_VALUE;
        long[] micros = longs.values();
        for (int i = 0; i < batch.size(); i++) {
            least = Math.min(least, micros[i]);
        }
        long slice = grouping.window() == null ? least : grouping.window().sliceStart(least);
        return batch.size() > 0 && slice <= grouping.lastLateSlice(lateMicros);
    }

    /** The rows that are in time, for passing on; counts the others. */
    ColumnBatch inTime(ColumnBatch batch, long lateMicros, OperatorMetrics metrics) {
        ColumnVector times = batch.column(grouping.timeColumn()).flatten();
        if (!(times instanceof LongVector longs)) {
            return batch;
        }
        long lastLate = grouping.lastLateSlice(lateMicros);
        int[] kept = new int[batch.size()];
        int count = 0;
        int late = 0;
        int withoutTime = 0;
        for (int i = 0; i < batch.size(); i++) {
            if (longs.isNull(i)) {
                withoutTime++;
                if (grouping.window() == null) {
                    kept[count++] = i;
                }
                continue;
            }
            long time = longs.values()[i];
            long slice = grouping.window() == null ? time : grouping.window().sliceStart(time);
            if (slice <= lastLate) {
                late++;
            } else {
                kept[count++] = i;
            }
        }
        metrics.late(late);
        metrics.withoutTime(withoutTime);
        return batch.take(kept, count);
    }
}
