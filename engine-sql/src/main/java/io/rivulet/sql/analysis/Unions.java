package io.rivulet.sql.analysis;

import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Cast;
import io.rivulet.expression.Expression;
import io.rivulet.expression.Expressions;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.Literal;
import io.rivulet.function.TypeCoercion;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.UnionNode;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts two plans one under the other: columns that belong together get one type. */
final class Unions {
    private Unions() {}

    static LogicalPlan byPosition(LogicalPlan left, LogicalPlan right) {
        Schema upper = left.schema();
        Schema lower = right.schema();
        if (upper.size() != lower.size()) {
            throw ErrorCode.BAD_SCHEMA.error("a union needs as many columns on both sides, but there are "
                    + upper.size() + " " + upper.names() + " and " + lower.size() + " " + lower.names()
                    + "; select(…) the same ones, or use unionByName(other, true)");
        }
        return of(left, columns(upper), right, columns(lower), upper.names());
    }

    static LogicalPlan byName(LogicalPlan left, LogicalPlan right, boolean allowMissing) {
        List<String> names = new ArrayList<>(left.schema().names());
        for (String name : right.schema().names()) {
            if (names.stream().noneMatch(name::equalsIgnoreCase)) {
                names.add(name);
            }
        }
        List<@Nullable Expression> upper = new ArrayList<>();
        List<@Nullable Expression> lower = new ArrayList<>();
        for (String name : names) {
            upper.add(named(left.schema(), name, allowMissing));
            lower.add(named(right.schema(), name, allowMissing));
        }
        for (int i = 0; i < names.size(); i++) {
            Expression above = upper.get(i);
            Expression below = lower.get(i);
            if (above == null && below != null) {
                upper.set(i, Literal.ofNull(below.type()));
            } else if (below == null && above != null) {
                lower.set(i, Literal.ofNull(above.type()));
            }
        }
        return of(left, present(upper), right, present(lower), names);
    }

    private static List<Expression> present(List<@Nullable Expression> columns) {
        List<Expression> all = new ArrayList<>();
        for (Expression column : columns) {
            if (column != null) {
                all.add(column);
            }
        }
        return all;
    }

    private static @Nullable Expression named(Schema schema, String name, boolean allowMissing) {
        int index = schema.indexOf(name);
        if (index == Schema.AMBIGUOUS) {
            throw ErrorCode.UNKNOWN_COLUMN.error("more than one column is named '" + name + "' among " + schema.names()
                    + "; rename one of them before unionByName, or use union, which goes by position");
        }
        if (index < 0 && !allowMissing) {
            throw ErrorCode.UNKNOWN_COLUMN.error("one side of unionByName has no column '" + name + "', only "
                    + schema.names() + "; unionByName(other, true) fills it with nulls");
        }
        return index < 0 ? null : Expressions.column(schema, index);
    }

    private static List<Expression> columns(Schema schema) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(Expressions.column(schema, i));
        }
        return columns;
    }

    private static LogicalPlan of(
            LogicalPlan left, List<Expression> upper, LogicalPlan right, List<Expression> lower, List<String> names) {
        if (left.streaming() != right.streaming()) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error(
                    "a stream and a bounded table cannot be united: the table's rows"
                            + " belong to no batch of the stream. Read both with readStream() or both with read(), or write"
                            + " them to one sink one after the other");
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Expression above = upper.get(i);
            Expression below = lower.get(i);
            DataType type = common(above.type(), below.type());
            if (type == null) {
                throw ErrorCode.TYPE_MISMATCH.error("the column '" + names.get(i) + "' of a union is "
                        + above.type().sql() + " on one side and "
                        + below.type().sql()
                        + " on the other; cast one of them");
            }
            fields.add(new Field(names.get(i), type, above.nullable() || below.nullable()));
        }
        Schema schema = new Schema(fields);
        List<LogicalPlan> inputs = new ArrayList<>();
        addInputs(inputs, as(left, upper, schema));
        addInputs(inputs, as(right, lower, schema));
        return new UnionNode(inputs, schema);
    }

    /** A union of a union is one union. */
    private static void addInputs(List<LogicalPlan> inputs, LogicalPlan plan) {
        if (plan instanceof UnionNode union) {
            inputs.addAll(union.inputs());
        } else {
            inputs.add(plan);
        }
    }

    /** The plan with exactly these columns in the types of a schema: itself if it has them. */
    private static LogicalPlan as(LogicalPlan plan, List<Expression> columns, Schema schema) {
        boolean same = columns.size() == plan.schema().size();
        List<Expression> cast = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Expression column = columns.get(i);
            boolean fits = column.type() instanceof StructType || column.type().equals(schema.type(i));
            same &= fits && column instanceof InputRef ref && ref.index() == i;
            cast.add(fits ? column : Cast.of(column, schema.type(i)));
        }
        return same ? plan : ProjectNode.of(plan, cast, schema.names());
    }

    /** The type both can have; structs only when they differ in nothing but what can be null. */
    private static @Nullable DataType common(DataType left, DataType right) {
        if (!(left instanceof StructType a) || !(right instanceof StructType b)) {
            return TypeCoercion.common(left, right);
        }
        if (a.schema().size() != b.schema().size()) {
            return null;
        }
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < a.schema().size(); i++) {
            Field x = a.schema().field(i);
            Field y = b.schema().field(i);
            DataType type = x.type() instanceof StructType ? common(x.type(), y.type()) : x.type();
            boolean same = x.name().equalsIgnoreCase(y.name())
                    && (x.type() instanceof StructType || x.type().equals(y.type()));
            if (!same || type == null) {
                return null;
            }
            fields.add(new Field(x.name(), type, x.nullable() || y.nullable()));
        }
        return new StructType(new Schema(fields));
    }
}
