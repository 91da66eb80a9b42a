package io.rivulet.expression.codegen;

import io.rivulet.expression.OutputColumn;
import io.rivulet.vector.ColumnVector;
import org.jspecify.annotations.Nullable;

/** What generated classes extend. An instance keeps the arrays of the batch at hand, so it serves one thread. */
public abstract class CompiledKernel {
    /** For generated classes. */
    protected CompiledKernel() {}

    /**
     * Computes one batch; see {@link io.rivulet.expression.Kernel#run}.
     *
     * @param inputs the flat vectors that the expressions read, in the order of the generated class
     * @param present the validity bits of each input, or null where all rows are present
     * @param now the batch timestamp in microseconds
     */
    public abstract int run(
            ColumnVector[] inputs,
            long[] @Nullable [] present,
            long now,
            int @Nullable [] rows,
            int count,
            int @Nullable [] passing,
            OutputColumn[] out);
}
