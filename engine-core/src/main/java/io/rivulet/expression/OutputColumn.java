package io.rivulet.expression;

import io.rivulet.function.Utf8;
import io.rivulet.type.DataType;
import io.rivulet.type.PhysicalType;
import io.rivulet.vector.BooleanVector;
import io.rivulet.vector.ByteVector;
import io.rivulet.vector.BytesVector;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Decimal128Vector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.FloatVector;
import io.rivulet.vector.IntVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.NullVector;
import io.rivulet.vector.ShortVector;
import io.rivulet.vector.Validity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * The arrays that an evaluator, interpreted or generated, writes one result column into. They are kept from one batch to
 * the next: {@link #begin} makes room, {@link #build} gives a vector over them that is valid until the next
 * {@link #begin}. One thread.
 */
public final class OutputColumn {
    private static final long[] NONE = new long[0];

    private final DataType type;
    private final PhysicalType physical;
    private boolean nullable;
    private long[] present = NONE;
    private boolean[] booleans = new boolean[0];
    private byte[] bytes = new byte[0];
    private short[] shorts = new short[0];
    private int[] ints = new int[0];
    private long[] longs = NONE;
    private long[] highs = NONE;
    private float[] floats = new float[0];
    private double[] doubles = new double[0];
    private ColumnBuilder objects;

    /** A column of a type. */
    public OutputColumn(DataType type) {
        this.type = type;
        this.physical = type.physical();
        this.objects = new ColumnBuilder(type, 1);
    }

    /** The type of the column. */
    public DataType type() {
        return type;
    }

    /**
     * Starts a batch.
     *
     * @param rows the most rows there will be
     * @param withNulls whether rows are null until {@link #present} says otherwise; else all are present
     */
    public void begin(int rows, boolean withNulls) {
        nullable = withNulls;
        if (withNulls) {
            if (present.length < Validity.words(rows)) {
                present = new long[Validity.words(rows)];
            } else {
                Arrays.fill(present, 0L);
            }
        }
        switch (physical) {
            case BOOLEAN -> booleans = booleans.length < rows ? new boolean[rows] : booleans;
            case BYTE -> bytes = bytes.length < rows ? new byte[rows] : bytes;
            case SHORT -> shorts = shorts.length < rows ? new short[rows] : shorts;
            case INT -> ints = ints.length < rows ? new int[rows] : ints;
            case LONG -> longs = longs.length < rows ? new long[rows] : longs;
            case FLOAT -> floats = floats.length < rows ? new float[rows] : floats;
            case DOUBLE -> doubles = doubles.length < rows ? new double[rows] : doubles;
            case DECIMAL128 -> {
                longs = longs.length < rows ? new long[rows] : longs;
                highs = highs.length < rows ? new long[rows] : highs;
            }
            case BYTES -> {
                ints = ints.length < rows + 1 ? new int[rows + 1] : ints;
                ints[0] = 0;
            }
            case NULL -> {}
            case ARRAY, MAP, STRUCT -> objects = new ColumnBuilder(type, Math.max(rows, 1));
        }
    }

    /** Bits of the rows that are present, to be set row by row when the batch began with nulls. */
    public long[] present() {
        return present;
    }

    /** Marks a row as present. */
    public void markPresent(int row) {
        if (nullable) {
            present[row >>> 6] |= 1L << (row & 63);
        }
    }

    /** The array of a BOOLEAN column. */
    public boolean[] booleans() {
        return booleans;
    }

    /** The array of a TINYINT column. */
    public byte[] bytes() {
        return bytes;
    }

    /** The array of a SMALLINT column. */
    public short[] shorts() {
        return shorts;
    }

    /** The array of a column of INT's representation. */
    public int[] ints() {
        return ints;
    }

    /** The array of a column of BIGINT's representation. */
    public long[] longs() {
        return longs;
    }

    /** The array of a FLOAT column. */
    public float[] floats() {
        return floats;
    }

    /** The array of a DOUBLE column. */
    public double[] doubles() {
        return doubles;
    }

    /** Writes a decimal of more than 18 digits; its scale must be the type's. */
    public void setDecimal(int row, BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        longs[row] = unscaled.longValue();
        highs[row] = unscaled.shiftRight(64).longValue();
    }

    /** Appends bytes; rows are written in order, null ones by {@link #skip}. */
    public void append(int row, Utf8 value) {
        append(row, value.data(), value.offset(), value.length());
    }

    /** Appends bytes of an array. */
    public void append(int row, byte[] source, int offset, int length) {
        int start = ints[row];
        int end = Math.addExact(start, length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * bytes.length, end)));
        }
        System.arraycopy(source, offset, bytes, start, length);
        ints[row + 1] = end;
    }

    /** Writes no bytes for a null row. */
    public void skip(int row) {
        ints[row + 1] = ints[row];
    }

    /** The builder of an ARRAY, MAP or STRUCT column, which takes its nulls too. */
    ColumnBuilder objects() {
        return objects;
    }

    /** The first {@code rows} rows as a vector over the arrays. */
    public ColumnVector build(int rows) {
        Validity validity = nullable ? Validity.of(present, rows) : Validity.ALL_PRESENT;
        return switch (physical) {
            case NULL -> new NullVector(rows);
            case BOOLEAN -> new BooleanVector(type, booleans, rows, validity);
            case BYTE -> new ByteVector(type, bytes, rows, validity);
            case SHORT -> new ShortVector(type, shorts, rows, validity);
            case INT -> new IntVector(type, ints, rows, validity);
            case LONG -> new LongVector(type, longs, rows, validity);
            case FLOAT -> new FloatVector(type, floats, rows, validity);
            case DOUBLE -> new DoubleVector(type, doubles, rows, validity);
            case DECIMAL128 -> new Decimal128Vector(type, highs, longs, rows, validity);
            case BYTES -> new BytesVector(type, bytes, ints, rows, validity);
            case ARRAY, MAP, STRUCT -> objects.build();
        };
    }
}
