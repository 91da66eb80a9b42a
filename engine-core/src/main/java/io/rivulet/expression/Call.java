package io.rivulet.expression;

import io.rivulet.function.NullRule;
import io.rivulet.function.ResolvedFunction;
import io.rivulet.type.DataType;
import java.util.List;
import java.util.stream.Collectors;

/** A scalar function over arguments of exactly its parameter types. All arguments are evaluated. */
public record Call(ResolvedFunction function, List<Expression> arguments) implements Expression {
    public Call {
        arguments = List.copyOf(arguments);
        Expression.requireCount(
                function.name(), arguments, function.parameters().size());
        for (int i = 0; i < arguments.size(); i++) {
            Expression.requireType(
                    "argument " + (i + 1) + " of " + function,
                    arguments.get(i),
                    function.parameters().get(i));
        }
    }

    @Override
    public DataType type() {
        return function.result();
    }

    @Override
    public boolean nullable() {
        return function.canGiveNull()
                || (function.nulls() != NullRule.CALLED && arguments.stream().anyMatch(Expression::nullable));
    }

    @Override
    public boolean deterministic() {
        return function.deterministic() && arguments.stream().allMatch(Expression::deterministic);
    }

    @Override
    public boolean foldable() {
        return deterministic() && arguments.stream().allMatch(Expression::foldable);
    }

    @Override
    public List<Expression> children() {
        return arguments;
    }

    @Override
    public Call withChildren(List<Expression> children) {
        return new Call(function, children);
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitCall(this);
    }

    @Override
    public String toString() {
        String name = function.name();
        if (!Character.isLetter(name.charAt(0)) && arguments.size() == 2) {
            return "(" + arguments.get(0) + " " + name + " " + arguments.get(1) + ")";
        }
        return arguments.stream().map(Expression::toString).collect(Collectors.joining(", ", name + "(", ")"));
    }
}
