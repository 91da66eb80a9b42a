package io.rivulet.sql.logical;

import java.util.List;

/** How to sort by an expression; only in {@code sort}. */
public record Ordering(UnresolvedExpression argument, boolean ascending, boolean nullsFirst)
        implements UnresolvedExpression {

    @Override
    public List<UnresolvedExpression> children() {
        return List.of(argument);
    }

    @Override
    public String sql() {
        return argument.sql() + (ascending ? " ASC" : " DESC") + (nullsFirst ? " NULLS FIRST" : " NULLS LAST");
    }

    @Override
    public <R> R accept(UnresolvedVisitor<R> visitor) {
        return visitor.visitOrdering(this);
    }
}
