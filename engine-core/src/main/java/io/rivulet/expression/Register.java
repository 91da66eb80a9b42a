package io.rivulet.expression;

import io.rivulet.function.DecimalFunctions;
import io.rivulet.function.Utf8;
import io.rivulet.type.DataType;
import io.rivulet.type.DecimalType;
import io.rivulet.vector.BooleanVector;
import io.rivulet.vector.ByteVector;
import io.rivulet.vector.BytesVector;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Decimal128Vector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.FloatVector;
import io.rivulet.vector.IntVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.ShortVector;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A column of intermediate values of the interpreter, at the row numbers of the input batch; only the rows that were
 * asked for hold anything. Primitive arrays by representation; {@link Utf8} and BigDecimal objects for bytes and wide
 * decimals, the Java objects of {@link ColumnVector#objectAt} for arrays, maps and structs.
 */
final class Register {
    final DataType type;
    Object values;
    boolean[] nulls = new boolean[0];

    Register(DataType type) {
        this.type = type;
        this.values = Array.newInstance(element(type), 0);
    }

    /** The class of an element of {@link #values}. */
    static Class<?> element(DataType type) {
        return switch (type.physical()) {
            case BOOLEAN -> boolean.class;
            case BYTE -> byte.class;
            case SHORT -> short.class;
            case INT -> int.class;
            case LONG -> long.class;
            case FLOAT -> float.class;
            case DOUBLE -> double.class;
            case DECIMAL128 -> BigDecimal.class;
            case BYTES -> Utf8.class;
            case NULL, ARRAY, MAP, STRUCT -> Object.class;
        };
    }

    /** Makes room for row numbers below {@code size}. */
    void ensure(int size) {
        if (Array.getLength(values) < size) {
            values = Array.newInstance(element(type), size);
        }
        if (nulls.length < size) {
            nulls = new boolean[size];
        }
    }

    @Nullable
    Object get(int row) {
        return nulls[row] ? null : Array.get(values, row);
    }

    void set(int row, @Nullable Object physical) {
        nulls[row] = physical == null;
        if (physical != null) {
            Array.set(values, row, physical);
        }
    }

    void fillNull(int[] rows, int count) {
        for (int k = 0; k < count; k++) {
            nulls[rows[k]] = true;
        }
    }

    void copy(Register from, int[] rows, int count) {
        for (int k = 0; k < count; k++) {
            nulls[rows[k]] = from.nulls[rows[k]];
        }
        if (values instanceof long[] to) {
            long[] source = (long[]) from.values;
            for (int k = 0; k < count; k++) {
                to[rows[k]] = source[rows[k]];
            }
        } else if (values instanceof double[] to) {
            double[] source = (double[]) from.values;
            for (int k = 0; k < count; k++) {
                to[rows[k]] = source[rows[k]];
            }
        } else if (values instanceof boolean[] to) {
            boolean[] source = (boolean[]) from.values;
            for (int k = 0; k < count; k++) {
                to[rows[k]] = source[rows[k]];
            }
        } else {
            for (int k = 0; k < count; k++) {
                System.arraycopy(from.values, rows[k], values, rows[k], 1);
            }
        }
    }

    /** Takes the rows of a flat vector; primitive arrays are shared with it. */
    void load(ColumnVector flat, int[] rows, int count) {
        int size = flat.size();
        if (nulls.length < size) {
            nulls = new boolean[size];
        }
        if (flat.allPresent()) {
            Arrays.fill(nulls, 0, size, false);
        } else {
            for (int k = 0; k < count; k++) {
                nulls[rows[k]] = flat.isNull(rows[k]);
            }
        }
        if (flat instanceof LongVector v) {
            values = v.values();
        } else if (flat instanceof IntVector v) {
            values = v.values();
        } else if (flat instanceof DoubleVector v) {
            values = v.values();
        } else if (flat instanceof BooleanVector v) {
            values = v.values();
        } else if (flat instanceof ByteVector v) {
            values = v.values();
        } else if (flat instanceof ShortVector v) {
            values = v.values();
        } else if (flat instanceof FloatVector v) {
            values = v.values();
        } else {
            loadObjects(flat, rows, count);
        }
    }

    private void loadObjects(ColumnVector flat, int[] rows, int count) {
        ensure(flat.size());
        Object[] objects = (Object[]) values;
        for (int k = 0; k < count; k++) {
            int row = rows[k];
            if (nulls[row]) {
                continue;
            }
            if (flat instanceof BytesVector v) {
                objects[row] = new Utf8(v.data(), v.offsets()[row], v.length(row));
            } else if (flat instanceof Decimal128Vector v) {
                objects[row] = DecimalFunctions.of(v.high()[row], v.low()[row], ((DecimalType) type).scale());
            } else {
                objects[row] = java.util.Objects.requireNonNull(flat.objectAt(row));
            }
        }
    }

    /** Writes the rows, in order, to rows 0, 1, … of an output column. */
    void store(OutputColumn out, int[] rows, int count) {
        boolean nullable = false;
        for (int k = 0; k < count; k++) {
            nullable |= nulls[rows[k]];
        }
        out.begin(count, nullable);
        for (int k = 0; nullable && k < count; k++) {
            if (!nulls[rows[k]]) {
                out.markPresent(k);
            }
        }
        switch (type.physical()) {
            case BOOLEAN -> {
                for (int k = 0; k < count; k++) {
                    out.booleans()[k] = ((boolean[]) values)[rows[k]];
                }
            }
            case BYTE -> {
                for (int k = 0; k < count; k++) {
                    out.bytes()[k] = ((byte[]) values)[rows[k]];
                }
            }
            case SHORT -> {
                for (int k = 0; k < count; k++) {
                    out.shorts()[k] = ((short[]) values)[rows[k]];
                }
            }
            case INT -> {
                for (int k = 0; k < count; k++) {
                    out.ints()[k] = ((int[]) values)[rows[k]];
                }
            }
            case LONG -> {
                for (int k = 0; k < count; k++) {
                    out.longs()[k] = ((long[]) values)[rows[k]];
                }
            }
            case FLOAT -> {
                for (int k = 0; k < count; k++) {
                    out.floats()[k] = ((float[]) values)[rows[k]];
                }
            }
            case DOUBLE -> {
                for (int k = 0; k < count; k++) {
                    out.doubles()[k] = ((double[]) values)[rows[k]];
                }
            }
            default -> storeObjects(out, rows, count);
        }
    }

    private void storeObjects(OutputColumn out, int[] rows, int count) {
        Object[] objects = (Object[]) values;
        for (int k = 0; k < count; k++) {
            boolean isNull = nulls[rows[k]];
            Object value = objects[rows[k]];
            switch (type.physical()) {
                case BYTES -> {
                    if (isNull) {
                        out.skip(k);
                    } else {
                        out.append(k, (Utf8) value);
                    }
                }
                case DECIMAL128 -> {
                    if (!isNull) {
                        out.setDecimal(k, (BigDecimal) value);
                    }
                }
                case NULL -> {}
                default -> out.objects().append(isNull ? null : value);
            }
        }
    }
}
