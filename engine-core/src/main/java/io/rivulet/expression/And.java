package io.rivulet.expression;

import io.rivulet.type.DataType;
import java.util.List;

/** Three-valued AND: FALSE when either is, whatever the other; null when a null decides. The right side is evaluated only where the left does not decide. */
public record And(Expression left, Expression right) implements Expression {
    public And {
        Expression.requireType("AND", left, DataType.BOOLEAN);
        Expression.requireType("AND", right, DataType.BOOLEAN);
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
    public And withChildren(List<Expression> children) {
        Expression.requireCount("AND", children, 2);
        return new And(children.get(0), children.get(1));
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitAnd(this);
    }

    @Override
    public String toString() {
        return "(" + left + " AND " + right + ")";
    }
}
