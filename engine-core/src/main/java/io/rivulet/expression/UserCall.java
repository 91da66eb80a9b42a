package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.function.FunctionRef;
import io.rivulet.type.DataType;
import java.util.List;
import java.util.stream.Collectors;

/** A function of the user given as a lambda, which {@link EvaluationContext#bindings} hold; one to three arguments. */
public record UserCall(
        FunctionRef function, List<Expression> arguments, DataType type, boolean nullable, boolean deterministic)
        implements Expression {
    public UserCall {
        arguments = List.copyOf(arguments);
        if (arguments.isEmpty() || arguments.size() > 3) {
            throw ErrorCode.TYPE_MISMATCH.error(
                    "the user function " + function + " has one to three arguments, not " + arguments.size());
        }
    }

    @Override
    public boolean foldable() {
        return false;
    }

    @Override
    public List<Expression> children() {
        return arguments;
    }

    @Override
    public UserCall withChildren(List<Expression> children) {
        return new UserCall(
                function,
                Expression.requireCount(function.id(), children, arguments.size()),
                type,
                nullable,
                deterministic);
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitUserCall(this);
    }

    @Override
    public String toString() {
        return arguments.stream().map(Expression::toString).collect(Collectors.joining(", ", function.id() + "(", ")"));
    }
}
