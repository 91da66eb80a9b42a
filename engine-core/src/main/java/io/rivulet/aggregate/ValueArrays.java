package io.rivulet.aggregate;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.DecimalType;
import io.rivulet.vector.BooleanVector;
import io.rivulet.vector.ByteVector;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Decimal128Vector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.FloatVector;
import io.rivulet.vector.IntVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.ShortVector;

/** The values of fixed-width columns as arrays of one type: the column's own array where it is one, else a copy. */
final class ValueArrays {
    private long[] longs = new long[0];
    private double[] doubles = new double[0];

    static ColumnVector required(CellInput input) {
        if (input.values.length == 0) {
            throw ErrorCode.INTERNAL.error("an aggregate without its argument");
        }
        return input.values[0];
    }

    /** Values as state words: integers as they are, floating-point numbers as raw bits of their own width. */
    long[] words(ColumnVector values) {
        if (values instanceof LongVector v) {
            return v.values();
        }
        int size = values.size();
        if (longs.length < size) {
            longs = new long[size];
        }
        long[] into = longs;
        if (values instanceof IntVector v) {
            int[] ints = v.values();
            for (int i = 0; i < size; i++) {
                into[i] = ints[i];
            }
        } else if (values instanceof DoubleVector v) {
            double[] array = v.values();
            for (int i = 0; i < size; i++) {
                into[i] = Double.doubleToRawLongBits(array[i]);
            }
        } else if (values instanceof FloatVector v) {
            float[] floats = v.values();
            for (int i = 0; i < size; i++) {
                into[i] = Float.floatToRawIntBits(floats[i]);
            }
        } else if (values instanceof ShortVector v) {
            for (int i = 0; i < size; i++) {
                into[i] = v.values()[i];
            }
        } else if (values instanceof ByteVector v) {
            for (int i = 0; i < size; i++) {
                into[i] = v.values()[i];
            }
        } else if (values instanceof BooleanVector v) {
            for (int i = 0; i < size; i++) {
                into[i] = v.values()[i] ? 1 : 0;
            }
        } else {
            throw ErrorCode.INTERNAL.error("a column of type " + values.type().sql() + " is not of fixed width");
        }
        return into;
    }

    /** Values as doubles; decimals are rounded to the nearest. */
    double[] doubles(ColumnVector values) {
        if (values instanceof DoubleVector v) {
            return v.values();
        }
        int size = values.size();
        if (doubles.length < size) {
            doubles = new double[size];
        }
        double[] into = doubles;
        if (values instanceof FloatVector v) {
            float[] floats = v.values();
            for (int i = 0; i < size; i++) {
                into[i] = floats[i];
            }
            return into;
        }
        if (values instanceof Decimal128Vector || values.type() instanceof DecimalType) {
            for (int i = 0; i < size; i++) {
                Object value = values.objectAt(i);
                into[i] = value == null ? 0 : ((Number) value).doubleValue();
            }
            return into;
        }
        long[] integers = words(values);
        for (int i = 0; i < size; i++) {
            into[i] = integers[i];
        }
        return into;
    }
}
