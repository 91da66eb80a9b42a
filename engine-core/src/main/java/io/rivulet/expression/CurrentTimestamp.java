package io.rivulet.expression;

import io.rivulet.type.DataType;
import java.util.List;

/** The timestamp of the batch ({@link EvaluationContext#batchTimestampMicros}): the same for every row, also in a re-run. */
public record CurrentTimestamp() implements Expression {
    @Override
    public DataType type() {
        return DataType.TIMESTAMP;
    }

    @Override
    public boolean nullable() {
        return false;
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
    public CurrentTimestamp withChildren(List<Expression> children) {
        Expression.requireCount("current_timestamp", children, 0);
        return this;
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitCurrentTimestamp(this);
    }

    @Override
    public String toString() {
        return "current_timestamp()";
    }
}
