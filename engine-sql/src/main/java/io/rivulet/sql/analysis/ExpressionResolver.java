package io.rivulet.sql.analysis;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.expression.Cast;
import io.rivulet.expression.Expression;
import io.rivulet.expression.Expressions;
import io.rivulet.expression.FieldAccess;
import io.rivulet.expression.Literal;
import io.rivulet.expression.MakeStruct;
import io.rivulet.expression.Window;
import io.rivulet.option.Names;
import io.rivulet.sql.logical.Alias;
import io.rivulet.sql.logical.AllColumns;
import io.rivulet.sql.logical.CaseOf;
import io.rivulet.sql.logical.CastTo;
import io.rivulet.sql.logical.ColumnName;
import io.rivulet.sql.logical.Constant;
import io.rivulet.sql.logical.FieldOf;
import io.rivulet.sql.logical.FunctionCall;
import io.rivulet.sql.logical.Ordering;
import io.rivulet.sql.logical.UnresolvedExpression;
import io.rivulet.sql.logical.UnresolvedVisitor;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes typed expressions over the columns of one schema. */
final class ExpressionResolver implements UnresolvedVisitor<Expression> {
    private static final Pattern COLUMN_NUMBER = Pattern.compile("#(\\d+)");

    private final Schema schema;
    private final FunctionCatalog functions;
    private final Function<UnresolvedExpression, @Nullable Expression> known;
    /** The expression that rows are grouped by, while it is being resolved. */
    private @Nullable UnresolvedExpression grouping;
    /** Whether what is being resolved is a column of a projection. */
    private boolean projected;

    ExpressionResolver(Schema schema, FunctionCatalog functions) {
        this(schema, functions, expression -> null);
    }

    /** @param known what some expressions stand for (grouping expressions, aggregates), or null for those it does not know */
    ExpressionResolver(
            Schema schema, FunctionCatalog functions, Function<UnresolvedExpression, @Nullable Expression> known) {
        this.schema = schema;
        this.functions = functions;
        this.known = known;
    }

    /** The typed expression; errors name the expression as it was written. */
    Expression resolve(UnresolvedExpression expression) {
        try {
            return visit(expression);
        } catch (RivuletException e) {
            if (e.code() != ErrorCode.TYPE_MISMATCH) {
                throw e;
            }
            String message = String.valueOf(e.getMessage());
            String named = COLUMN_NUMBER
                    .matcher(message.substring(message.indexOf(' ') + 1))
                    .replaceAll(found -> {
                        int column = Integer.parseInt(found.group(1));
                        return column < schema.size()
                                ? java.util.regex.Matcher.quoteReplacement(
                                        schema.field(column).name())
                                : "column " + column;
                    });
            boolean placed = named.contains(" (in "); // a smaller part is named already
            throw ErrorCode.TYPE_MISMATCH.error(placed ? named : named + " (in " + expression.sql() + ")", e);
        }
    }

    /** As {@link #resolve}, for what rows are grouped by: a sliding window is allowed there, though not inside of it. */
    Expression resolveGrouping(UnresolvedExpression expression) {
        UnresolvedExpression inner = expression;
        while (inner instanceof Alias alias) {
            inner = alias.argument();
        }
        UnresolvedExpression outer = grouping;
        grouping = inner;
        try {
            return resolve(expression);
        } finally {
            grouping = outer;
        }
    }

    /** As {@link #resolve}, for a projection: sliding windows are allowed anywhere, and rows are then expanded. */
    Expression resolveProjected(UnresolvedExpression expression) {
        projected = true;
        try {
            return resolve(expression);
        } finally {
            projected = false;
        }
    }

    private Expression visit(UnresolvedExpression expression) {
        Expression standsFor = known.apply(expression);
        return standsFor == null ? expression.accept(this) : standsFor;
    }

    private List<Expression> visitAll(List<UnresolvedExpression> expressions) {
        List<Expression> resolved = new ArrayList<>();
        for (UnresolvedExpression expression : expressions) {
            resolved.add(visit(expression));
        }
        return resolved;
    }

    @Override
    public Expression visitColumnName(ColumnName name) {
        String first = name.parts().get(0);
        int index = schema.indexOf(first);
        if (index == Schema.AMBIGUOUS) {
            throw ErrorCode.UNKNOWN_COLUMN.error("more than one column is named '" + first + "' among " + schema.names()
                    + "; rename one of them before");
        }
        if (index < 0) {
            throw unknown(first, schema.names());
        }
        Expression resolved = Expressions.column(schema, index);
        for (String field : name.parts().subList(1, name.parts().size())) {
            resolved = FieldAccess.of(resolved, field);
        }
        return resolved;
    }

    static RivuletException unknown(String name, List<String> names) {
        String near = Names.didYouMean(name, names);
        return ErrorCode.UNKNOWN_COLUMN.error(
                "there is no column '" + name + "'" + near + " The columns here are " + names);
    }

    @Override
    public Expression visitAllColumns(AllColumns all) {
        throw ErrorCode.UNSUPPORTED_OPERATION.error("* stands for columns only in select and in count(*)");
    }

    @Override
    public Expression visitConstant(Constant constant) {
        return constant.literal();
    }

    @Override
    public Expression visitFunctionCall(FunctionCall call) {
        if (functions.isAggregate(call.name())) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error(
                    "the aggregate " + call.sql()
                            + " cannot stand here: aggregates belong into groupBy(…).agg(…) or select, and not into each other");
        }
        if (call.distinct() || call.filter() != null) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("DISTINCT and FILTER belong to aggregates, and '" + call.name()
                    + "' is none (in " + call.sql() + ")");
        }
        if (call.key().equals("struct")) {
            return struct(call.arguments());
        }
        Expression resolved = functions.call(call.name(), visitAll(call.arguments()));
        if (resolved instanceof Window window
                && window.time() instanceof Cast cast
                && cast.argument().type().isNumeric()) {
            throw ErrorCode.TYPE_MISMATCH.error("window() needs a time, but " + cast.argument() + " is "
                    + cast.argument().type().sql() + "; convert it with timestamp_seconds(…) or the like");
        }
        if (resolved instanceof Window window && !window.tumbling() && !projected && !isGrouping(call)) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("a sliding window (" + call.sql()
                    + ") is several windows for each row, so it cannot stand here: put it into groupBy(…) as it is, or"
                    + " into select(…) or withColumn(…), which then give a row for each window");
        }
        return resolved;
    }

    /** Fields are named as they are in the call: by alias, else by column, else {@code col1}, {@code col2} … */
    private Expression struct(List<UnresolvedExpression> arguments) {
        List<String> names = new ArrayList<>();
        for (UnresolvedExpression argument : arguments) {
            String name = "col" + (names.size() + 1);
            if (argument instanceof Alias alias) {
                name = alias.name();
            } else if (argument instanceof ColumnName column) {
                name = column.parts().get(column.parts().size() - 1);
            }
            names.add(name);
        }
        return new MakeStruct(names, visitAll(arguments));
    }

    @SuppressWarnings("ReferenceEquality") // this very call, not one like it further inside
    private boolean isGrouping(FunctionCall call) {
        return call == grouping;
    }

    @Override
    public Expression visitCastTo(CastTo cast) {
        Expression argument = visit(cast.argument());
        if (!cast.tryCast() || argument.type().equals(cast.type())) {
            return Cast.of(argument, cast.type());
        }
        return new Cast(argument, cast.type(), true);
    }

    @Override
    public Expression visitCaseOf(CaseOf caseOf) {
        List<Expression> conditions = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        for (CaseOf.Branch branch : caseOf.branches()) {
            conditions.add(visit(branch.when()));
            values.add(visit(branch.then()));
        }
        UnresolvedExpression otherwise = caseOf.otherwise();
        return Expressions.caseWhen(
                conditions, values, otherwise == null ? Literal.ofNull(DataType.NULL) : visit(otherwise));
    }

    @Override
    public Expression visitAlias(Alias alias) {
        return visit(alias.argument());
    }

    @Override
    public Expression visitFieldOf(FieldOf field) {
        return FieldAccess.of(visit(field.struct()), field.field());
    }

    @Override
    public Expression visitOrdering(Ordering ordering) {
        throw ErrorCode.UNSUPPORTED_OPERATION.error(
                "asc() and desc() belong into sort(…); here stands " + ordering.sql());
    }
}
