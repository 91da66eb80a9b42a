package io.rivulet;

import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Literal;
import io.rivulet.sql.logical.Alias;
import io.rivulet.sql.logical.CaseOf;
import io.rivulet.sql.logical.CastTo;
import io.rivulet.sql.logical.ColumnName;
import io.rivulet.sql.logical.Constant;
import io.rivulet.sql.logical.FieldOf;
import io.rivulet.sql.logical.FunctionCall;
import io.rivulet.sql.logical.Ordering;
import io.rivulet.sql.logical.UnresolvedExpression;
import io.rivulet.sql.parser.SqlParser;
import io.rivulet.type.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression over the columns of a {@link DataFrame}. Names and types are looked up when it is used, so one column
 * fits several frames. Immutable. Where a method takes an Object, a Column stands for itself and anything else for a
 * constant (see {@link Functions#lit}).
 *
 * <pre>{@code
 * col("price").multiply(col("count")).gt(100).and(col("country").isin("DE", "FR"))
 * }</pre>
 */
public final class Column {
    private final UnresolvedExpression expression;

    Column(UnresolvedExpression expression) {
        this.expression = expression;
    }

    UnresolvedExpression expression() {
        return expression;
    }

    static UnresolvedExpression of(@Nullable Object value) {
        return value instanceof Column column ? column.expression : new Constant(Literal.of(value));
    }

    static List<UnresolvedExpression> expressions(List<Column> columns) {
        return columns.stream().map(Column::expression).toList();
    }

    private Column call(String name, @Nullable Object... others) {
        List<UnresolvedExpression> arguments = new ArrayList<>();
        arguments.add(expression);
        for (Object other : others) {
            arguments.add(of(other));
        }
        return new Column(new FunctionCall(name, arguments, false, null));
    }

    // ---- arithmetic

    /** The sum; also of a time and an interval. Overflow is an error ({@code ARITHMETIC_OVERFLOW}). */
    public Column plus(Object other) {
        return call("+", other);
    }

    /** The difference; of two times an interval. */
    public Column minus(Object other) {
        return call("-", other);
    }

    /** The product. */
    public Column multiply(Object other) {
        return call("*", other);
    }

    /** The quotient, of integers a DOUBLE; {@code DIVIDE_BY_ZERO} when the divisor is 0. */
    public Column divide(Object other) {
        return call("/", other);
    }

    /** The remainder, with the sign of the dividend. */
    public Column mod(Object other) {
        return call("%", other);
    }

    /** The number with the other sign. */
    public Column negate() {
        return call("negative");
    }

    /** The bits that are set in both whole numbers. */
    public Column bitwiseAND(Object other) {
        return call("&", other);
    }

    /** The bits that are set in one or both whole numbers. */
    public Column bitwiseOR(Object other) {
        return call("|", other);
    }

    /** The bits that are set in just one of two whole numbers. */
    public Column bitwiseXOR(Object other) {
        return call("^", other);
    }

    // ---- comparison

    /** Whether both are equal; null when one is null. */
    public Column equalTo(@Nullable Object other) {
        return call("=", other);
    }

    /** Short for {@link #equalTo}. */
    public Column eq(@Nullable Object other) {
        return equalTo(other);
    }

    /** Whether both are equal or both null; never null. */
    public Column eqNullSafe(@Nullable Object other) {
        return call("<=>", other);
    }

    /** Whether both differ; null when one is null. */
    public Column notEqual(@Nullable Object other) {
        return call("!=", other);
    }

    /** Whether this is greater. */
    public Column gt(Object other) {
        return call(">", other);
    }

    /** Whether this is greater or equal. */
    public Column geq(Object other) {
        return call(">=", other);
    }

    /** Whether this is less. */
    public Column lt(Object other) {
        return call("<", other);
    }

    /** Whether this is less or equal. */
    public Column leq(Object other) {
        return call("<=", other);
    }

    /** Whether {@code low <= this <= high}. */
    public Column between(Object low, Object high) {
        return call("between", low, high);
    }

    /** Whether this equals one of the values. */
    public Column isin(Object... values) {
        return call("in", values);
    }

    /** Whether this equals one of the values; the same as {@link #isin}. */
    public Column in(Object... values) {
        return isin(values);
    }

    /** Whether the text matches a pattern in which {@code %} stands for any characters and {@code _} for one. */
    public Column like(Object pattern) {
        return call("like", pattern);
    }

    /** As {@link #like}, without regard to case. */
    public Column ilike(Object pattern) {
        return call("ilike", pattern);
    }

    /** Whether a part of the text matches a regular expression (of {@link java.util.regex.Pattern}). */
    public Column rlike(Object pattern) {
        return call("rlike", pattern);
    }

    /** Whether the text begins with another. */
    public Column startsWith(Object prefix) {
        return call("startswith", prefix);
    }

    /** Whether the text ends with another. */
    public Column endsWith(Object suffix) {
        return call("endswith", suffix);
    }

    /** Whether the text contains another. */
    public Column contains(Object part) {
        return call("contains", part);
    }

    /** Whether this is null; never null itself. */
    public Column isNull() {
        return call("isnull");
    }

    /** Whether this is not null; never null itself. */
    public Column isNotNull() {
        return call("isnotnull");
    }

    // ---- logic

    /** Whether both are true, in three-valued logic. */
    public Column and(Object other) {
        return call("and", other);
    }

    /** Whether one is true, in three-valued logic. */
    public Column or(Object other) {
        return call("or", other);
    }

    /** Whether this is false; null when this is null. */
    public Column not() {
        return call("not");
    }

    /** One more case after {@link Functions#when}; {@code UNSUPPORTED_OPERATION} on anything else. */
    public Column when(Column condition, @Nullable Object value) {
        CaseOf before = openCase("when");
        List<CaseOf.Branch> branches = new ArrayList<>(before.branches());
        branches.add(new CaseOf.Branch(condition.expression, of(value)));
        return new Column(new CaseOf(branches, null));
    }

    /** What {@link Functions#when} gives when no condition is true; null without it. */
    public Column otherwise(@Nullable Object value) {
        return new Column(new CaseOf(openCase("otherwise").branches(), of(value)));
    }

    private CaseOf openCase(String method) {
        if (expression instanceof CaseOf caseOf && caseOf.otherwise() == null) {
            return caseOf;
        }
        throw ErrorCode.UNSUPPORTED_OPERATION.error(
                method + "(…) follows when(…) and stands before otherwise(…); here it follows " + expression.sql());
    }

    // ---- types, names, parts

    /** The value as another type; one that cannot be converted is an error ({@code BAD_CAST}). */
    public Column cast(DataType type) {
        return new Column(new CastTo(expression, type, false));
    }

    /** The value as a type written in SQL, e.g. {@code "decimal(10,2)"}. */
    public Column cast(String type) {
        return cast(SqlParser.type(type));
    }

    /** As {@link #cast(String)}, but a value that cannot be converted gives null. */
    public Column tryCast(String type) {
        return new Column(new CastTo(expression, SqlParser.type(type), true));
    }

    /** The same under another name. */
    public Column as(String name) {
        return new Column(new Alias(expression, name));
    }

    /** The same under another name. */
    public Column alias(String name) {
        return as(name);
    }

    /** A field of a struct, e.g. {@code col("window").getField("start")}; {@code col("window.start")} is the same. */
    public Column getField(String name) {
        if (expression instanceof ColumnName column) {
            List<String> parts = new ArrayList<>(column.parts());
            parts.add(name);
            return new Column(new ColumnName(parts));
        }
        return new Column(new FieldOf(expression, name));
    }

    /** For aggregates: only rows for which a condition is true count, e.g. {@code count("*").filterWhere(col("a").gt(0))}. */
    public Column filterWhere(Column condition) {
        if (expression instanceof FunctionCall call && call.filter() == null) {
            return new Column(new FunctionCall(call.name(), call.arguments(), call.distinct(), condition.expression));
        }
        throw ErrorCode.UNSUPPORTED_OPERATION.error(
                "filterWhere(…) follows an aggregate such as sum(…) directly; here it follows " + expression.sql());
    }

    // ---- order

    /** For sort: ascending, nulls first. */
    public Column asc() {
        return new Column(new Ordering(expression, true, true));
    }

    /** For sort: descending, nulls last. */
    public Column desc() {
        return new Column(new Ordering(expression, false, false));
    }

    /** For sort: ascending, nulls last. */
    public Column ascNullsLast() {
        return new Column(new Ordering(expression, true, false));
    }

    /** For sort: descending, nulls first. */
    public Column descNullsFirst() {
        return new Column(new Ordering(expression, false, true));
    }

    /** The expression as SQL. */
    @Override
    public String toString() {
        return expression.sql();
    }
}
