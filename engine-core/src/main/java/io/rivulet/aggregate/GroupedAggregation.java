package io.rivulet.aggregate;

import io.rivulet.function.Bindings;
import io.rivulet.state.StateColumn;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableBucket;
import io.rivulet.state.TableSpec;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of one operator over packed rows: which state columns they need, how rows and partial states enter
 * them, and what comes out. Holds scratch arrays, so it belongs to one task.
 */
public final class GroupedAggregation {
    private final List<CellInput> inputs;
    private final List<Cell> inOrder;
    private final List<CellInput> inputOfCell;
    private final List<ResultColumn> results;
    private final List<SideTable> sides;
    private final @Nullable JoinedResults joined;

    /**
     * The aggregates of a query that keeps nothing, or starts anew.
     *
     * @param input the columns that calls refer to; their names become part of the state columns' names, so equal
     *     expressions must have equal names across restarts
     * @param keyColumns how many key columns stand before the state columns in the table; in the input they come first
     */
    public GroupedAggregation(Schema input, int keyColumns, List<AggregateCall> calls) {
        this(input, 0, keyColumns, calls, Set.of());
    }

    /**
     * The aggregates of a query that may go on with state of an earlier run.
     *
     * @param firstKey where the key columns begin in the input
     * @param stored the names of the state columns that the earlier run has kept, and those of its further tables with
     *     a slash before them; empty when there is none. An aggregate that is new among them starts empty: it does not
     *     share a count with those that have counted before it came
     */
    public GroupedAggregation(
            Schema input, int firstKey, int keyColumns, List<AggregateCall> calls, Set<String> stored) {
        AggregatePlanner planner = new AggregatePlanner(input, firstKey, keyColumns, Set.copyOf(stored));
        calls.forEach(planner::add);
        inputs = planner.inputs;
        inOrder = planner.inOrder;
        inputOfCell = planner.inputOfCell;
        results = planner.results;
        sides = planner.sideTables();
        joined = results.stream().allMatch(JoinedResults::possible) ? new JoinedResults(results) : null;
    }

    /** The state columns, in the table's order behind the keys. */
    public List<StateColumn> stateColumns() {
        List<StateColumn> all = new ArrayList<>();
        for (Cell cell : inOrder) {
            all.addAll(cell.columns());
        }
        return all;
    }

    /**
     * Whether partial states of different slices of event time can be combined in any order. If not (first, last,
     * DISTINCT), a sliding window must see its rows in the order they arrive.
     */
    public boolean sliceable() {
        return combinable() && inOrder.stream().noneMatch(Cell::ordered);
    }

    /**
     * Whether groups have partial states that can be combined. If not (DISTINCT, lists), rows themselves must come to
     * where the groups are kept.
     */
    public boolean combinable() {
        return sides.isEmpty();
    }

    /**
     * The tables beside the one of the groups: values that have come, where only distinct ones count, and the values of
     * lists. They have a bucket for each bucket of the groups, which leaves with it.
     *
     * @param groupKeys the key columns of the groups
     */
    public List<TableSpec> sideTables(String operatorId, List<StateColumn> groupKeys) {
        return sides.stream().map(side -> side.spec(operatorId, groupKeys)).toList();
    }

    /** Gives it the objects that functions of the user stand for; needed before rows come. */
    public void bind(Bindings bindings) {
        for (Cell cell : inOrder) {
            if (cell instanceof UserCell user) {
                user.bind(bindings);
            }
        }
    }

    /** Gives it the tables of {@link #sideTables}, in that order; they stay the caller's. */
    public void attach(List<StateTable> tables) {
        for (int i = 0; i < sides.size(); i++) {
            sides.get(i).attach(tables.get(i));
        }
    }

    /** The rows, or groups, that follow belong to this bucket. */
    public void open(long bucketId) {
        for (int i = 0; i < sides.size(); i++) {
            sides.get(i).open(bucketId);
        }
    }

    /**
     * Takes rows up into their groups.
     *
     * @param rows which rows of the batch, or null for the first {@code count}
     * @param groups the group of each, as {@code TableBucket.locate} gave it
     */
    public void accumulate(TableBucket bucket, ColumnBatch batch, int @Nullable [] rows, int[] groups, int count) {
        for (CellInput values : inputs) {
            values.load(batch, rows, groups, count);
        }
        for (int i = 0; i < inOrder.size(); i++) {
            inOrder.get(i).accumulate(bucket, inputOfCell.get(i));
        }
    }

    /**
     * Takes partial states up into their groups.
     *
     * @param firstColumn the batch's column of the first state column
     */
    public void combine(
            TableBucket bucket, ColumnBatch batch, int firstColumn, int @Nullable [] rows, int[] groups, int count) {
        int at = firstColumn;
        for (Cell cell : inOrder) {
            ColumnVector[] own = new ColumnVector[cell.columns().size()];
            for (int c = 0; c < own.length; c++) {
                own[c] = batch.column(at++).flatten();
            }
            cell.combine(bucket, groups, own, rows, count);
        }
    }

    /**
     * Takes partial states up from rows of a bucket with the same columns, which may be the same bucket.
     *
     * @param groups where they go to, each at most once
     * @param rows where they come from
     */
    public void merge(TableBucket bucket, int[] groups, TableBucket from, int[] rows, int count) {
        for (Cell cell : inOrder) {
            cell.merge(bucket, groups, from, rows, count);
        }
    }

    /**
     * Puts partial states together that lie one upon the other in dense buckets, where rows may be among them that hold what a new row
     * starts with; values must be of fixed width.
     *
     * @param first where they go; may be where those held are
     * @param heldFirst a state each
     * @param addedFirst what is taken up into it
     */
    public void joinRuns(
            TableBucket bucket,
            int first,
            TableBucket held,
            int heldFirst,
            TableBucket added,
            int addedFirst,
            int count) {
        for (Cell cell : inOrder) {
            cell.joinRuns(bucket, first, held, heldFirst, added, addedFirst, count);
        }
    }

    /** The results of the given groups, one column per call (copies). */
    public ColumnVector[] results(TableBucket bucket, int[] rows, int count) {
        ColumnVector[] columnsOut = new ColumnVector[results.size()];
        for (int i = 0; i < columnsOut.length; i++) {
            columnsOut[i] = results.get(i).read(bucket, rows, count);
        }
        return columnsOut;
    }

    /** Whether {@link #joinedResults} can be asked for. */
    public boolean joinsResults() {
        return joined != null;
    }

    /**
     * The results of states that lie one upon the other in dense buckets and are put together for it, one column per call.
     *
     * @param held null when there is nothing that {@code added} is taken up into
     */
    public ColumnVector[] joinedResults(
            @Nullable TableBucket held, int heldFirst, TableBucket added, int addedFirst, int count) {
        return Objects.requireNonNull(joined).of(held, heldFirst, added, addedFirst, count);
    }
}
