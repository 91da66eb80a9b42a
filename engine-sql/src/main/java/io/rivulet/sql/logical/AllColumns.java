package io.rivulet.sql.logical;

import java.util.List;

/** Every column of the input: {@code *}. */
public record AllColumns() implements UnresolvedExpression {

    @Override
    public List<UnresolvedExpression> children() {
        return List.of();
    }

    @Override
    public String sql() {
        return "*";
    }

    @Override
    public <R> R accept(UnresolvedVisitor<R> visitor) {
        return visitor.visitAllColumns(this);
    }
}
