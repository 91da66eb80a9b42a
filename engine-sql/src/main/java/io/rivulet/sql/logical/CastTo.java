package io.rivulet.sql.logical;

import io.rivulet.type.DataType;
import java.util.List;

/** A conversion; with {@code tryCast} a value that cannot be converted gives null. */
public record CastTo(UnresolvedExpression argument, DataType type, boolean tryCast) implements UnresolvedExpression {

    @Override
    public List<UnresolvedExpression> children() {
        return List.of(argument);
    }

    @Override
    public String sql() {
        return (tryCast ? "TRY_CAST(" : "CAST(") + argument.sql() + " AS " + type.sql() + ")";
    }

    @Override
    public <R> R accept(UnresolvedVisitor<R> visitor) {
        return visitor.visitCastTo(this);
    }
}
