package io.rivulet.sql.optimizer;

import io.rivulet.expression.Expression;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.Literal;
import io.rivulet.sql.logical.ColumnReferences;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.ProjectNode;
import java.util.List;

/**
 * Two projections in a row are one, if no work is then done twice: what the lower one computes must be read at most once.
 * A projection that gives all columns as they are, under the same names, is none.
 */
final class MergeProjections implements Rule {
    @Override
    public LogicalPlan apply(LogicalPlan node) {
        if (!(node instanceof ProjectNode upper)) {
            return node;
        }
        if (upper.input() instanceof ProjectNode lower && mergeable(upper, lower)) {
            List<Expression> merged = upper.expressions().stream()
                    .map(e -> ColumnReferences.substitute(e, lower.expressions()))
                    .toList();
            return apply(new ProjectNode(lower.input(), merged, upper.schema()));
        }
        return isIdentity(upper) ? upper.input() : upper;
    }

    private static boolean mergeable(ProjectNode upper, ProjectNode lower) {
        for (int i = 0; i < lower.expressions().size(); i++) {
            Expression computed = lower.expressions().get(i);
            if (computed instanceof InputRef || computed instanceof Literal) {
                continue;
            }
            int reads = 0;
            for (Expression expression : upper.expressions()) {
                reads += ColumnReferences.count(expression, i);
            }
            if (reads > 1 || !computed.deterministic()) {
                return false;
            }
        }
        return true;
    }

    static boolean isIdentity(ProjectNode project) {
        if (!project.schema().names().equals(project.input().schema().names())) {
            return false;
        }
        for (int i = 0; i < project.expressions().size(); i++) {
            if (!(project.expressions().get(i) instanceof InputRef ref) || ref.index() != i) {
                return false;
            }
        }
        return true;
    }
}
