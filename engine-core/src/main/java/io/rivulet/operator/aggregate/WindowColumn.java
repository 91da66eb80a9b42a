package io.rivulet.operator.aggregate;

import io.rivulet.type.StructType;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.StructVector;
import io.rivulet.vector.Validity;
import java.util.Arrays;

/** The column of results that says which window they are of. */
final class WindowColumn {
    private WindowColumn() {}

    /** The same window in every row. */
    static ColumnVector of(StructType type, long start, long end, int count) {
        long[] starts = new long[count];
        long[] ends = new long[count];
        Arrays.fill(starts, start);
        Arrays.fill(ends, end);
        return new StructVector(
                type,
                new ColumnVector[] {
                    new LongVector(type.schema().type(0), starts, count, Validity.ALL_PRESENT),
                    new LongVector(type.schema().type(1), ends, count, Validity.ALL_PRESENT)
                },
                count,
                Validity.ALL_PRESENT);
    }
}
