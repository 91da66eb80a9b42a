package io.rivulet.expression;

import io.rivulet.type.DataType;
import java.util.List;

/** Three-valued OR: TRUE when either is, whatever the other; null when a null decides. The right side is evaluated only where the left does not decide. */
public record Or(Expression left, Expression right) implements Expression {
    public Or {
        Expression.requireType("OR", left, DataType.BOOLEAN);
        Expression.requireType("OR", right, DataType.BOOLEAN);
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public boolean nullable() {
        return left.nullable() || right.nullable();
    }

    @Override
    public List<Expression> children() {
        return List.of(left, right);
    }

    @Override
    public Or withChildren(List<Expression> children) {
        Expression.requireCount("OR", children, 2);
        return new Or(children.get(0), children.get(1));
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitOr(this);
    }

    @Override
    public String toString() {
        return "(" + left + " OR " + right + ")";
    }
}
