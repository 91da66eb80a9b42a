package io.rivulet.sql.logical;

import io.rivulet.expression.Expression;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** Computed columns, one per expression. */
public record ProjectNode(LogicalPlan input, List<Expression> expressions, Schema schema) implements LogicalPlan {
    public ProjectNode {
        expressions = List.copyOf(expressions);
    }

    /** Columns with these names, their types and nullability as the expressions have them. */
    public static ProjectNode of(LogicalPlan input, List<Expression> expressions, List<String> names) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            Expression expression = expressions.get(i);
            fields.add(new Field(names.get(i), expression.type(), expression.nullable()));
        }
        return new ProjectNode(input, expressions, new Schema(fields));
    }

    @Override
    public List<LogicalPlan> inputs() {
        return List.of(input);
    }

    @Override
    public ProjectNode withInputs(List<LogicalPlan> inputs) {
        return new ProjectNode(inputs.get(0), expressions, schema);
    }

    @Override
    public <R> R accept(LogicalPlanVisitor<R> visitor) {
        return visitor.visitProject(this);
    }
}
