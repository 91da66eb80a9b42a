package io.rivulet.expression;

import io.rivulet.type.DataType;
import java.util.List;

/** Three-valued NOT: null stays null. */
public record Not(Expression argument) implements Expression {
    public Not {
        Expression.requireType("NOT", argument, DataType.BOOLEAN);
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public boolean nullable() {
        return argument.nullable();
    }

    @Override
    public List<Expression> children() {
        return List.of(argument);
    }

    @Override
    public Not withChildren(List<Expression> children) {
        return new Not(Expression.requireCount("NOT", children, 1).get(0));
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitNot(this);
    }

    @Override
    public String toString() {
        return argument instanceof IsNull isNull ? "(" + isNull.argument() + " IS NOT NULL)" : "(NOT " + argument + ")";
    }
}
