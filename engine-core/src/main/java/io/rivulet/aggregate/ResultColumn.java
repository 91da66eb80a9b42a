package io.rivulet.aggregate;

import io.rivulet.aggregate.AggregateFunctions.Kind;
import io.rivulet.error.ErrorCode;
import io.rivulet.state.TableBucket;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Validity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How one call's result comes from its cells.
 *
 * @param counts the cell that says how many values there were; null where {@code cell} itself knows
 * @param neverEmpty whether every group has a value, because a group begins with a row and every row has one
 */
record ResultColumn(
        Kind kind, DataType type, Cell cell, @Nullable Cell counts, boolean neverEmpty) {

    ColumnVector read(TableBucket bucket, int[] rows, int count) {
        return switch (kind) {
            case COUNT, COUNT_IF -> bucket.column(cell.column(), rows, count);
            case AVG ->
                type instanceof DecimalType decimal
                        ? decimalAverage(bucket, rows, count, decimal)
                        : average(bucket, rows, count);
            case STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP -> spread(bucket, rows, count);
            case FIRST, LAST, MIN_BY, MAX_BY -> seen(bucket, rows, count);
            case MIN, MAX, BOOL_AND, BOOL_OR ->
                counts == null ? seen(bucket, rows, count) : counted(bucket, rows, count);
            case SUM -> counted(bucket, rows, count);
            case TRY_SUM, TRY_AVG -> tried(bucket, rows, count, (ExactSumCell) cell);
            case APPROX_COUNT_DISTINCT -> ((SketchCell) cell).estimates(bucket, rows, count);
            case USER -> ((UserCell) cell).results(bucket, rows, count, type);
            case COLLECT_LIST, COLLECT_SET -> ((ListCell) cell).lists(bucket, rows, count, type);
        };
    }

    private long[] words(TableBucket bucket, Cell of, int[] rows, int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = bucket.offset(of.column());
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = words[rows[i] * stride + offset];
        }
        return values;
    }

    /** Null where nothing was counted, else the value as the result's type. */
    private ColumnVector counted(TableBucket bucket, int[] rows, int count) {
        ColumnVector values = bucket.column(cell.column(), rows, count);
        if (neverEmpty && values.type().equals(type)) {
            return values;
        }
        long[] counted = counts(bucket, rows, count);
        Validity validity = positive(counted, count);
        if (values instanceof LongVector v && values.type().equals(type)) {
            return new LongVector(type, v.values(), count, validity);
        }
        if (values instanceof DoubleVector v && values.type().equals(type)) {
            return new DoubleVector(type, v.values(), count, validity);
        }
        ColumnBuilder builder = new ColumnBuilder(type, count);
        for (int i = 0; i < count; i++) {
            builder.append(counted[i] == 0 ? null : converted(values, i));
        }
        return builder.build();
    }

    private Object converted(ColumnVector values, int row) {
        if (values instanceof LongVector v && !(values.type() instanceof DecimalType)) {
            return switch (type.physical()) {
                case BOOLEAN -> v.values()[row] == 1;
                case INT ->
                    type == DataType.DATE
                            ? java.time.LocalDate.ofEpochDay(v.values()[row])
                            : type == DataType.INTERVAL_YEAR_MONTH
                                    ? java.time.Period.ofMonths((int) v.values()[row])
                                    : (Object) v.values()[row];
                default -> v.values()[row];
            };
        }
        Object value = values.objectAt(row);
        if (value instanceof BigDecimal sum && sum.precision() > ((DecimalType) type).precision()) {
            throw ErrorCode.ARITHMETIC_OVERFLOW.error(cell.name() + " = " + sum + " does not fit " + type.sql());
        }
        return value == null ? 0L : value;
    }

    private long[] counts(TableBucket bucket, int[] rows, int count) {
        if (counts == null) {
            throw ErrorCode.INTERNAL.error(cell.name() + " has no count");
        }
        return words(bucket, counts, rows, count);
    }

    /** Present where something was counted. */
    static Validity positive(long[] counted, int count) {
        long[] bits = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            bits[i >>> 6] |= (counted[i] == 0 ? 0L : 1L) << i;
        }
        return Validity.of(bits, count);
    }

    private ColumnVector average(TableBucket bucket, int[] rows, int count) {
        long[] counted = counts(bucket, rows, count);
        long[] sums = words(bucket, cell, rows, count);
        double[] averages = new double[count];
        for (int i = 0; i < count; i++) {
            averages[i] = Double.longBitsToDouble(sums[i]) / counted[i];
        }
        return new DoubleVector(type, averages, count, neverEmpty ? Validity.ALL_PRESENT : positive(counted, count));
    }

    private ColumnVector decimalAverage(TableBucket bucket, int[] rows, int count, DecimalType decimal) {
        long[] counted = counts(bucket, rows, count);
        ColumnVector sums = bucket.column(cell.column(), rows, count);
        ColumnBuilder builder = new ColumnBuilder(type, count);
        for (int i = 0; i < count; i++) {
            if (counted[i] == 0 || !(sums.objectAt(i) instanceof BigDecimal sum)) {
                builder.appendNull();
            } else {
                BigDecimal mean = mean(sum, counted[i], decimal);
                if (mean.precision() > decimal.precision()) {
                    throw ErrorCode.ARITHMETIC_OVERFLOW.error("the mean " + mean + " does not fit " + type.sql()
                            + "; cast to DOUBLE before, or use try_avg to get null");
                }
                builder.append(mean);
            }
        }
        return builder.build();
    }

    /** Null where nothing was counted, and where the result is outside of its type. */
    private ColumnVector tried(TableBucket bucket, int[] rows, int count, ExactSumCell sums) {
        long[] counted = counts(bucket, rows, count);
        ColumnBuilder builder = new ColumnBuilder(type, count);
        for (int i = 0; i < count; i++) {
            if (counted[i] == 0) {
                builder.appendNull();
                continue;
            }
            BigDecimal sum = sums.sum(bucket, rows[i]);
            if (type instanceof DecimalType decimal) {
                BigDecimal value = kind == Kind.TRY_AVG ? mean(sum, counted[i], decimal) : sum;
                builder.append(value.precision() > decimal.precision() ? null : value);
            } else {
                builder.append(sum.toBigInteger().bitLength() < Long.SIZE ? (Object) sum.longValue() : null);
            }
        }
        return builder.build();
    }

    private static BigDecimal mean(BigDecimal sum, long count, DecimalType type) {
        return sum.divide(BigDecimal.valueOf(count), type.scale(), RoundingMode.HALF_UP);
    }

    private ColumnVector spread(TableBucket bucket, int[] rows, int count) {
        boolean sample = kind == Kind.STDDEV_SAMP || kind == Kind.VAR_SAMP;
        boolean root = kind == Kind.STDDEV_SAMP || kind == Kind.STDDEV_POP;
        long[] words = bucket.words();
        double[] values = new double[count];
        long[] defined = new long[count];
        for (int i = 0; i < count; i++) {
            int base = rows[i] * bucket.stride();
            double n = Double.longBitsToDouble(words[base + bucket.offset(cell.column())]);
            double divisor = sample ? n - 1 : n;
            double variance = Double.longBitsToDouble(words[base + bucket.offset(cell.column() + 2)]) / divisor;
            values[i] = root ? Math.sqrt(variance) : variance;
            defined[i] = divisor > 0 ? 1 : 0;
        }
        return new DoubleVector(type, values, count, positive(defined, count));
    }

    private ColumnVector seen(TableBucket bucket, int[] rows, int count) {
        long[] kinds = words(bucket, cell, rows, count);
        ColumnVector values = bucket.column(cell.column() + 1, rows, count);
        ColumnBuilder builder = new ColumnBuilder(type, count);
        for (int i = 0; i < count; i++) {
            if (kinds[i] == ExtremeWideCell.VALUE) {
                builder.appendFrom(values, i);
            } else {
                builder.appendNull();
            }
        }
        return builder.build();
    }
}
