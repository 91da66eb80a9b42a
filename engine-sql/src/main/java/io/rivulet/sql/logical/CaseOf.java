package io.rivulet.sql.logical;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CASE WHEN … THEN … ELSE … END; without ELSE the rest is null. */
public record CaseOf(List<Branch> branches, @Nullable UnresolvedExpression otherwise) implements UnresolvedExpression {
    /** WHEN condition THEN value. */
    public record Branch(UnresolvedExpression when, UnresolvedExpression then) {}

    public CaseOf {
        branches = List.copyOf(branches);
    }

    @Override
    public List<UnresolvedExpression> children() {
        List<UnresolvedExpression> children = new ArrayList<>();
        for (Branch branch : branches) {
            children.add(branch.when);
            children.add(branch.then);
        }
        if (otherwise != null) {
            children.add(otherwise);
        }
        return children;
    }

    @Override
    public String sql() {
        StringBuilder text = new StringBuilder("CASE");
        for (Branch branch : branches) {
            text.append(" WHEN ").append(branch.when.sql()).append(" THEN ").append(branch.then.sql());
        }
        if (otherwise != null) {
            text.append(" ELSE ").append(otherwise.sql());
        }
        return text.append(" END").toString();
    }

    @Override
    public <R> R accept(UnresolvedVisitor<R> visitor) {
        return visitor.visitCaseOf(this);
    }
}
