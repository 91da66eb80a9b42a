package io.rivulet.aggregate;

import io.rivulet.aggregate.AggregateFunctions.Kind;
import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.PhysicalType;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates of one operator over packed rows: which state columns they need, how rows and partial states enter
 * them, and what comes out. Holds scratch arrays, so it belongs to one task.
 */
public final class GroupedAggregation {
    private final Schema input;
    private final boolean keyed;
    private final Set<String> stored;
    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final List<CellInput> inputs = new ArrayList<>();
    private final List<Cell> inOrder = new ArrayList<>();
    private final List<CellInput> inputOfCell = new ArrayList<>();
    private final List<ResultColumn> results = new ArrayList<>();
    private int columns;

    /**
     * The aggregates of a query that keeps nothing, or starts anew.
     *
     * @param input the columns that calls refer to; their names become part of the state columns' names, so equal
     *     expressions must have equal names across restarts
     * @param keyColumns how many key columns stand before the state columns in the table
     */
    public GroupedAggregation(Schema input, int keyColumns, List<AggregateCall> calls) {
        this(input, keyColumns, calls, Set.of());
    }

    /**
     * The aggregates of a query that may go on with state of an earlier run.
     *
     * @param stored the names of the state columns that the earlier run has kept; empty when there is none. An aggregate
     *     that is new among them starts empty: it does not share a count with those that have counted before it came
     */
    public GroupedAggregation(Schema input, int keyColumns, List<AggregateCall> calls, Set<String> stored) {
        this.input = input;
        this.columns = keyColumns;
        this.keyed = keyColumns > 0;
        this.stored = Set.copyOf(stored);
        for (AggregateCall call : calls) {
            results.add(plan(call));
        }
    }

    private ResultColumn plan(AggregateCall call) {
        Kind kind = AggregateFunctions.kind(call.function());
        int argument = call.arguments().isEmpty() ? -1 : call.arguments().get(0);
        if (kind == Kind.COUNT_IF) {
            return new ResultColumn(kind, call.type(), countIf(argument, call.filter()), null, true);
        }
        if (kind == Kind.COUNT) {
            return new ResultColumn(kind, call.type(), count(argument, call.filter()), null, true);
        }
        if (kind == Kind.MIN_BY || kind == Kind.MAX_BY) {
            return new ResultColumn(kind, call.type(), extremeBy(call, kind == Kind.MAX_BY), null, false);
        }
        DataType type = input.type(argument);
        CellInput values = input(argument, call.filter());
        String of = "(" + input.field(argument).name() + ")" + suffix(call.filter());
        return switch (kind) {
            case SUM, AVG -> counted(kind, call, sum(type, kind, values, of));
            case MIN, MAX, BOOL_AND, BOOL_OR -> {
                Cell cell = extreme(type, kind == Kind.MAX || kind == Kind.BOOL_OR, values, of);
                yield ExtremeWideCell.comparesAs(type)
                        ? new ResultColumn(kind, call.type(), cell, null, false)
                        : counted(kind, call, cell);
            }
            case FIRST, LAST ->
                new ResultColumn(
                        kind, call.type(), chosen(type, kind == Kind.LAST, argument, call.filter(), of), null, false);
            default -> new ResultColumn(kind, call.type(), cell("moments" + of, values, MomentsCell::new), null, false);
        };
    }

    /** A result that is null, or divides, by how many values its cell has taken. */
    private ResultColumn counted(Kind kind, AggregateCall call, Cell cell) {
        int argument = call.arguments().get(0);
        String ownName = "count of " + cell.name();
        String sharedName = countName(argument, call.filter());
        boolean added = !stored.isEmpty() && !stored.contains(cell.name()) && stored.contains(sharedName);
        if (added || stored.contains(ownName)) {
            Cell own = cell(ownName, input(counted(argument), call.filter()), CountCell::new);
            return new ResultColumn(kind, call.type(), cell, own, false);
        }
        boolean neverEmpty = keyed && call.filter() < 0 && counted(argument) < 0;
        return new ResultColumn(kind, call.type(), cell, count(argument, call.filter()), neverEmpty);
    }

    private String suffix(int filter) {
        return filter < 0 ? "" : " filter (" + input.field(filter).name() + ")";
    }

    private Cell count(int argument, int filter) {
        return cell(countName(argument, filter), input(counted(argument), filter), CountCell::new);
    }

    /** Values that are never null are counted as rows are, so that all such counts are one. */
    private int counted(int argument) {
        return argument < 0 || !input.field(argument).nullable() ? -1 : argument;
    }

    private String countName(int argument, int filter) {
        int counted = counted(argument);
        return "count(" + (counted < 0 ? "*" : input.field(counted).name()) + ")" + suffix(filter);
    }

    private Cell countIf(int condition, int filter) {
        String name = "count_if(" + input.field(condition).name() + ")" + suffix(filter);
        return cell(name, input(condition, filter), CountTrueCell::new);
    }

    private Cell sum(DataType type, Kind kind, CellInput values, String of) {
        if (type instanceof DecimalType decimal) {
            return cell("sum" + of, values, name -> new SumDecimalCell(name, decimal.scale()));
        }
        if (kind == Kind.SUM && type.isIntegral()) {
            return cell("sum" + of, values, SumLongCell::new);
        }
        return cell((type.isIntegral() ? "double sum" : "sum") + of, values, SumDoubleCell::new);
    }

    private Cell extreme(DataType type, boolean greatest, CellInput values, String of) {
        String name = (greatest ? "max" : "min") + of;
        if (ExtremeWideCell.comparesAs(type)) {
            return cell(
                    name,
                    values,
                    n -> new ExtremeWideCell(
                            n, type, greatest ? ExtremeWideCell.Choice.GREATEST : ExtremeWideCell.Choice.LEAST));
        }
        if (type.physical() == PhysicalType.DOUBLE || type.physical() == PhysicalType.FLOAT) {
            return cell(name, values, n -> new ExtremeDoubleCell(n, greatest));
        }
        return cell(name, values, n -> new ExtremeLongCell(n, wordType(type), greatest));
    }

    /** Narrow integers are kept as BIGINT, whose range holds the initial values. */
    private static DataType wordType(DataType type) {
        return type.physical() == PhysicalType.LONG ? type : DataType.BIGINT;
    }

    private Cell chosen(DataType type, boolean last, int argument, int filter, String of) {
        return cell(
                (last ? "last" : "first") + of,
                input(new CellInput.Key(List.of(argument), List.of(), filter)),
                n -> new ExtremeWideCell(n, type, last ? ExtremeWideCell.Choice.LAST : ExtremeWideCell.Choice.FIRST));
    }

    /** Of the arguments, the second is what the rows are ordered by, and its nulls are skipped. */
    private Cell extremeBy(AggregateCall call, boolean greatest) {
        int value = call.arguments().get(0);
        int order = call.arguments().get(1);
        String name = (greatest ? "max_by(" : "min_by(") + input.field(value).name() + ", "
                + input.field(order).name() + ")" + suffix(call.filter());
        return cell(
                name,
                input(new CellInput.Key(call.arguments(), List.of(order), call.filter())),
                n -> new ExtremeByCell(n, input.type(value), input.type(order), greatest));
    }

    private CellInput input(int argument, int filter) {
        return input(CellInput.Key.of(argument, filter));
    }

    private CellInput input(CellInput.Key key) {
        for (CellInput known : inputs) {
            if (known.key.equals(key)) {
                return known;
            }
        }
        CellInput made = new CellInput(key);
        inputs.add(made);
        return made;
    }

    private interface CellMaker {
        Cell make(String name);
    }

    private Cell cell(String name, CellInput values, CellMaker maker) {
        Cell known = cells.get(name);
        if (known != null) {
            return known;
        }
        Cell made = maker.make(name);
        made.place(columns);
        columns += made.columns().size();
        cells.put(name, made);
        inOrder.add(made);
        inputOfCell.add(values);
        return made;
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
     * Whether partial states of different slices of event time can be combined in any order. If not (first, last), a
     * sliding window must see its rows in the order they arrive.
     */
    public boolean sliceable() {
        return inOrder.stream().noneMatch(Cell::ordered);
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

    /** The results of the given groups, one column per call (copies). */
    public ColumnVector[] results(TableBucket bucket, int[] rows, int count) {
        ColumnVector[] columnsOut = new ColumnVector[results.size()];
        for (int i = 0; i < columnsOut.length; i++) {
            columnsOut[i] = results.get(i).read(bucket, rows, count);
        }
        return columnsOut;
    }
}
