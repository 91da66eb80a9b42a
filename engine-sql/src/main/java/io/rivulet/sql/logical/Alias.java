package io.rivulet.sql.logical;

import java.util.List;

/** An expression with a name. */
public record Alias(UnresolvedExpression argument, String name) implements UnresolvedExpression {

    @Override
    public List<UnresolvedExpression> children() {
        return List.of(argument);
    }

    @Override
    public String sql() {
        return argument.sql() + " AS " + new ColumnName(List.of(name)).sql();
    }

    @Override
    public <R> R accept(UnresolvedVisitor<R> visitor) {
        return visitor.visitAlias(this);
    }
}
