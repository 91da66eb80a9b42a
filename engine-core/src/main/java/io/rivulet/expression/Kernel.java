package io.rivulet.expression;

import io.rivulet.vector.ColumnBatch;
import org.jspecify.annotations.Nullable;

/** Computes scalar expressions over a batch, by whatever means. Owned by one task; not for several threads. */
public interface Kernel {
    /**
     * Computes the outputs of the rows that pass the kernel's condition, if it has one.
     *
     * @param rows the rows to look at, ascending, or null for the first {@code count}
     * @param passing where the numbers of the passing rows are written (room for {@code count}), or null
     * @param outputs one per expression; row i is the i-th passing row
     * @return how many rows passed
     */
    int run(ColumnBatch batch, int @Nullable [] rows, int count, int @Nullable [] passing, OutputColumn[] outputs);
}
