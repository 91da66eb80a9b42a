package io.rivulet.sql.optimizer;

import io.rivulet.expression.Expression;
import io.rivulet.expression.Window;
import io.rivulet.sql.logical.AggregateExpression;
import io.rivulet.sql.logical.AggregateNode;
import io.rivulet.sql.logical.DivertLateNode;
import io.rivulet.sql.logical.ExpandWindowsNode;
import io.rivulet.sql.logical.FilterNode;
import io.rivulet.sql.logical.LimitNode;
import io.rivulet.sql.logical.LogicalPlan;
import io.rivulet.sql.logical.LogicalPlanVisitor;
import io.rivulet.sql.logical.ProjectNode;
import io.rivulet.sql.logical.RelationNode;
import io.rivulet.sql.logical.SortNode;
import io.rivulet.sql.logical.UnionNode;
import io.rivulet.sql.logical.WatermarkNode;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A node with its own expressions rewritten; the columns keep their names and types. */
record NodeExpressions(UnaryOperator<Expression> rewrite) implements LogicalPlanVisitor<LogicalPlan> {
    @Override
    public LogicalPlan visitRelation(RelationNode plan) {
        return plan;
    }

    @Override
    public LogicalPlan visitProject(ProjectNode plan) {
        return new ProjectNode(plan.input(), all(plan.expressions()), plan.schema());
    }

    private List<Expression> all(List<Expression> expressions) {
        return expressions.stream().map(rewrite).toList();
    }

    @Override
    public LogicalPlan visitFilter(FilterNode plan) {
        return new FilterNode(plan.input(), rewrite.apply(plan.predicate()));
    }

    @Override
    public LogicalPlan visitWatermark(WatermarkNode plan) {
        return plan;
    }

    @Override
    public LogicalPlan visitDivertLate(DivertLateNode plan) {
        return new DivertLateNode(plan.input(), rewrite.apply(plan.time()), plan.window());
    }

    @Override
    public LogicalPlan visitAggregate(AggregateNode plan) {
        Window window = plan.window();
        return new AggregateNode(
                plan.input(),
                window == null ? null : window.withChildren(all(window.children())),
                all(plan.keys()),
                plan.calls().stream().map(this::call).toList(),
                plan.schema());
    }

    private AggregateExpression call(AggregateExpression call) {
        @Nullable Expression filter = call.filter();
        return call.over(all(call.arguments()), filter == null ? null : rewrite.apply(filter));
    }

    @Override
    public LogicalPlan visitSort(SortNode plan) {
        return plan;
    }

    @Override
    public LogicalPlan visitLimit(LimitNode plan) {
        return plan;
    }

    @Override
    public LogicalPlan visitUnion(UnionNode plan) {
        return plan;
    }

    @Override
    public LogicalPlan visitExpandWindows(ExpandWindowsNode plan) {
        return plan;
    }
}
