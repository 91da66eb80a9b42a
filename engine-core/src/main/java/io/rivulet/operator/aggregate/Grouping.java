package io.rivulet.operator.aggregate;

import io.rivulet.aggregate.AggregateCall;
import io.rivulet.aggregate.GroupedAggregation;
import io.rivulet.aggregate.TimeLayout;
import io.rivulet.connector.OutputMode;
import io.rivulet.function.Bindings;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.StateColumn;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableSpec;
import io.rivulet.time.WindowSpec;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregation groups by and computes, as its operators see it. Input columns are: the event time, if there is a
 * window; the keys; the arguments.
 *
 * @param operatorId names the state table
 * @param window windows of event time, or null
 * @param eventTimeKey which key is the event time itself and closes with the watermark; -1 when none is
 * @param outputMode which groups a batch gives out
 * @param watermarked whether a watermark refuses late rows and closes groups
 * @param outputSchema the window as STRUCT&lt;start, end&gt; if there is one, the keys, the results
 * @param stored the names of the state columns and further tables that an earlier run has kept, as
 *     {@link GroupedAggregation} wants them; empty when there is none
 * @param bindings the objects behind the user's functions
 */
public record Grouping(
        String operatorId,
        Schema input,
        int keyCount,
        @Nullable WindowSpec window,
        int eventTimeKey,
        List<AggregateCall> calls,
        OutputMode outputMode,
        boolean watermarked,
        Schema outputSchema,
        Set<String> stored,
        Bindings bindings) {

    /** The name of the column that carries a group's bucket (slice or window) through an exchange. */
    static final String SLICE = " slice";

    int firstKey() {
        return window == null ? 0 : 1;
    }

    /** The input column with the time that decides a row's bucket, or -1 when there is one bucket. */
    int timeColumn() {
        if (window != null) {
            return 0;
        }
        return eventTimeKey < 0 ? -1 : eventTimeKey;
    }

    /** The aggregates, fresh; each task has its own. */
    GroupedAggregation aggregation() {
        GroupedAggregation aggregation = new GroupedAggregation(input, firstKey(), keyCount, calls, stored);
        aggregation.bind(bindings);
        return aggregation;
    }

    /** The table its groups live in: a bucket per window or slice. */
    public TableSpec tableSpec() {
        return new TableSpec(operatorId, keyColumns(), aggregation().stateColumns());
    }

    /** An empty table for its groups. Slices number the keys, because most keys are in many slices. */
    public StateTable table(MemoryPool memory) {
        return layout() == TimeLayout.SLICES
                ? StateTable.withNumberedKeys(tableSpec(), memory)
                : new StateTable(tableSpec(), memory);
    }

    /** The table of the groups, then those beside it. */
    public List<TableSpec> tableSpecs() {
        List<TableSpec> specs = new ArrayList<>();
        specs.add(tableSpec());
        specs.addAll(sideSpecs());
        return specs;
    }

    private List<TableSpec> sideSpecs() {
        return aggregation().sideTables(operatorId, keyColumns());
    }

    /** Empty tables as {@link #tableSpecs} has them. */
    public List<StateTable> tables(MemoryPool memory) {
        List<StateTable> tables = new ArrayList<>();
        tables.add(table(memory));
        for (TableSpec side : sideSpecs()) {
            tables.add(new StateTable(side, memory));
        }
        return tables;
    }

    private List<StateColumn> keyColumns() {
        List<StateColumn> keys = new ArrayList<>();
        for (int k = 0; k < keyCount; k++) {
            Field field = input.field(firstKey() + k);
            keys.add(StateColumn.key(field.name(), field.type(), field.nullable()));
        }
        return keys;
    }

    /**
     * The column of partial groups that holds their slice. The keys stand where they stand in rows, because an exchange
     * carries both and distributes both by the same columns.
     */
    int sliceColumn() {
        return window == null ? keyCount : 0;
    }

    /** The columns of partial groups in an exchange: keys and state, and the slice at {@link #sliceColumn}. */
    Schema partialSchema() {
        List<Field> fields = new ArrayList<>(tableSpec().schema().fields());
        fields.add(sliceColumn(), Field.required(SLICE, DataType.BIGINT));
        return new Schema(fields);
    }

    /** What the groups are kept by in event time; worked out anew, so ask once per operator. */
    public TimeLayout layout() {
        return TimeLayout.of(window, aggregation());
    }

    /** Whether late rows are refused and closed groups leave. */
    boolean closes() {
        return watermarked && outputMode != OutputMode.COMPLETE;
    }

    /** The last slice whose rows are late when everything up to a time is closed: all its windows are. */
    long lastLateSlice(long timeMicros) {
        return window == null ? timeMicros : window.lastClosedSlice(timeMicros);
    }
}
