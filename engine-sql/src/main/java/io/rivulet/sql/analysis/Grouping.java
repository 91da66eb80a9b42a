package io.rivulet.sql.analysis;

import io.rivulet.aggregate.AggregateFunctions;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Expression;
import io.rivulet.expression.Expressions;
import io.rivulet.expression.FieldAccess;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.Literal;
import io.rivulet.expression.MakeStruct;
import io.rivulet.expression.Window;
import io.rivulet.sql.logical.AggregateExpression;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.Alias;
import io.rivulet.sql.logical.AllColumns;
import io.rivulet.sql.logical.ColumnName;
import io.rivulet.sql.logical.FunctionCall;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.UnresolvedExpression;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes one aggregation: splits the groupings into the window and the keys, takes the aggregates out of the result
 * expressions, and puts what is computed from them into a projection above. Used once.
 */
final class Grouping {
    private record Key(String name, Expression expression, boolean isWindow) {}

    private final FunctionCatalog functions;
    private final Analyser analyser;
    private final Schema inputSchema;
    private final ExpressionResolver inputResolver;
    private LogicalPlan input;
    private @Nullable Window window;
    /** How long the windows are that come out: longer than {@code window} for sliding windows grouped by again. */
    private long span;

    private String windowName = "";
    private final List<Key> groupings = new ArrayList<>();
    private final List<Expression> keys = new ArrayList<>();
    private final List<String> keyNames = new ArrayList<>();
    private final List<AggregateExpression> calls = new ArrayList<>();
    private final List<String> callNames = new ArrayList<>();

    Grouping(LogicalPlan input, FunctionCatalog functions, Analyser analyser) {
        this.input = input;
        this.functions = functions;
        this.analyser = analyser;
        this.inputSchema = input.schema();
        this.inputResolver = new ExpressionResolver(inputSchema, functions);
    }

    LogicalPlan aggregate(List<UnresolvedExpression> by, List<UnresolvedExpression> results) {
        for (UnresolvedExpression grouping : by) {
            addGrouping(grouping);
        }
        ExpressionResolver resolver = new ExpressionResolver(inputSchema, functions, this::standsFor);
        List<Expression> computed = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Key key : groupings) {
            computed.add(reference(key));
            names.add(key.name);
        }
        for (UnresolvedExpression result : results) {
            if (result instanceof AllColumns) {
                throw ErrorCode.UNSUPPORTED_OPERATION.error("* cannot stand beside aggregates; name the columns");
            }
            int before = calls.size();
            Expression expression = resolver.resolve(result);
            boolean isCall = calls.size() == before + 1 && analyser.isAggregate(unaliased(result));
            if (isCall) {
                callNames.set(before, OutputNames.of(result));
            }
            computed.add(expression);
            names.add(OutputNames.of(result));
        }
        AggregateNode aggregated =
                new AggregateNode(WindowProjection.withTimes(input, inputs()), window, keys, calls, outputSchema());
        return isIdentity(computed, names, aggregated.schema())
                ? aggregated
                : ProjectNode.of(aggregated, computed, names);
    }

    /** What is computed from the rows that come in, but for the window, whose rows without a time the aggregation counts. */
    private List<Expression> inputs() {
        List<Expression> inputs = new ArrayList<>(keys);
        for (AggregateExpression call : calls) {
            inputs.addAll(call.arguments());
            Expression filter = call.filter();
            if (filter != null) {
                inputs.add(filter);
            }
        }
        return inputs;
    }

    private static UnresolvedExpression unaliased(UnresolvedExpression expression) {
        return expression instanceof Alias alias ? unaliased(alias.argument()) : expression;
    }

    private void addGrouping(UnresolvedExpression grouping) {
        if (analyser.hasAggregate(grouping)) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("rows cannot be grouped by the aggregate " + grouping.sql()
                    + "; aggregate first, then group the result");
        }
        Expression expression = inputResolver.resolveGrouping(grouping);
        String name = OutputNames.of(grouping);
        Window found = null;
        long foundSpan = 0;
        if (expression instanceof Window direct) {
            found = direct;
            foundSpan = direct.size();
        } else if (expression instanceof InputRef ref && ref.type() instanceof StructType) {
            WindowColumn column = WindowColumn.find(input, ref.index());
            if (column != null) {
                input = column.plan();
                found = column.window();
                foundSpan = column.span();
            }
        }
        if (found != null) {
            if (window != null && !window.equals(found)) {
                throw ErrorCode.UNSUPPORTED_OPERATION.error(
                        "rows are grouped by two windows, " + windowName + " and " + name + "; one is supported");
            }
            window = found;
            span = foundSpan;
            windowName = name;
            groupings.add(new Key(name, expression, true));
            return;
        }
        if (!expression.type().isOrderable()) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("rows cannot be grouped by " + grouping.sql() + ", which is "
                    + expression.type().sql() + "; group by its parts");
        }
        groupings.add(new Key(name, expression, false));
        if (!keys.contains(expression)) {
            keys.add(expression);
            keyNames.add(name);
        }
    }

    private Schema outputSchema() {
        List<Field> fields = new ArrayList<>();
        if (window != null) {
            fields.add(new Field(windowName, windowType(window), false));
        }
        for (int i = 0; i < keys.size(); i++) {
            fields.add(
                    new Field(keyNames.get(i), keys.get(i).type(), keys.get(i).nullable()));
        }
        for (int i = 0; i < calls.size(); i++) {
            fields.add(new Field(
                    callNames.get(i), calls.get(i).type(), calls.get(i).nullable()));
        }
        return new Schema(fields);
    }

    /** A row without event time is dropped, so the windows that come out have a start and an end. */
    private static StructType windowType(Window window) {
        DataType time = window.time().type();
        return new StructType(Schema.of(Field.required("start", time), Field.required("end", time)));
    }

    private Expression reference(Key key) {
        if (!key.isWindow) {
            int index = keys.indexOf(key.expression);
            return new InputRef(firstKey() + index, key.expression.type(), key.expression.nullable());
        }
        Window by = java.util.Objects.requireNonNull(window);
        InputRef given = new InputRef(0, windowType(by), false);
        if (span == by.size()) {
            return given;
        }
        Expression end = FieldAccess.of(given, "end");
        Expression start = Expressions.call("-", end, new Literal(span, DataType.INTERVAL_DAY_TIME));
        return new MakeStruct(List.of("start", "end"), List.of(start, end));
    }

    private int firstKey() {
        return window == null ? 0 : 1;
    }

    /** What a part of a result expression refers to in the rows of the aggregation; null when it must be looked into. */
    private @Nullable Expression standsFor(UnresolvedExpression expression) {
        if (analyser.isAggregate(expression)) {
            return call((FunctionCall) expression);
        }
        if (expression instanceof Alias || expression instanceof AllColumns || analyser.hasAggregate(expression)) {
            return null;
        }
        if (expression instanceof ColumnName name) {
            Expression key = keyByName(name);
            if (key != null) {
                return key;
            }
        }
        Expression overInput = resolveQuietly(expression);
        for (Key key : groupings) {
            if (key.expression.equals(overInput)) {
                return reference(key);
            }
        }
        if (expression instanceof ColumnName name) {
            inputResolver.resolve(name);
            throw ErrorCode.UNKNOWN_COLUMN.error("the column '" + name.sql()
                    + "' is neither grouped by nor inside an aggregate; grouped by is "
                    + groupings.stream().map(Key::name).toList() + "; add it to groupBy(…) or use first(" + name.sql()
                    + ")");
        }
        return null;
    }

    private @Nullable Expression keyByName(ColumnName name) {
        for (Key key : groupings) {
            if (key.name.equalsIgnoreCase(name.parts().get(0))) {
                Expression found = reference(key);
                for (String field : name.parts().subList(1, name.parts().size())) {
                    found = FieldAccess.of(found, field);
                }
                return found;
            }
        }
        return null;
    }

    /** The expression over the input's columns, or null when it has none there (it may use names of groupings). */
    private @Nullable Expression resolveQuietly(UnresolvedExpression expression) {
        try {
            return inputResolver.resolveGrouping(expression);
        } catch (io.rivulet.error.RivuletException e) {
            if (e.code() == ErrorCode.UNKNOWN_COLUMN) {
                return null;
            }
            throw e;
        }
    }

    private InputRef call(FunctionCall call) {
        List<Expression> arguments = arguments(call);
        UnresolvedExpression condition = call.filter();
        Expression filter = condition == null ? null : inputResolver.resolve(condition);
        if (filter != null && filter.type() == DataType.NULL) {
            filter = Literal.ofNull(DataType.BOOLEAN);
        }
        if (filter != null && filter.type() != DataType.BOOLEAN) {
            throw ErrorCode.TYPE_MISMATCH.error(
                    "FILTER needs a condition, but " + filter.type().sql() + " stands in " + call.sql());
        }
        if (call.distinct()) {
            requireComparable(call, arguments);
        }
        AggregateExpression aggregate;
        try {
            aggregate = aggregate(call, arguments, filter);
        } catch (io.rivulet.error.RivuletException e) {
            String message = String.valueOf(e.getMessage());
            throw e.code().error(message.substring(message.indexOf(' ') + 1) + " (in " + call.sql() + ")", e);
        }
        int index = calls.indexOf(aggregate);
        if (index < 0) {
            index = calls.size();
            calls.add(aggregate);
            callNames.add(OutputNames.of(call));
        }
        return new InputRef(firstKey() + keys.size() + index, aggregate.type(), aggregate.nullable());
    }

    private AggregateExpression aggregate(FunctionCall call, List<Expression> arguments, @Nullable Expression filter) {
        FunctionCatalog.UserAggregation user = functions.aggregates().get(call.key());
        if (user != null) {
            return new AggregateExpression(
                    user.ref().function().id(),
                    call.distinct(),
                    FunctionCatalog.cast(call.name(), user.parameters(), arguments),
                    List.of(),
                    filter,
                    user.result(),
                    user.ref());
        }
        DataType type = AggregateFunctions.resultType(
                call.name(), arguments.stream().map(Expression::type).toList());
        int values = Math.min(arguments.size(), AggregateFunctions.firstConstant(call.name()));
        List<Literal> constants = new ArrayList<>();
        for (Expression constant : arguments.subList(values, arguments.size())) {
            if (!(constant instanceof Literal literal)) {
                throw ErrorCode.BAD_ARGUMENT.error(
                        "argument " + (values + constants.size() + 1) + " of " + call.name() + " must be a constant");
            }
            constants.add(literal);
        }
        AggregateFunctions.checkConstants(call.name(), constants);
        return new AggregateExpression(
                call.key(), call.distinct(), arguments.subList(0, values), constants, filter, type, null);
    }

    /** {@code count(*)} and {@code count(1)} have none; {@code count(DISTINCT *)} has every column. */
    private List<Expression> arguments(FunctionCall call) {
        boolean counts = call.key().equals("count");
        List<Expression> arguments = new ArrayList<>();
        for (UnresolvedExpression argument : call.arguments()) {
            if (argument instanceof AllColumns && counts) {
                for (int c = 0; call.distinct() && c < inputSchema.size(); c++) {
                    arguments.add(Expressions.column(inputSchema, c));
                }
                continue;
            }
            Expression resolved = inputResolver.resolve(argument);
            boolean countsRows =
                    counts && !call.distinct() && resolved instanceof Literal literal && literal.value() != null;
            if (!countsRows) {
                arguments.add(resolved);
            }
        }
        return arguments;
    }

    private static void requireComparable(FunctionCall call, List<Expression> arguments) {
        if (arguments.isEmpty()) {
            throw ErrorCode.TYPE_MISMATCH.error("DISTINCT needs a value (in " + call.sql() + ")");
        }
        for (Expression argument : arguments) {
            if (!argument.type().isOrderable()) {
                throw ErrorCode.TYPE_MISMATCH.error("DISTINCT needs values that are no array, map or struct, not "
                        + argument.type().sql() + " (in " + call.sql() + ")");
            }
        }
    }

    private static boolean isIdentity(List<Expression> expressions, List<String> names, Schema schema) {
        if (expressions.size() != schema.size() || !names.equals(schema.names())) {
            return false;
        }
        for (int i = 0; i < expressions.size(); i++) {
            if (!(expressions.get(i) instanceof InputRef ref) || ref.index() != i) {
                return false;
            }
        }
        return true;
    }
}
