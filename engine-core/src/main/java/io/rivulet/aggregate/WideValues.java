package io.rivulet.aggregate;

import io.rivulet.state.TableBucket;
import io.rivulet.vector.BytesVector;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Decimal128Vector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.FloatVector;
import io.rivulet.vector.LongVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values of any state column type, one of a column's rows at a time. */
final class WideValues {
    private final ValueArrays arrays = new ValueArrays();
    private @Nullable BytesVector bytes;
    private long @Nullable [] high;
    private long[] words = new long[0];
    private long @Nullable [] kinds;
    private @Nullable ColumnVector column;
    private boolean isDouble;
    private boolean isFloat;

    void load(ColumnVector values, @Nullable ColumnVector seen) {
        column = values.allPresent() ? null : values;
        bytes = values instanceof BytesVector v ? v : null;
        high = values instanceof Decimal128Vector v ? v.high() : null;
        if (values instanceof Decimal128Vector v) {
            words = v.low();
        } else if (bytes == null) {
            words = arrays.words(values);
        }
        isDouble = values instanceof DoubleVector;
        isFloat = values instanceof FloatVector;
        kinds = seen == null ? null : ((LongVector) seen).values();
    }

    /** Whether the row has a value, a null or (in a partial state) nothing. */
    long kind(int row) {
        if (kinds != null) {
            return kinds[row];
        }
        return column != null && column.isNull(row) ? ExtremeWideCell.NULL : ExtremeWideCell.VALUE;
    }

    void store(TableBucket bucket, int word, int row) {
        if (bytes != null) {
            bucket.setBytes(word, bytes.data(), bytes.offsets()[row], bytes.length(row));
        } else if (high != null) {
            bucket.words()[word] = high[row];
            bucket.words()[word + bucket.wordStep()] = words[row];
        } else {
            bucket.words()[word] = words[row];
        }
    }

    /** The order of the row's value and the one that is held; text by unsigned bytes, NaN above all numbers. */
    int compare(TableBucket bucket, int word, int row) {
        long held = bucket.words()[word];
        if (bytes != null) {
            int from = TableBucket.bytesOffset(held);
            return Arrays.compareUnsigned(
                    bytes.data(),
                    bytes.offsets()[row],
                    bytes.offsets()[row + 1],
                    bucket.arena(),
                    from,
                    from + TableBucket.bytesLength(held));
        }
        if (high != null) {
            int order = Long.compare(high[row], held);
            return order != 0 ? order : Long.compareUnsigned(words[row], bucket.words()[word + bucket.wordStep()]);
        }
        if (isDouble) {
            return compare(Double.longBitsToDouble(words[row]), Double.longBitsToDouble(held));
        }
        if (isFloat) {
            return compare(Float.intBitsToFloat((int) words[row]), Float.intBitsToFloat((int) held));
        }
        return Long.compare(words[row], held);
    }

    /** Both zeros are equal here, as in SQL's comparisons. */
    private static int compare(double a, double b) {
        return a < b ? -1 : a > b ? 1 : a == b ? 0 : Boolean.compare(Double.isNaN(a), Double.isNaN(b));
    }
}
