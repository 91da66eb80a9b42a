package io.rivulet.aggregate;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.rivulet.error.ErrorCode;
import io.rivulet.expression.Literal;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.KeyHash;
import io.rivulet.state.StateColumn;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.vector.BytesVector;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Validity;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * About how many different values there are, in a fixed number of bytes: an UltraLogLog (O. Ertl, "UltraLogLog: A
 * Practical and More Space-Efficient Alternative to HyperLogLog", PVLDB 17, 2024) with 2^p one-byte registers over the
 * pinned hash of keys. Its relative standard error is about 0.78 / sqrt(2^p). A group without values has no bytes.
 */
final class SketchCell extends Cell {
    /** The error when none is given; as Spark's. */
    static final double DEFAULT_ERROR = 0.05;

    static final double LEAST_ERROR = 0.005;
    static final double MOST_ERROR = 0.25;

    private static final double ERROR_OF_ONE_REGISTER = 0.782;
    private static final int LEAST_PRECISION = 4;

    private final int precision;
    private final KeyBatch hashed = new KeyBatch(1);
    private final ColumnVector[] column = new ColumnVector[1];
    private final TouchedGroups touched = new TouchedGroups();
    private UltraLogLog[] sketches = new UltraLogLog[0];

    SketchCell(String name, int precision) {
        super(name);
        this.precision = precision;
    }

    /** The number of registers, as a power of two, that keeps to the relative standard error that is given. */
    static int precision(List<Literal> constants) {
        Object given =
                constants.isEmpty() ? (Object) DEFAULT_ERROR : constants.get(0).value();
        double error = given instanceof Number number ? number.doubleValue() : Double.NaN;
        if (!(error >= LEAST_ERROR && error <= MOST_ERROR)) {
            throw ErrorCode.BAD_ARGUMENT.error("approx_count_distinct takes a relative standard error from "
                    + LEAST_ERROR + " to " + MOST_ERROR + ", not " + given);
        }
        double registers = Math.pow(ERROR_OF_ONE_REGISTER / error, 2);
        return Math.max(LEAST_PRECISION, (int) Math.ceil(Math.log(registers) / Math.log(2)));
    }

    /** The stem of the names of such cells: sketches of another precision or hash are other sketches. */
    static String stem(int precision) {
        return "approx_count_distinct " + precision + "-" + KeyHash.ID + " ";
    }

    @Override
    List<StateColumn> columns() {
        return List.of(StateColumn.value(name(), DataType.BINARY, 0));
    }

    @Override
    void accumulate(TableBucket bucket, CellInput input) {
        int count = input.count;
        column[0] = SideTable.taken(ValueArrays.required(input), input.rows, count);
        hashed.load(column, count);
        long[] hashes = hashed.hashes();
        unpack(bucket, input.groups, count);
        int[] numbers = touched.numbers();
        for (int i = 0; i < count; i++) {
            sketches[numbers[i]].add(hashes[i]);
        }
        pack(bucket);
    }

    @Override
    void combine(TableBucket bucket, int[] groups, ColumnVector[] columns, int @Nullable [] rows, int count) {
        BytesVector partial = (BytesVector) columns[0];
        unpack(bucket, groups, count);
        int[] numbers = touched.numbers();
        for (int i = 0; i < count; i++) {
            int row = at(rows, i);
            int from = partial.offsets()[row];
            if (partial.length(row) > 0) {
                byte[] state = Arrays.copyOfRange(partial.data(), from, from + partial.length(row));
                sketches[numbers[i]].add(UltraLogLog.wrap(state));
            }
        }
        pack(bucket);
    }

    private void unpack(TableBucket bucket, int[] groups, int count) {
        touched.load(groups, count, bucket.extent());
        if (sketches.length < touched.count()) {
            sketches = new UltraLogLog[touched.count()];
        }
        for (int g = 0; g < touched.count(); g++) {
            sketches[g] = sketch(bucket, touched.groups()[g]);
        }
    }

    private UltraLogLog sketch(TableBucket bucket, int group) {
        long word = bucket.words()[group * bucket.stride() + bucket.offset(column())];
        int length = TableBucket.bytesLength(word);
        int from = TableBucket.bytesOffset(word);
        return length == 0
                ? UltraLogLog.create(precision)
                : UltraLogLog.wrap(Arrays.copyOfRange(bucket.arena(), from, from + length));
    }

    private void pack(TableBucket bucket) {
        for (int g = 0; g < touched.count(); g++) {
            UltraLogLog sketch = sketches[g];
            if (!sketch.isEmpty()) {
                byte[] state = sketch.getState();
                int word = touched.groups()[g] * bucket.stride() + bucket.offset(column());
                bucket.setBytes(word, state, 0, state.length);
            }
        }
        Arrays.fill(sketches, null);
    }

    LongVector estimates(TableBucket bucket, int[] rows, int count) {
        long[] estimates = new long[count];
        for (int i = 0; i < count; i++) {
            estimates[i] = Math.round(sketch(bucket, rows[i]).getDistinctCountEstimate());
        }
        return new LongVector(DataType.BIGINT, estimates, count, Validity.ALL_PRESENT);
    }
}
