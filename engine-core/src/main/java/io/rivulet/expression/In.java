package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether the value equals one of the items: TRUE if it does, else null if the value or an item is null, else FALSE. An
 * item is evaluated only where those before it do not match.
 */
public record In(Expression value, List<Expression> items) implements Expression {
    public In {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw ErrorCode.TYPE_MISMATCH.error("IN needs at least one item");
        }
        for (Expression item : items) {
            Expression.requireType("IN", item, value.type());
        }
    }

    @Override
    public DataType type() {
        return DataType.BOOLEAN;
    }

    @Override
    public boolean nullable() {
        return value.nullable() || items.stream().anyMatch(Expression::nullable);
    }

    @Override
    public List<Expression> children() {
        List<Expression> children = new ArrayList<>();
        children.add(value);
        children.addAll(items);
        return children;
    }

    @Override
    public In withChildren(List<Expression> children) {
        Expression.requireCount("IN", children, items.size() + 1);
        return new In(children.get(0), children.subList(1, children.size()));
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitIn(this);
    }

    @Override
    public String toString() {
        return items.stream().map(Expression::toString).collect(Collectors.joining(", ", "(" + value + " IN (", "))"));
    }
}
