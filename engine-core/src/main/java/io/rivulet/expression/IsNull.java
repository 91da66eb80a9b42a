package io.rivulet.expression;

import io.rivulet.type.DataType;
import java.util.List;

/** Whether a value of any type is null; never null itself. */
public record IsNull(Expression argument) implements Expression {
    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public boolean nullable() {
        return false;
    }

    @Override
    public List<Expression> children() {
        return List.of(argument);
    }

    @Override
    public IsNull withChildren(List<Expression> children) {
        return new IsNull(Expression.requireCount("IS NULL", children, 1).get(0));
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitIsNull(this);
    }

    @Override
    public String toString() {
        return "(" + argument + " IS NULL)";
    }
}
