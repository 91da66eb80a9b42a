package io.rivulet.expression;

import io.rivulet.error.RivuletException;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rewrites that give the same values for less work; evaluators apply them before anything else. */
public final class Simplifier {
    private static final ColumnBatch NO_COLUMNS = new ColumnBatch(Schema.EMPTY, new ColumnVector[0], 1);

    private Simplifier() {}

    /**
     * The expression with constant parts computed and fields of structs built within it replaced by their values. A
     * constant part that fails stays, because its rows may never be reached.
     */
    public static Expression simplify(Expression expression, EvaluationContext context) {
        return expression.transformUp(node -> fold(fields(node), context));
    }

    private static Expression fields(Expression node) {
        if (node instanceof FieldAccess access && access.struct() instanceof MakeStruct struct) {
            return struct.values().get(access.field());
        }
        return node instanceof FieldAccess access && access.struct() instanceof Window window
                ? window.bound(access.field())
                : node;
    }

    private static Expression fold(Expression node, EvaluationContext context) {
        if (node instanceof Literal || !node.foldable() || isComplex(node)) {
            return node;
        }
        try {
            OutputColumn out = new OutputColumn(node.type());
            new Interpreter(null, List.of(node), context).run(NO_COLUMNS, null, 1, null, new OutputColumn[] {out});
            Object value = out.build(1).objectAt(0);
            return value == null
                    ? Literal.ofNull(node.type())
                    : new Literal(literalForm(node, JavaForms.toPhysical(node.type(), value), value), node.type());
        } catch (RivuletException e) {
            return node;
        }
    }

    private static Object literalForm(Expression node, @Nullable Object physical, Object shown) {
        boolean asShown = shown instanceof String || shown instanceof BigDecimal;
        return asShown ? shown : Objects.requireNonNull(physical, node::toString);
    }

    /** Whether values are structs, arrays or maps, which generated code does not compute. */
    static boolean isComplex(Expression expression) {
        return switch (expression.type().physical()) {
            case STRUCT, ARRAY, MAP -> true;
            default -> false;
        };
    }

    /** IN as a tree of comparisons, as deep as the logarithm of the items. */
    public static Expression asComparisons(In in) {
        return disjunction(in, 0, in.items().size());
    }

    private static Expression disjunction(In in, int from, int to) {
        if (to - from == 1) {
            return Expressions.call("=", in.value(), in.items().get(from));
        }
        int middle = (from + to) >>> 1;
        return new Or(disjunction(in, from, middle), disjunction(in, middle, to));
    }
}
