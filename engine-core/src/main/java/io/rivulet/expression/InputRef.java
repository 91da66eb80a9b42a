package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import java.util.List;

/** A column of the input batch. */
public record InputRef(int index, DataType type, boolean nullable) implements Expression {
    public InputRef {
        if (index < 0) {
            throw ErrorCode.INTERNAL.error("a column index of " + index);
        }
    }

    @Override
    public boolean foldable() {
        return false;
    }

    @Override
    public List<Expression> children() {
        return List.of();
    }

    @Override
    public InputRef withChildren(List<Expression> children) {
        Expression.requireCount("a column", children, 0);
        return this;
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitInputRef(this);
    }

    @Override
    public String toString() {
        return "#" + index;
    }
}
