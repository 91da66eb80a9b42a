package io.rivulet.sql.logical;

import java.util.List;

/** A field of a struct. */
public record FieldOf(UnresolvedExpression struct, String field) implements UnresolvedExpression {

    @Override
    public List<UnresolvedExpression> children() {
        return List.of(struct);
    }

    @Override
    public String sql() {
        return struct.sql() + "." + field;
    }

    @Override
    public <R> R accept(UnresolvedVisitor<R> visitor) {
        return visitor.visitFieldOf(this);
    }
}
