package io.rivulet.expression.codegen;

import io.rivulet.expression.EvaluationContext;
import io.rivulet.expression.Expression;
import io.rivulet.expression.FieldAccess;
import io.rivulet.expression.InputRef;
import io.rivulet.expression.Kernel;
import io.rivulet.expression.OutputColumn;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.StructVector;
import io.rivulet.vector.Validity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands the columns that a generated class reads to an instance of it, flattened. */
final class CompiledRunner implements Kernel {
    private final CompiledKernel kernel;
    private final List<Expression> inputs;
    private final EvaluationContext context;
    private final ColumnVector[] vectors;
    private final long[] @Nullable [] present;

    CompiledRunner(CompiledKernel kernel, List<Expression> inputs, EvaluationContext context) {
        this.kernel = kernel;
        this.inputs = inputs;
        this.context = context;
        this.vectors = new ColumnVector[inputs.size()];
        this.present = new long[inputs.size()] @Nullable [];
    }

    @Override
    public int run(
            ColumnBatch batch, int @Nullable [] rows, int count, int @Nullable [] passing, OutputColumn[] outputs) {
        for (int i = 0; i < vectors.length; i++) {
            bind(i, inputs.get(i), batch);
        }
        return kernel.run(vectors, present, context.batchTimestampMicros(), rows, count, passing, outputs);
    }

    private void bind(int input, Expression leaf, ColumnBatch batch) {
        if (leaf instanceof InputRef column) {
            vectors[input] = batch.column(column.index()).flatten();
            present[input] = bits(vectors[input]);
        } else if (leaf instanceof FieldAccess access) {
            bind(input, access.struct(), batch);
            long[] outer = present[input];
            ColumnVector child =
                    ((StructVector) vectors[input]).child(access.field()).flatten();
            vectors[input] = child;
            present[input] = both(outer, bits(child), batch.size());
        }
    }

    private static long @Nullable [] bits(ColumnVector vector) {
        return vector.validity().allPresent() ? null : vector.validity().bits();
    }

    private static long @Nullable [] both(long @Nullable [] outer, long @Nullable [] inner, int size) {
        if (outer == null || inner == null) {
            return outer == null ? inner : outer;
        }
        long[] merged = new long[Validity.words(size)];
        for (int w = 0; w < merged.length; w++) {
            merged[w] = outer[w] & inner[w];
        }
        return merged;
    }
}
