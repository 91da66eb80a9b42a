package io.rivulet.expression;

import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A struct of named values; never null itself. */
public record MakeStruct(List<String> names, List<Expression> values) implements Expression {
    public MakeStruct {
        names = List.copyOf(names);
        values = List.copyOf(values);
        Expression.requireCount("a struct of " + names, values, names.size());
    }

    @Override
    public StructType type() {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            fields.add(
                    new Field(names.get(i), values.get(i).type(), values.get(i).nullable()));
        }
        return new StructType(new Schema(fields));
    }

    @Override
    public boolean nullable() {
        return false;
    }

    @Override
    public List<Expression> children() {
        return values;
    }

    @Override
    public MakeStruct withChildren(List<Expression> children) {
        return new MakeStruct(names, children);
    }

    @Override
    public <R> R accept(ExpressionVisitor<R> visitor) {
        return visitor.visitMakeStruct(this);
    }

    @Override
    public String toString() {
        return values.stream().map(Expression::toString).collect(Collectors.joining(", ", "struct(", ")"));
    }
}
