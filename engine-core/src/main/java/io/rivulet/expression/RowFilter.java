package io.rivulet.expression;

import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.Selection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the rows of batches for which a condition is TRUE. Owned by one task and not for several threads. */
public final class RowFilter {
    private static final OutputColumn[] NO_OUTPUTS = new OutputColumn[0];

    private final KernelSwitch kernel;
    private int[] passing = new int[0];

    RowFilter(Expression condition, EvaluationContext context) {
        Expression.requireType("a filter", condition, io.rivulet.type.DataType.BOOLEAN);
        kernel = new KernelSwitch(Simplifier.simplify(condition, context), List.of(), context);
    }

    /**
     * The rows of the batch that count and for which the condition is TRUE (null is not), or null when these are all its
     * rows. The selection is valid until the next call: its array is filled again.
     */
    public @Nullable Selection filter(ColumnBatch batch) {
        Selection selection = batch.selection();
        int count = batch.rowCount();
        if (passing.length < count) {
            passing = new int[count];
        }
        int passed =
                kernel.current().run(batch, selection == null ? null : selection.rows(), count, passing, NO_OUTPUTS);
        if (passed == count) {
            return selection;
        }
        return new Selection(passing, passed);
    }

    /** Whether generated code runs it from now on. */
    public boolean compiled() {
        return kernel.compiled();
    }
}
