package io.rivulet.sql.logical;

import io.rivulet.expression.Expression;
import io.rivulet.expression.InputRef;
import java.util.BitSet;
import java.util.List;

/** Which columns expressions read, and the same expressions over other columns. */
public final class ColumnReferences {
    private ColumnReferences() {}

    /** The columns an expression reads. */
    public static BitSet of(Expression expression) {
        BitSet columns = new BitSet();
        addTo(columns, expression);
        return columns;
    }

    /** Adds the columns an expression reads to a set. */
    public static void addTo(BitSet columns, Expression expression) {
        if (expression instanceof InputRef ref) {
            columns.set(ref.index());
        }
        for (Expression child : expression.children()) {
            addTo(columns, child);
        }
    }

    /** How often an expression reads a column. */
    public static int count(Expression expression, int column) {
        int count = expression instanceof InputRef ref && ref.index() == column ? 1 : 0;
        for (Expression child : expression.children()) {
            count += count(child, column);
        }
        return count;
    }

    /** The expression with column {@code i} replaced by {@code replacements.get(i)}: seen through a projection. */
    public static Expression substitute(Expression expression, List<Expression> replacements) {
        return expression.transformUp(e -> e instanceof InputRef ref ? replacements.get(ref.index()) : e);
    }

    /** The expression with column {@code i} now at {@code positions[i]}. */
    public static Expression remap(Expression expression, int[] positions) {
        return expression.transformUp(e -> e instanceof InputRef ref && positions[ref.index()] != ref.index()
                ? new InputRef(positions[ref.index()], ref.type(), ref.nullable())
                : e);
    }
}
