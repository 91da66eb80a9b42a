package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import java.util.List;
import java.util.stream.Collectors;

/** The first argument that is not null; one is evaluated only where those before it are null. */
public record Coalesce(List<Expression> arguments) implements Expression {
    public Coalesce {
        arguments = List.copyOf(arguments);
        if (arguments.isEmpty()) {
            throw ErrorCode.TYPE_MISMATCH.error("COALESCE needs at least one argument");
        }
        for (Expression argument : arguments) {
            Expression.requireType("COALESCE", argument, arguments.get(0).type());
        }
    }

    @Override
    public DataType type() {
        return arguments.get(0).type();
    }

    @Override
    public boolean nullable() {
        return arguments.stream().allMatch(Expression::nullable);
    }

    @Override
    public List<Expression> children() {
        return arguments;
    }

    @Override
    public Coalesce withChildren(List<Expression> children) {
        return new Coalesce(children);
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitCoalesce(this);
    }

    @Override
    public String toString() {
        return arguments.stream().map(Expression::toString).collect(Collectors.joining(", ", "coalesce(", ")"));
    }
}
