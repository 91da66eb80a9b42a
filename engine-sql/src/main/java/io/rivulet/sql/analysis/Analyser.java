package io.rivulet.sql.analysis;

import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Expression;
import io.rivulet.expression.Expressions;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.Literal;
import io.rivulet.option.Durations;
import io.rivulet.plan.SortKey;
import io.rivulet.sql.logical.AllColumns;
import io.rivulet.sql.logical.ColumnName;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.FunctionCall;
import io.rivulet.sql.logical.LimitNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.Ordering;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.SortNode;
import io.rivulet.sql.logical.UnresolvedExpression;
import io.rivulet.sql.logical.WatermarkNode;
import io.rivulet.time.IdleTimeout;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts operations with unresolved expressions on top of a resolved plan. Every method refuses unknown names
 * ({@code UNKNOWN_COLUMN}, {@code UNKNOWN_FUNCTION}), wrong types ({@code TYPE_MISMATCH}) and what is not supported
 * ({@code UNSUPPORTED_OPERATION}). Immutable and thread-safe.
 */
public final class Analyser {
    private final FunctionCatalog functions;

    /** An analyser that finds these functions. */
    public Analyser(FunctionCatalog functions) {
        this.functions = functions;
    }

    /**
     * SELECT: one column per expression, {@code *} for all; with aggregates, one row for all. With a window in it, rows
     * without its time drop out, and with a sliding one there is a row per window.
     */
    public LogicalPlan select(LogicalPlan input, List<UnresolvedExpression> expressions) {
        if (expressions.stream().anyMatch(this::hasAggregate)) {
            return aggregate(input, List.of(), expressions);
        }
        ExpressionResolver resolver = resolver(input);
        List<Expression> resolved = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (UnresolvedExpression expression : expressions) {
            if (expression instanceof AllColumns) {
                for (int i = 0; i < input.schema().size(); i++) {
                    resolved.add(Expressions.column(input.schema(), i));
                    names.add(input.schema().field(i).name());
                }
            } else {
                resolved.add(resolver.resolveProjected(expression));
                names.add(OutputNames.of(expression));
            }
        }
        return WindowProjection.of(input, resolved, names);
    }

    private ExpressionResolver resolver(LogicalPlan input) {
        return new ExpressionResolver(input.schema(), functions);
    }

    /** Whether an aggregate function is called anywhere in an expression. */
    boolean hasAggregate(UnresolvedExpression expression) {
        return isAggregate(expression) || expression.children().stream().anyMatch(this::hasAggregate);
    }

    boolean isAggregate(UnresolvedExpression expression) {
        return expression instanceof FunctionCall call && functions.isAggregate(call.name());
    }

    /** All columns and one more; a column of the same name is replaced where it stands. */
    public LogicalPlan withColumn(LogicalPlan input, String name, UnresolvedExpression expression) {
        return withColumns(input, Map.of(name, expression));
    }

    /** All columns and more, all computed from the input; columns of the same name are replaced where they stand. */
    public LogicalPlan withColumns(LogicalPlan input, Map<String, UnresolvedExpression> added) {
        ExpressionResolver resolver = resolver(input);
        List<Expression> columns = identity(input.schema());
        List<String> names = new ArrayList<>(input.schema().names());
        Set<String> seen = new HashSet<>();
        added.forEach((name, expression) -> {
            if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw ErrorCode.BAD_ARGUMENT.error("the column '" + name + "' is given twice in withColumns "
                        + added.keySet() + "; names have no case");
            }
            Expression resolved = resolver.resolveProjected(expression);
            boolean replaced = false;
            for (int i = 0; i < input.schema().size(); i++) {
                if (names.get(i).equalsIgnoreCase(name)) {
                    columns.set(i, resolved);
                    names.set(i, name);
                    replaced = true;
                }
            }
            if (!replaced) {
                columns.add(resolved);
                names.add(name);
            }
        });
        return WindowProjection.of(input, columns, names);
    }

    private static List<Expression> identity(Schema schema) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(Expressions.column(schema, i));
        }
        return columns;
    }

    /** The same columns, one under another name. */
    public LogicalPlan rename(LogicalPlan input, String from, String to) {
        int column = columnOf(input.schema(), from);
        List<String> names = new ArrayList<>(input.schema().names());
        names.set(column, to);
        return ProjectNode.of(input, identity(input.schema()), names);
    }

    /** The same columns, some under other names, from old to new. */
    public LogicalPlan rename(LogicalPlan input, Map<String, String> renamed) {
        List<String> names = new ArrayList<>(input.schema().names());
        renamed.forEach((from, to) -> names.set(columnOf(input.schema(), from), to));
        return ProjectNode.of(input, identity(input.schema()), names);
    }

    /** The same columns under other names, one each. */
    public LogicalPlan rename(LogicalPlan input, List<String> names) {
        if (names.size() != input.schema().size()) {
            throw ErrorCode.BAD_SCHEMA.error("there are " + input.schema().size() + " columns "
                    + input.schema().names() + ", but " + names.size() + " names");
        }
        return ProjectNode.of(input, identity(input.schema()), names);
    }

    private static int columnOf(Schema schema, String name) {
        int column = schema.indexOf(name);
        if (column < 0) {
            throw ExpressionResolver.unknown(name, schema.names());
        }
        return column;
    }

    /** All columns but these. */
    public LogicalPlan drop(LogicalPlan input, List<String> dropped) {
        Set<String> gone = new HashSet<>();
        for (String name : dropped) {
            if (input.schema().indexOf(name) == Schema.NOT_FOUND) {
                throw ExpressionResolver.unknown(name, input.schema().names());
            }
            gone.add(name.toLowerCase(Locale.ROOT));
        }
        List<Expression> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < input.schema().size(); i++) {
            Field field = input.schema().field(i);
            if (!gone.contains(field.name().toLowerCase(Locale.ROOT))) {
                columns.add(Expressions.column(input.schema(), i));
                names.add(field.name());
            }
        }
        return ProjectNode.of(input, columns, names);
    }

    /** WHERE. */
    public LogicalPlan filter(LogicalPlan input, UnresolvedExpression condition) {
        Expression predicate = resolver(input).resolve(condition);
        if (predicate.type() == DataType.NULL) {
            predicate = Literal.ofNull(DataType.BOOLEAN);
        }
        if (predicate.type() != DataType.BOOLEAN) {
            throw ErrorCode.TYPE_MISMATCH.error("a filter needs a condition, but " + condition.sql() + " is "
                    + predicate.type().sql() + "; compare it with something");
        }
        return new FilterNode(WindowProjection.withTimes(input, List.of(predicate)), predicate);
    }

    /** Event time of an input that is never idle. */
    public LogicalPlan withWatermark(LogicalPlan input, String column, Duration delay) {
        return withWatermark(input, column, delay, null);
    }

    /**
     * Event time: a column and how much later than the newest event one may come.
     *
     * @param idle when the input counts as idle; null for never
     */
    public LogicalPlan withWatermark(LogicalPlan input, String column, Duration delay, @Nullable IdleTimeout idle) {
        Expression time = resolver(input).resolve(ColumnName.parse(column));
        if (!(time instanceof InputRef ref)) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error(
                    "a watermark needs a column of its own, not the field " + column + "; make one with withColumn(…)");
        }
        if (!time.type().isTimestamp()) {
            throw ErrorCode.TYPE_MISMATCH.error("a watermark needs a TIMESTAMP column, but " + column + " is "
                    + time.type().sql() + "; convert it with withColumn(\"" + column + "\", …)");
        }
        if (delay.isNegative()) {
            throw ErrorCode.BAD_ARGUMENT.error("the watermark delay " + delay + " is negative; zero is the least");
        }
        WatermarkNode before = EventTime.watermark(input);
        if (before != null) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("a watermark is defined already, on "
                    + before.schema().field(before.column()).name()
                    + "; a query has one per input: remove one of the two withWatermark(…)");
        }
        return new WatermarkNode(input, ref.index(), Durations.micros("a watermark delay", delay), idle);
    }

    /**
     * GROUP BY.
     *
     * @param groupings keys, of which one may be a tumbling window; none for one row over everything
     * @param results expressions over aggregates and keys
     * @return the groupings in their order, then the results
     */
    public LogicalPlan aggregate(
            LogicalPlan input, List<UnresolvedExpression> groupings, List<UnresolvedExpression> results) {
        return new Grouping(input, functions, this).aggregate(groupings, results);
    }

    /** DISTINCT: one row per group of equal rows. */
    public LogicalPlan distinct(LogicalPlan input) {
        List<UnresolvedExpression> columns = new ArrayList<>();
        input.schema().names().forEach(name -> columns.add(new ColumnName(List.of(name))));
        return aggregate(input, columns, List.of());
    }

    /** ORDER BY; expressions without {@link Ordering} ascend. Nulls come first ascending, last descending, if not said otherwise. */
    public LogicalPlan sort(LogicalPlan input, List<UnresolvedExpression> orderings) {
        ExpressionResolver resolver = resolver(input);
        List<Expression> columns = identity(input.schema());
        List<String> names = new ArrayList<>(input.schema().names());
        List<SortKey> keys = new ArrayList<>();
        for (UnresolvedExpression written : orderings) {
            Ordering ordering = written instanceof Ordering o ? o : new Ordering(written, true, true);
            Expression by = resolver.resolve(ordering.argument());
            if (!by.type().isOrderable()) {
                throw ErrorCode.TYPE_MISMATCH.error("rows cannot be sorted by "
                        + ordering.argument().sql() + ", which is " + by.type().sql());
            }
            int column;
            if (by instanceof InputRef ref) {
                column = ref.index();
            } else {
                column = columns.size();
                columns.add(by);
                names.add(ordering.argument().sql());
            }
            keys.add(new SortKey(column, ordering.ascending(), ordering.nullsFirst()));
        }
        int visible = input.schema().size();
        if (columns.size() == visible) {
            return new SortNode(input, keys);
        }
        LogicalPlan sorted = new SortNode(WindowProjection.of(input, columns, names), keys);
        List<Expression> shown = identity(sorted.schema()).subList(0, visible);
        return ProjectNode.of(sorted, shown, input.schema().names());
    }

    /** UNION ALL: columns belong together by position and are cast to the type they have in common. */
    public LogicalPlan union(LogicalPlan left, LogicalPlan right) {
        return Unions.byPosition(left, right);
    }

    /**
     * UNION ALL with columns that belong together by name, in the order of the left side.
     *
     * @param allowMissing whether a column that one side lacks is null there; otherwise it is {@code UNKNOWN_COLUMN}
     */
    public LogicalPlan unionByName(LogicalPlan left, LogicalPlan right, boolean allowMissing) {
        return Unions.byName(left, right, allowMissing);
    }

    /** LIMIT; {@code BAD_ARGUMENT} when negative. */
    public LogicalPlan limit(LogicalPlan input, long count) {
        if (count < 0) {
            throw ErrorCode.BAD_ARGUMENT.error("limit(" + count + ") is negative");
        }
        return new LimitNode(input, count);
    }
}
