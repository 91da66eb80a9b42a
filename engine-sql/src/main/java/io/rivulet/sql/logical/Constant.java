package io.rivulet.sql.logical;

import io.rivulet.expression.Literal;
import java.util.List;

/** A value. */
public record Constant(Literal literal) implements UnresolvedExpression {

    @Override
    public List<UnresolvedExpression> children() {
        return List.of();
    }

    @Override
    public String sql() {
        return literal.value() instanceof String text ? "'" + text + "'" : literal.toString();
    }

    @Override
    public <R> R accept(UnresolvedVisitor<R> visitor) {
        return visitor.visitConstant(this);
    }
}
