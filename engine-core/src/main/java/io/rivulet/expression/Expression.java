package io.rivulet.expression;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An expression whose columns, functions and types are resolved: an immutable record, pure data, equal to another when
 * it means the same on the same input. Records cannot be built wrong: arity and types are checked, with
 * {@code TYPE_MISMATCH}. {@link Expressions} builds them from names and inserts the implicit casts.
 */
public sealed interface Expression
        permits Literal,
                InputRef,
                Call,
                UserCall,
                Cast,
                And,
                Or,
                Not,
                CaseWhen,
                Coalesce,
                IsNull,
                In,
                MakeStruct,
                FieldAccess,
                Window,
                CurrentTimestamp {
    /** The type of its values. */
    DataType type();

    /** Whether it can be null; false is a promise. */
    boolean nullable();

    /** The expressions it is made of, in order. */
    List<Expression> children();

    /** The same expression over other children, as many as it has. */
    Expression withChildren(List<Expression> children);

    /** Calls the visitor's method for this kind. */
    <R> R accept(ExpressionVisitor<R> visitor);

    /** Whether the same input row always gives the same value within a batch. */
    default boolean deterministic() {
        return children().stream().allMatch(Expression::deterministic);
    }

    /** Whether its value depends on no row and no batch, so that it can be computed while planning. */
    default boolean foldable() {
        return !children().isEmpty() && deterministic() && children().stream().allMatch(Expression::foldable);
    }

    /** This expression with each node, children first, replaced by what the function makes of it. */
    default Expression transformUp(UnaryOperator<Expression> rewrite) {
        List<Expression> children = children();
        boolean changed = false;
        List<Expression> rewritten = new ArrayList<>(children.size());
        for (Expression child : children) {
            Expression replaced = child.transformUp(rewrite);
            changed |= replaced != child;
            rewritten.add(replaced);
        }
        return rewrite.apply(changed ? withChildren(rewritten) : this);
    }

    /** Refuses an expression of another type than the wanted one. */
    static void requireType(String place, Expression expression, DataType wanted) {
        if (!expression.type().equals(wanted)) {
            throw ErrorCode.TYPE_MISMATCH.error(place + " needs " + wanted.sql() + ", but " + expression + " is "
                    + expression.type().sql());
        }
    }

    /** Refuses a list of children of the wrong length. */
    static List<Expression> requireCount(String place, List<Expression> children, int count) {
        if (children.size() != count) {
            throw ErrorCode.TYPE_MISMATCH.error(place + " has " + count + " arguments, not " + children.size());
        }
        return children;
    }
}
