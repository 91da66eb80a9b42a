package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import io.rivulet.type.StructType;
import java.util.List;

/** A field of a struct; null where the struct is null. */
public record FieldAccess(Expression struct, int field) implements Expression {
    public FieldAccess {
        if (!(struct.type() instanceof StructType type)
                || field < 0
                || field >= type.schema().size()) {
            throw ErrorCode.TYPE_MISMATCH.error(
                    struct + " is " + struct.type().sql() + ", which has no field number " + field);
        }
    }

    /** A field by name; {@code UNKNOWN_COLUMN} when the struct does not have exactly one of that name. */
    public static FieldAccess of(Expression struct, String name) {
        if (!(struct.type() instanceof StructType type)) {
            throw ErrorCode.TYPE_MISMATCH.error(
                    struct + " is " + struct.type().sql() + ", which has no field '" + name + "'");
        }
        int index = type.schema().indexOf(name);
        if (index < 0) {
            throw ErrorCode.UNKNOWN_COLUMN.error("the struct " + struct + " has no single field '" + name + "'; it has "
                    + type.schema().names());
        }
        return new FieldAccess(struct, index);
    }

    private io.rivulet.type.Field declared() {
        return ((StructType) struct.type()).schema().field(field);
    }

    @Override
    public DataType type() {
        return declared().type();
    }

    @Override
    public boolean nullable() {
        return struct.nullable() || declared().nullable();
    }

    @Override
    public List<Expression> children() {
        return List.of(struct);
    }

    @Override
    public FieldAccess withChildren(List<Expression> children) {
        return new FieldAccess(Expression.requireCount("a field", children, 1).get(0), field);
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitFieldAccess(this);
    }

    @Override
    public String toString() {
        return struct + "." + declared().name();
    }
}
