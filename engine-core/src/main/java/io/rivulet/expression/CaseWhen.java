package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The value of the first branch whose condition is TRUE, else of {@code otherwise}. A condition is evaluated only for
 * rows that no earlier branch took, a value only for the rows its branch takes. IF is a case of one branch.
 */
public record CaseWhen(List<Branch> branches, Expression otherwise) implements Expression {
    /** WHEN condition THEN value. */
    public record Branch(Expression when, Expression then) {}

    public CaseWhen {
        branches = List.copyOf(branches);
        if (branches.isEmpty()) {
            throw ErrorCode.TYPE_MISMATCH.error("CASE needs at least one WHEN");
        }
        for (Branch branch : branches) {
            Expression.requireType("WHEN", branch.when, DataType.BOOLEAN);
            Expression.requireType("THEN", branch.then, otherwise.type());
        }
    }

    /** IF(condition, then, otherwise). */
    public static CaseWhen ifThen(Expression condition, Expression then, Expression otherwise) {
        return new CaseWhen(List.of(new Branch(condition, then)), otherwise);
    }

    @Override
    public DataType type() {
        return otherwise.type();
    }

    @Override
    public boolean nullable() {
        return otherwise.nullable() || branches.stream().anyMatch(b -> b.then.nullable());
    }

    @Override
    public List<Expression> children() {
        List<Expression> children = new ArrayList<>();
        for (Branch branch : branches) {
            children.add(branch.when);
            children.add(branch.then);
        }
        children.add(otherwise);
        return children;
    }

    @Override
    public CaseWhen withChildren(List<Expression> children) {
        Expression.requireCount("CASE", children, 2 * branches.size() + 1);
        List<Branch> rebuilt = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            rebuilt.add(new Branch(children.get(2 * i), children.get(2 * i + 1)));
        }
        return new CaseWhen(rebuilt, children.get(children.size() - 1));
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitCaseWhen(this);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("CASE");
        for (Branch branch : branches) {
            text.append(" WHEN ").append(branch.when).append(" THEN ").append(branch.then);
        }
        return text.append(" ELSE ").append(otherwise).append(" END").toString();
    }
}
