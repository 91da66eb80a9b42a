package io.rivulet.vector;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.MapType;
import io.rivulet.type.StructType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a column value by value. The append method must be the one of the type's {@code PhysicalType}; {@link #append}
 * takes the Java objects of {@link ColumnVector#objectAt}, and any {@code Number} for a numeric type when the value is
 * unchanged by it. {@link #build} gives a vector with arrays of its own and starts afresh. Grows as needed; one thread.
 */
public final class ColumnBuilder {
    private static final BigInteger LOW_MASK = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private final DataType type;
    private final ColumnBuilder[] children;
    private int size;
    private int capacity;
    private boolean anyNull;
    private long[] present = new long[0];
    private boolean[] booleans = new boolean[0];
    private byte[] bytes = new byte[0];
    private short[] shorts = new short[0];
    private int[] ints = new int[0];
    private long[] longs = new long[0];
    private long[] highs = new long[0];
    private float[] floats = new float[0];
    private double[] doubles = new double[0];

    /** @param capacity rows to make room for at first */
    public ColumnBuilder(DataType type, int capacity) {
        this.type = type;
        if (type instanceof StructType struct) {
            children = struct.schema().fields().stream()
                    .map(f -> new ColumnBuilder(f.type(), capacity))
                    .toArray(ColumnBuilder[]::new);
        } else if (type instanceof ArrayType array) {
            children = new ColumnBuilder[] {new ColumnBuilder(array.element(), capacity)};
        } else if (type instanceof MapType map) {
            children = new ColumnBuilder[] {
                new ColumnBuilder(map.key(), capacity), new ColumnBuilder(map.value(), capacity)
            };
        } else {
            children = new ColumnBuilder[0];
        }
        grow(Math.max(capacity, 1));
    }

    /** Builders for every column of a schema. */
    public static ColumnBuilder[] forSchema(io.rivulet.type.Schema schema, int capacity) {
        return schema.fields().stream()
                .map(f -> new ColumnBuilder(f.type(), capacity))
                .toArray(ColumnBuilder[]::new);
    }

    /** The type of the column. */
    public DataType type() {
        return type;
    }

    /** Rows appended so far. */
    public int size() {
        return size;
    }

    private void grow(int wanted) {
        capacity = wanted;
        present = Arrays.copyOf(present, Validity.words(wanted));
        switch (type.physical()) {
            case NULL, STRUCT -> {}
            case BOOLEAN -> booleans = Arrays.copyOf(booleans, wanted);
            case BYTE -> bytes = Arrays.copyOf(bytes, wanted);
            case SHORT -> shorts = Arrays.copyOf(shorts, wanted);
            case INT -> ints = Arrays.copyOf(ints, wanted);
            case LONG -> longs = Arrays.copyOf(longs, wanted);
            case FLOAT -> floats = Arrays.copyOf(floats, wanted);
            case DOUBLE -> doubles = Arrays.copyOf(doubles, wanted);
            case DECIMAL128 -> {
                longs = Arrays.copyOf(longs, wanted);
                highs = Arrays.copyOf(highs, wanted);
            }
            case BYTES, ARRAY, MAP -> ints = Arrays.copyOf(ints, wanted + 1);
        }
    }

    private int next() {
        int row = size;
        if (row == capacity) {
            grow(Math.multiplyExact(capacity, 2));
        }
        present[row >>> 6] |= 1L << (row & 63);
        size = row + 1;
        return row;
    }

    /** Appends a null. */
    public void appendNull() {
        int row = next();
        present[row >>> 6] &= ~(1L << (row & 63));
        anyNull = true;
        switch (type.physical()) {
            case BYTES, ARRAY, MAP -> ints[row + 1] = ints[row];
            case STRUCT -> {
                for (ColumnBuilder child : children) {
                    child.appendNull();
                }
            }
            default -> {}
        }
    }

    public void appendBoolean(boolean value) {
        int row = next(); // first: it may put a longer array in place
        booleans[row] = value;
    }

    public void appendByte(byte value) {
        int row = next(); // first: it may put a longer array in place
        bytes[row] = value;
    }

    public void appendShort(short value) {
        int row = next(); // first: it may put a longer array in place
        shorts[row] = value;
    }

    public void appendInt(int value) {
        int row = next();
        ints[row] = value;
    }

    public void appendLong(long value) {
        int row = next();
        longs[row] = value;
    }

    public void appendFloat(float value) {
        int row = next(); // first: it may put a longer array in place
        floats[row] = value;
    }

    public void appendDouble(double value) {
        int row = next();
        doubles[row] = value;
    }

    /** Appends an unscaled 128-bit value. */
    public void appendDecimal128(long high, long low) {
        int row = next();
        highs[row] = high;
        longs[row] = low;
    }

    /** Appends a STRING (UTF-8) or BINARY value. */
    public void appendBytes(byte[] source, int offset, int length) {
        int row = next();
        int start = ints[row];
        int end = Math.addExact(start, length);
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(2L * bytes.length, end)));
        }
        System.arraycopy(source, offset, bytes, start, length);
        ints[row + 1] = end;
    }

    /** Appends text to a STRING column. */
    public void appendString(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        appendBytes(utf8, 0, utf8.length);
    }

    /** Appends a row of another vector of the same type. */
    public void appendFrom(ColumnVector vector, int row) {
        ColumnVector flat = vector;
        int at = row;
        while (true) {
            if (flat instanceof ConstantVector constant) {
                flat = constant.value();
                at = 0;
            } else if (flat instanceof DictionaryVector dictionary) {
                at = dictionary.indices()[at];
                flat = dictionary.dictionary();
            } else {
                break;
            }
        }
        if (flat.isNull(at)) {
            appendNull();
        } else if (flat instanceof LongVector v) {
            appendLong(v.values()[at]);
        } else if (flat instanceof IntVector v) {
            appendInt(v.values()[at]);
        } else if (flat instanceof DoubleVector v) {
            appendDouble(v.values()[at]);
        } else if (flat instanceof BytesVector v) {
            appendBytes(v.data(), v.offsets()[at], v.length(at));
        } else if (flat instanceof Decimal128Vector v) {
            appendDecimal128(v.high()[at], v.low()[at]);
        } else {
            append(flat.presentAt(at));
        }
    }

    /** Appends a Java object, or null; {@code TYPE_MISMATCH} when it does not fit the type. */
    public void append(@Nullable Object value) {
        if (value == null) {
            appendNull();
            return;
        }
        try {
            appendPresent(value);
        } catch (ClassCastException | ArithmeticException e) {
            throw ErrorCode.TYPE_MISMATCH.error(
                    "the value " + value + " (" + value.getClass().getSimpleName() + ") does not fit a column of type "
                            + type.sql(),
                    e);
        }
    }

    private void appendPresent(Object value) {
        switch (type.physical()) {
            case NULL -> throw new ClassCastException("a column of nulls takes no value");
            case BOOLEAN -> appendBoolean((Boolean) value);
            case BYTE ->
                appendByte(value instanceof Byte number ? number : exact(value).byteValueExact());
            case SHORT ->
                appendShort(
                        value instanceof Short number ? number : exact(value).shortValueExact());
            case INT -> appendInt(intOf(value));
            case LONG -> appendLong(longOf(value));
            case FLOAT -> appendFloat(((Number) value).floatValue());
            case DOUBLE -> appendDouble(((Number) value).doubleValue());
            case DECIMAL128 -> {
                BigInteger unscaled = unscaled((DecimalType) type, value);
                appendDecimal128(
                        unscaled.shiftRight(64).longValueExact(),
                        unscaled.and(LOW_MASK).longValue());
            }
            case BYTES -> {
                byte[] data =
                        value instanceof byte[] binary ? binary : ((String) value).getBytes(StandardCharsets.UTF_8);
                appendBytes(data, 0, data.length);
            }
            case ARRAY -> {
                List<?> list = (List<?>) value;
                int row = next();
                for (Object element : list) {
                    children[0].append(element);
                }
                ints[row + 1] = children[0].size;
            }
            case MAP -> {
                int row = next();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    children[0].append(entry.getKey());
                    children[1].append(entry.getValue());
                }
                ints[row + 1] = children[0].size;
            }
            case STRUCT -> {
                List<?> fields = value instanceof Row r ? r.values() : (List<?>) value;
                if (fields.size() != children.length) {
                    throw new ClassCastException("a struct of " + children.length + " fields");
                }
                next();
                for (int i = 0; i < children.length; i++) {
                    children[i].append(fields.get(i));
                }
            }
        }
    }

    private static BigDecimal exact(Object value) {
        return value instanceof BigDecimal decimal ? decimal : new BigDecimal(((Number) value).toString());
    }

    private int intOf(Object value) {
        if (value instanceof Integer number) {
            return number;
        }
        if (value instanceof LocalDate date) {
            return Math.toIntExact(date.toEpochDay());
        }
        if (value instanceof Period period) {
            return Math.toIntExact(period.toTotalMonths());
        }
        return exact(value).intValueExact();
    }

    private long longOf(Object value) {
        if (type instanceof DecimalType decimal) {
            return unscaled(decimal, value).longValueExact();
        }
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof Instant instant) {
            return JavaValues.micros(instant);
        }
        if (value instanceof LocalDateTime time) {
            return JavaValues.micros(time);
        }
        if (value instanceof Duration duration) {
            return JavaValues.micros(duration);
        }
        return exact(value).longValueExact();
    }

    private static BigInteger unscaled(DecimalType type, Object value) {
        BigDecimal scaled = exact(value).setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException("too many digits");
        }
        return scaled.unscaledValue();
    }

    /**
     * Takes back every row from {@code rows} on, also one whose append failed half way: how a reader drops a row that
     * turns out to be malformed in a later column.
     */
    public void truncate(int rows) {
        size = rows;
        switch (type.physical()) {
            case ARRAY, MAP -> {
                for (ColumnBuilder child : children) {
                    child.truncate(ints[rows]);
                }
            }
            case STRUCT -> {
                for (ColumnBuilder child : children) {
                    child.truncate(rows);
                }
            }
            default -> {}
        }
    }

    /** The column so far; the builder is empty afterwards and can be used again. */
    public ColumnVector build() {
        int rows = size;
        Validity validity = anyNull ? Validity.of(present, rows) : Validity.ALL_PRESENT;
        ColumnVector built = switch (type.physical()) {
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
            case ARRAY -> new ArrayVector(type, ints, children[0].build(), rows, validity);
            case MAP -> new MapVector(type, ints, children[0].build(), children[1].build(), rows, validity);
            case STRUCT -> {
                ColumnVector[] built1 = new ColumnVector[children.length];
                for (int i = 0; i < built1.length; i++) {
                    built1[i] = children[i].build();
                }
                yield new StructVector(type, built1, rows, validity);
            }
        };
        forget();
        return built;
    }

    private void forget() {
        int room = capacity;
        size = 0;
        anyNull = false;
        present = new long[0];
        booleans = new boolean[0];
        bytes = new byte[0];
        shorts = new short[0];
        ints = new int[0];
        longs = new long[0];
        highs = new long[0];
        floats = new float[0];
        doubles = new double[0];
        grow(room);
    }
}
