package io.rivulet.vector;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.type.MapType;
import io.rivulet.type.PhysicalType;
import io.rivulet.type.StructType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds a column value by value. The append method must be the one of the type's {@code PhysicalType}; {@link #append}
 * takes the Java objects of {@link ColumnVector#objectAt}, and any {@code Number} for a numeric type when the value is
 * unchanged by it. {@link #build} gives a vector with arrays of its own and starts afresh; it takes memory again when the
 * next value comes. Grows as needed; one thread.
 */
public final class ColumnBuilder {
    private static final BigInteger LOW_MASK = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    /** Text up to here is looked at character by character, which is as fast as encoding it first and makes no garbage. */
    private static final int SHORT_TEXT = 64;

    private static final long FIXED_BYTES = 8;
    private static final long OFFSET_BYTES = 4;

    private final DataType type;
    private final PhysicalType physical;
    private final ColumnBuilder[] children;
    private int size;
    private int capacity;
    /** Rows, and bytes of text, to make room for when the next value comes. */
    private int expected;

    private int expectedData;
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
        this.physical = type.physical();
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
        expected = Math.max(capacity, 1);
        grow(expected);
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
        switch (physical) {
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
            grow(capacity == 0 ? expected : Math.multiplyExact(capacity, 2));
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
        switch (physical) {
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
        makeRoomForData(end);
        System.arraycopy(source, offset, bytes, start, length);
        ints[row + 1] = end;
    }

    private void makeRoomForData(int end) {
        if (end > bytes.length) {
            long wanted = Math.max(Math.max(2L * bytes.length, expectedData), end);
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, wanted));
        }
    }

    /** Appends text to a STRING column. */
    public void appendString(String value) {
        if (value.length() > SHORT_TEXT || !appendAscii(value)) {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            appendBytes(utf8, 0, utf8.length);
        }
    }

    private boolean appendAscii(String value) {
        int length = value.length();
        int start = capacity == 0 ? 0 : ints[size];
        int end = Math.addExact(start, length);
        makeRoomForData(end);
        byte[] data = bytes;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                return false; // what was written lies behind the last row and counts for nothing
            }
            data[start + i] = (byte) c;
        }
        int row = next();
        ints[row + 1] = end;
        return true;
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

    /** Appends rows {@code from}, inclusive, to {@code to}, exclusive, of another builder of the same type (a copy). */
    public void appendAll(ColumnBuilder other, int from, int to) {
        int count = to - from;
        if (count == 0) {
            return;
        }
        int row = size;
        int end = Math.addExact(row, count);
        if (end > capacity) {
            grow(Math.max(end, capacity == 0 ? expected : (int) Math.min(Integer.MAX_VALUE - 8, 2L * capacity)));
        }
        switch (physical) {
            case NULL -> {}
            case BOOLEAN -> System.arraycopy(other.booleans, from, booleans, row, count);
            case BYTE -> System.arraycopy(other.bytes, from, bytes, row, count);
            case SHORT -> System.arraycopy(other.shorts, from, shorts, row, count);
            case INT -> System.arraycopy(other.ints, from, ints, row, count);
            case LONG -> System.arraycopy(other.longs, from, longs, row, count);
            case FLOAT -> System.arraycopy(other.floats, from, floats, row, count);
            case DOUBLE -> System.arraycopy(other.doubles, from, doubles, row, count);
            case DECIMAL128 -> {
                System.arraycopy(other.longs, from, longs, row, count);
                System.arraycopy(other.highs, from, highs, row, count);
            }
            case BYTES -> {
                int start = ints[row];
                int first = other.ints[from];
                int length = other.ints[to] - first;
                makeRoomForData(Math.addExact(start, length));
                System.arraycopy(other.bytes, first, bytes, start, length);
                appendOffsets(other, from, count);
            }
            case ARRAY, MAP -> {
                for (int i = 0; i < children.length; i++) {
                    children[i].appendAll(other.children[i], other.ints[from], other.ints[to]);
                }
                appendOffsets(other, from, count);
            }
            case STRUCT -> {
                for (int i = 0; i < children.length; i++) {
                    children[i].appendAll(other.children[i], from, to);
                }
            }
        }
        appendPresence(other, from, count);
        size = end;
    }

    private void appendOffsets(ColumnBuilder other, int from, int count) {
        int shift = ints[size] - other.ints[from];
        for (int i = 1; i <= count; i++) {
            ints[size + i] = other.ints[from + i] + shift;
        }
    }

    private void appendPresence(ColumnBuilder other, int from, int count) {
        for (int i = 0; i < count; i++) {
            int row = size + i;
            long bit = (other.present[(from + i) >>> 6] >>> ((from + i) & 63)) & 1L;
            present[row >>> 6] = (present[row >>> 6] & ~(1L << (row & 63))) | bit << (row & 63);
            anyNull |= bit == 0;
        }
    }

    /**
     * About what the rows so far take: 8 bytes for a value of fixed width, 16 for a long decimal; the bytes of text and
     * the elements of collections, and 4 for where they end; for a struct its fields and 4.
     */
    public long usedBytes() {
        return switch (physical) {
            case BYTES -> size == 0 ? 0 : OFFSET_BYTES * size + ints[size];
            case ARRAY, MAP, STRUCT -> {
                long used = OFFSET_BYTES * size;
                for (ColumnBuilder child : children) {
                    used += child.usedBytes();
                }
                yield used;
            }
            case DECIMAL128 -> 2 * FIXED_BYTES * size;
            default -> FIXED_BYTES * size;
        };
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
        switch (physical) {
            case NULL -> throw new ClassCastException("a column of nulls takes no value");
            case BOOLEAN -> appendBoolean((Boolean) value);
            case BYTE ->
                appendByte(
                        value instanceof Byte number
                                ? number
                                : JavaValues.exact(value).byteValueExact());
            case SHORT ->
                appendShort(
                        value instanceof Short number
                                ? number
                                : JavaValues.exact(value).shortValueExact());
            case INT -> appendInt(JavaValues.intOf(value));
            case LONG -> appendLong(JavaValues.longOf(type, value));
            case FLOAT -> appendFloat(((Number) value).floatValue());
            case DOUBLE -> appendDouble(((Number) value).doubleValue());
            case DECIMAL128 -> {
                BigInteger unscaled = JavaValues.unscaled((DecimalType) type, value);
                appendDecimal128(
                        unscaled.shiftRight(64).longValueExact(),
                        unscaled.and(LOW_MASK).longValue());
            }
            case BYTES -> {
                if (value instanceof byte[] binary) {
                    appendBytes(binary, 0, binary.length);
                } else {
                    appendString((String) value);
                }
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
                    if (entry.getKey() == null) {
                        throw new ClassCastException("no key of a map is null");
                    }
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

    /**
     * Takes back every row from {@code rows} on, also one whose append failed half way: how a reader drops a row that
     * turns out to be malformed in a later column.
     */
    public void truncate(int rows) {
        size = rows;
        if (capacity == 0) {
            return; // nothing has come since the last build
        }
        switch (physical) {
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

    /** Takes back every row; the memory is kept. */
    public void clear() {
        truncate(0);
        forgetNulls();
    }

    private void forgetNulls() {
        anyNull = false;
        for (ColumnBuilder child : children) {
            child.forgetNulls();
        }
    }

    /** The column so far; the builder is empty afterwards and can be used again, for about as many rows. */
    public ColumnVector build() {
        return build(capacity == 0 ? expected : capacity);
    }

    /**
     * The column so far; the builder is empty afterwards and can be used again.
     *
     * @param next rows to make room for when the next value comes; at least 1
     */
    public ColumnVector build(int next) {
        if (capacity == 0) {
            grow(1); // offsets of no rows are an array of one
        }
        int rows = size;
        Validity validity = anyNull ? Validity.of(present, rows) : Validity.ALL_PRESENT;
        ColumnVector built = switch (physical) {
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
                    built1[i] = children[i].build(next);
                }
                yield new StructVector(type, built1, rows, validity);
            }
        };
        forget(next);
        return built;
    }

    private void forget(int next) {
        expected = next;
        expectedData = physical == PhysicalType.BYTES ? ints[size] : 0;
        size = 0;
        capacity = 0;
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
    }
}
