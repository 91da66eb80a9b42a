package io.rivulet.expression;

import io.rivulet.type.DataType;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Selection;
import io.rivulet.vector.StructVector;
import io.rivulet.vector.Validity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes expressions over batches, optionally only for the rows that pass a condition. Owned by one task and not for
 * several threads. The vectors it gives are valid until its next call: it fills the same arrays again.
 */
public final class Projection {
    /** Where an output vector comes from: a column as it is, a computed one, or a struct of such. */
    private sealed interface Source {}

    private record Column(int index) implements Source {}

    private record Child(Source struct, int field) implements Source {}

    private record Computed(int output) implements Source {}

    private record Struct(DataType type, List<Source> children, boolean nullWithFirst) implements Source {}

    private final KernelSwitch kernel;
    private final boolean filtering;
    private final List<Source> sources = new ArrayList<>();
    private final List<Source> wholeSources = new ArrayList<>();
    private final List<Expression> computed = new ArrayList<>();
    private final OutputColumn[] outputs;
    private final OutputColumn[] copied;
    private final KernelSwitch copying;

    Projection(@Nullable Expression condition, List<Expression> expressions, EvaluationContext context) {
        filtering = condition != null;
        List<Expression> simple =
                expressions.stream().map(e -> Simplifier.simplify(e, context)).toList();
        // without a selection a column is handed on as it is; with one, its rows are gathered like computed ones
        for (Expression expression : simple) {
            wholeSources.add(source(expression, true));
        }
        int shared = computed.size();
        for (Expression expression : simple) {
            sources.add(source(expression, false));
        }
        Expression test = condition == null ? null : Simplifier.simplify(condition, context);
        List<Expression> whole = List.copyOf(computed.subList(0, shared));
        List<Expression> gathered = List.copyOf(computed.subList(shared, computed.size()));
        kernel = new KernelSwitch(null, whole, context);
        outputs = columns(whole);
        boolean same = test == null && gathered.equals(whole);
        copying = same ? kernel : new KernelSwitch(test, gathered, context);
        copied = same ? outputs : columns(gathered);
        shift(shared);
    }

    private static OutputColumn[] columns(List<Expression> expressions) {
        return expressions.stream().map(e -> new OutputColumn(e.type())).toArray(OutputColumn[]::new);
    }

    // numbers of gathered outputs count from 0 in their own kernel
    private void shift(int by) {
        sources.replaceAll(s -> shifted(s, by));
    }

    private static Source shifted(Source source, int by) {
        if (source instanceof Computed output) {
            return new Computed(output.output - by);
        }
        return source instanceof Struct struct
                ? new Struct(
                        struct.type,
                        struct.children.stream().map(c -> shifted(c, by)).toList(),
                        struct.nullWithFirst)
                : source;
    }

    private Source source(Expression expression, boolean share) {
        if (share && expression instanceof InputRef input) {
            return new Column(input.index());
        }
        if (share && expression instanceof FieldAccess access && isSharedStruct(access.struct())) {
            return new Child(source(access.struct(), true), access.field());
        }
        if (expression instanceof MakeStruct struct) {
            return new Struct(
                    struct.type(),
                    struct.values().stream().map(v -> source(v, share)).toList(),
                    false);
        }
        if (expression instanceof Window window) {
            return new Struct(
                    window.type(), List.of(source(window.bound(0), share), source(window.bound(1), share)), true);
        }
        computed.add(expression);
        return new Computed(computed.size() - 1);
    }

    /** Whether it is a struct column, or a field of one, that is never null: then its fields are what they are. */
    private static boolean isSharedStruct(Expression expression) {
        return !expression.nullable()
                && (expression instanceof InputRef
                        || (expression instanceof FieldAccess access && isSharedStruct(access.struct())));
    }

    /** The scalar expressions that an expression's output vector is put together from. */
    static List<Expression> scalars(Expression expression) {
        if (expression instanceof MakeStruct struct) {
            return struct.values().stream().flatMap(v -> scalars(v).stream()).toList();
        }
        return expression instanceof Window window ? List.of(window.bound(0), window.bound(1)) : List.of(expression);
    }

    /**
     * The expressions' values, one vector each. Without a selection and a condition row i belongs to row i of the batch;
     * otherwise to the i-th row that counts.
     */
    public ColumnVector[] evaluate(ColumnBatch batch) {
        Selection selection = batch.selection();
        if (selection == null && !filtering) {
            kernel.current().run(batch, null, batch.size(), null, outputs);
            return assemble(wholeSources, outputs, batch, batch.size());
        }
        int count = copying.current()
                .run(batch, selection == null ? null : selection.rows(), batch.rowCount(), null, copied);
        return assemble(sources, copied, batch, count);
    }

    private static ColumnVector[] assemble(List<Source> sources, OutputColumn[] outputs, ColumnBatch batch, int rows) {
        ColumnVector[] built = new ColumnVector[sources.size()];
        for (int i = 0; i < built.length; i++) {
            built[i] = vector(sources.get(i), outputs, batch, rows);
        }
        return built;
    }

    private static ColumnVector vector(Source source, OutputColumn[] outputs, ColumnBatch batch, int rows) {
        if (source instanceof Column column) {
            return batch.column(column.index);
        }
        if (source instanceof Child child) {
            return ((StructVector) vector(child.struct, outputs, batch, rows).flatten()).child(child.field);
        }
        if (source instanceof Computed output) {
            return outputs[output.output].build(rows);
        }
        Struct struct = (Struct) source;
        ColumnVector[] children = new ColumnVector[struct.children.size()];
        for (int i = 0; i < children.length; i++) {
            children[i] = vector(struct.children.get(i), outputs, batch, rows);
        }
        Validity validity = struct.nullWithFirst ? children[0].validity() : Validity.ALL_PRESENT;
        return new StructVector(struct.type, children, rows, validity);
    }

    /** Whether generated code runs it from now on. */
    public boolean compiled() {
        return kernel.compiled() && copying.compiled();
    }
}
