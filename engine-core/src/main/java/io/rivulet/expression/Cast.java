package io.rivulet.expression;

import io.rivulet.function.Casts;
import io.rivulet.function.ResolvedFunction;
import io.rivulet.type.DataType;
import java.util.List;

/**
 * A conversion; ANSI rules: a value that the type cannot hold is {@code BAD_CAST}, or null when {@code tryCast}. Types
 * that cannot be converted into one another at all are a {@code TYPE_MISMATCH} when the record is made.
 */
public record Cast(Expression argument, DataType type, boolean tryCast) implements Expression {
    public Cast {
        Casts.check(argument.type(), type);
    }

    /** A cast that fails on bad values; the argument itself when it has the type already. */
    public static Expression of(Expression argument, DataType type) {
        if (argument.type().equals(type)) {
            return argument;
        }
        if (argument instanceof Literal literal && literal.value() == null) {
            return Literal.ofNull(type);
        }
        return new Cast(argument, type, false);
    }

    /** The method that converts, or null when the bits stay as they are or the argument's type is VOID. */
    public @org.jspecify.annotations.Nullable ResolvedFunction function() {
        return Casts.resolve(argument.type(), type, tryCast);
    }

    @Override
    public boolean nullable() {
        ResolvedFunction function = function();
        return argument.nullable() || (function != null && function.canGiveNull());
    }

    @Override
    public List<Expression> children() {
        return List.of(argument);
    }

    @Override
    public Cast withChildren(List<Expression> children) {
        return new Cast(Expression.requireCount("CAST", children, 1).get(0), type, tryCast);
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitCast(this);
    }

    @Override
    public String toString() {
        return (tryCast ? "TRY_CAST(" : "CAST(") + argument + " AS " + type.sql() + ")";
    }
}
