package io.rivulet.aggregate;

import io.rivulet.aggregate.AggregateFunctions.Kind;
import io.rivulet.state.StateColumn;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.PhysicalType;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Decides which cells the aggregates of a query need, which values these take, and what becomes the results. Equal
 * cells, inputs and tables are made once. Used once.
 *
 * <p>Names are made of what is computed: a restarted query finds its state by them.
 */
final class AggregatePlanner {
    private final Schema input;
    private final int firstKey;
    private final int keyCount;
    private final Set<String> stored;
    private final Map<String, Cell> cells = new LinkedHashMap<>();
    private final Map<String, SideTable> sides = new LinkedHashMap<>();
    private int columns;

    final List<Cell> inOrder = new ArrayList<>();
    final List<CellInput> inputOfCell = new ArrayList<>();
    final List<CellInput> inputs = new ArrayList<>();
    final List<ResultColumn> results = new ArrayList<>();

    AggregatePlanner(Schema input, int firstKey, int keyCount, Set<String> stored) {
        this.input = input;
        this.firstKey = firstKey;
        this.keyCount = keyCount;
        this.stored = stored;
        this.columns = keyCount;
    }

    List<SideTable> sideTables() {
        return List.copyOf(sides.values());
    }

    void add(AggregateCall call) {
        results.add(plan(call));
    }

    private ResultColumn plan(AggregateCall call) {
        Kind kind = kind(call);
        return switch (kind) {
            case COUNT -> result(call, kind, count(call));
            case COUNT_IF ->
                result(call, kind, cell("count_if" + of(call), values(call, "count_if"), CountTrueCell::new));
            case SUM, AVG -> counted(kind, call, sum(call, kind));
            case TRY_SUM, TRY_AVG -> tried(kind, call);
            case MIN, BOOL_AND -> extreme(call, false);
            case MAX, BOOL_OR -> extreme(call, true);
            case MIN_BY, MAX_BY -> result(call, kind, extremeBy(call, kind == Kind.MAX_BY));
            case FIRST -> result(call, kind, chosen(call, "first", ExtremeWideCell.Choice.FIRST));
            case LAST -> result(call, kind, chosen(call, "last", ExtremeWideCell.Choice.LAST));
            case STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP ->
                result(call, kind, cell("moments" + of(call), values(call, "moments"), MomentsCell::new));
            case COLLECT_LIST, COLLECT_SET -> result(call, kind, list(call));
            case APPROX_COUNT_DISTINCT -> result(call, kind, sketch(call));
            case USER -> result(call, kind, user(call));
        };
    }

    private static Kind kind(AggregateCall call) {
        return call.user() != null ? Kind.USER : AggregateFunctions.kind(call.function());
    }

    private static ResultColumn result(AggregateCall call, Kind kind, Cell cell) {
        return new ResultColumn(kind, call.type(), cell, null, true);
    }

    // ------------------------------------------------------------------ names

    private String name(int column) {
        return input.field(column).name();
    }

    private String names(List<Integer> arguments) {
        return String.join(", ", arguments.stream().map(this::name).toList());
    }

    private String suffix(int filter) {
        return filter < 0 ? "" : " filter (" + name(filter) + ")";
    }

    /** The arguments as part of a name. */
    private String of(AggregateCall call) {
        return "(" + (distinct(call) ? "DISTINCT " : "") + names(call.arguments()) + ")" + suffix(call.filter());
    }

    /** Whether repeated values are taken out before the function sees them; most extremes do not notice them. */
    private static boolean distinct(AggregateCall call) {
        return switch (kind(call)) {
            case COLLECT_SET -> true;
            case COUNT,
                    COUNT_IF,
                    SUM,
                    AVG,
                    TRY_SUM,
                    TRY_AVG,
                    STDDEV_SAMP,
                    STDDEV_POP,
                    VAR_SAMP,
                    VAR_POP,
                    COLLECT_LIST,
                    USER -> call.distinct();
            case MIN, MAX, BOOL_AND, BOOL_OR, MIN_BY, MAX_BY, FIRST, LAST, APPROX_COUNT_DISTINCT -> false;
        };
    }

    // ------------------------------------------------------------------ inputs

    /** The values of all arguments, rows with a null in any of them left out. */
    private CellInput values(AggregateCall call, String cellStem) {
        return values(call, call.arguments(), cellStem + of(call));
    }

    /**
     * The values that a cell takes.
     *
     * @param required the arguments whose nulls are skipped
     */
    private CellInput values(AggregateCall call, List<Integer> required, String cell) {
        SideTable seen = distinct(call) ? seen(call, required, cell) : null;
        return input(new CellInput.Key(call.arguments(), required, call.filter(), seen));
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

    /**
     * The table of the values that have come. Functions over the same values share it; one that an earlier run did not
     * have yet gets its own, because it starts empty while the others go on.
     */
    private SideTable seen(AggregateCall call, List<Integer> required, String cell) {
        boolean nulls = required.size() < call.arguments().size();
        String shared =
                "distinct (" + names(call.arguments()) + ")" + (nulls ? " with nulls" : "") + suffix(call.filter());
        String own = shared + " of " + cell;
        boolean added = !stored.contains(cell) && stored.contains(SideTable.STORED + shared);
        String name = added || stored.contains(SideTable.STORED + own) ? own : shared;
        SideTable known = sides.get(name);
        if (known != null) {
            return known;
        }
        List<StateColumn> within = new ArrayList<>();
        for (int argument : call.arguments()) {
            boolean nullable = input.field(argument).nullable() && !required.contains(argument);
            within.add(StateColumn.within("value " + name(argument), input.type(argument), nullable));
        }
        return side(new SideTable(name, firstKey, keyCount, within, List.of()));
    }

    private SideTable side(SideTable table) {
        sides.put(table.name(), table);
        return table;
    }

    // ------------------------------------------------------------------ cells

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

    private Cell count(AggregateCall call) {
        String name = countName(call);
        return cell(name, countInput(call, name), CountCell::new);
    }

    private CellInput countInput(AggregateCall call, String cell) {
        if (distinct(call)) {
            return values(call, call.arguments(), cell);
        }
        List<Integer> counted = counted(call);
        return input(new CellInput.Key(counted, counted, call.filter(), null));
    }

    /** Values that are never null are counted as rows are, so that all such counts are one. */
    private List<Integer> counted(AggregateCall call) {
        return call.arguments().stream().filter(a -> input.field(a).nullable()).toList();
    }

    private String countName(AggregateCall call) {
        if (distinct(call)) {
            return "count" + of(call);
        }
        List<Integer> counted = counted(call);
        return "count(" + (counted.isEmpty() ? "*" : names(counted)) + ")" + suffix(call.filter());
    }

    /** A result that is null, or divides, by how many values its cell has taken. */
    private ResultColumn counted(Kind kind, AggregateCall call, Cell cell) {
        String ownName = "count of " + cell.name();
        String sharedName = countName(call);
        boolean added = !stored.isEmpty() && !stored.contains(cell.name()) && stored.contains(sharedName);
        if (added || stored.contains(ownName)) {
            Cell own = cell(ownName, countInput(call, cell.name()), CountCell::new);
            return new ResultColumn(kind, call.type(), cell, own, false);
        }
        boolean neverEmpty = keyCount > 0 && call.filter() < 0 && counted(call).isEmpty();
        Cell count = cell(sharedName, countInput(call, cell.name()), CountCell::new);
        return new ResultColumn(kind, call.type(), cell, count, neverEmpty);
    }

    private DataType type(AggregateCall call) {
        return input.type(call.arguments().get(0));
    }

    private Cell sum(AggregateCall call, Kind kind) {
        DataType type = type(call);
        if (type instanceof DecimalType decimal) {
            return cell("sum" + of(call), values(call, "sum"), name -> new SumDecimalCell(name, decimal.scale()));
        }
        if (kind == Kind.SUM && type.isIntegral()) {
            return cell("sum" + of(call), values(call, "sum"), SumLongCell::new);
        }
        String stem = type.isIntegral() ? "double sum" : "sum";
        return cell(stem + of(call), values(call, stem), SumDoubleCell::new);
    }

    /** Sums that can pass the range of their type are kept exactly, and looked at when they are read. */
    private ResultColumn tried(Kind kind, AggregateCall call) {
        DataType type = type(call);
        boolean sum = kind == Kind.TRY_SUM;
        if (!(type instanceof DecimalType) && !(sum && type.isIntegral())) {
            Kind plain = sum ? Kind.SUM : Kind.AVG;
            return counted(plain, call, sum(call, plain));
        }
        int scale = type instanceof DecimalType decimal ? decimal.scale() : 0;
        String stem = "exact sum";
        return counted(kind, call, cell(stem + of(call), values(call, stem), name -> new ExactSumCell(name, scale)));
    }

    private ResultColumn extreme(AggregateCall call, boolean greatest) {
        DataType type = type(call);
        Kind kind = greatest ? Kind.MAX : Kind.MIN;
        String stem = greatest ? "max" : "min";
        CellInput values = values(call, stem);
        String name = stem + of(call);
        if (ExtremeWideCell.comparesAs(type)) {
            ExtremeWideCell.Choice choice = greatest ? ExtremeWideCell.Choice.GREATEST : ExtremeWideCell.Choice.LEAST;
            return result(call, kind, cell(name, values, n -> new ExtremeWideCell(n, type, choice)));
        }
        boolean floating = type.physical() == PhysicalType.DOUBLE || type.physical() == PhysicalType.FLOAT;
        Cell cell = cell(
                name,
                values,
                n -> floating ? new ExtremeDoubleCell(n, greatest) : new ExtremeLongCell(n, wordType(type), greatest));
        return counted(kind, call, cell);
    }

    /** Narrow integers are kept as BIGINT, whose range holds the initial values. */
    private static DataType wordType(DataType type) {
        return type.physical() == PhysicalType.LONG ? type : DataType.BIGINT;
    }

    /** Of the arguments, the second is what the rows are ordered by, and its nulls are skipped. */
    private Cell extremeBy(AggregateCall call, boolean greatest) {
        int order = call.arguments().get(1);
        String name = (greatest ? "max_by" : "min_by") + of(call);
        return cell(
                name,
                values(call, List.of(order), name),
                n -> new ExtremeByCell(n, type(call), input.type(order), greatest));
    }

    private Cell chosen(AggregateCall call, String stem, ExtremeWideCell.Choice choice) {
        String name = stem + of(call);
        return cell(name, values(call, List.of(), name), n -> new ExtremeWideCell(n, type(call), choice));
    }

    private Cell list(AggregateCall call) {
        String name = "collect_list" + of(call);
        return cell(
                name,
                values(call, "collect_list"),
                n -> new ListCell(n, side(ListCell.items("list " + n, firstKey, keyCount, type(call)))));
    }

    private Cell sketch(AggregateCall call) {
        int precision = SketchCell.precision(call.constants());
        String stem = SketchCell.stem(precision);
        return cell(stem + of(call), values(call, stem), name -> new SketchCell(name, precision));
    }

    private Cell user(AggregateCall call) {
        String name = call.function() + of(call);
        UserAggregateRef user = Objects.requireNonNull(call.user());
        return cell(name, values(call, List.of(), name), n -> new UserCell(n, user));
    }
}
