package io.rivulet.operator.aggregate;

import io.rivulet.type.StructType;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.ConstantVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.StructVector;
import io.rivulet.vector.Validity;

/** The column of results that says which window they are of. */
final class WindowColumn {
    private WindowColumn() {}

    /** The same window in every row. */
    static ColumnVector of(StructType type, long start, long end, int count) {
        return new StructVector(
                type,
                new ColumnVector[] {constant(type, 0, start, count), constant(type, 1, end, count)},
                count,
                Validity.ALL_PRESENT);
    }

    private static ColumnVector constant(StructType type, int field, long micros, int count) {
        long[] one = {micros};
        return new ConstantVector(new LongVector(type.schema().type(field), one, 1, Validity.ALL_PRESENT), count);
    }
}
