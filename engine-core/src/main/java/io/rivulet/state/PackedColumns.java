package io.rivulet.state;

import io.rivulet.type.DataType;
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
import io.rivulet.vector.Validity;

/** Moves columns between rows and vectors. */
final class PackedColumns {
    private PackedColumns() {}

    static ColumnVector read(TableBucket bucket, RowLayout layout, int column, int[] rows, int count) {
        DataType type = layout.schema.type(column);
        Validity validity = validity(bucket, layout, column, rows, count);
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = layout.offsets[column] * bucket.wordStep();
        switch (layout.types[column]) {
            case LONG -> {
                long[] values = new long[count];
                for (int i = 0; i < count; i++) {
                    values[i] = words[rows[i] * stride + offset];
                }
                return new LongVector(type, values, count, validity);
            }
            case DOUBLE -> {
                double[] values = new double[count];
                for (int i = 0; i < count; i++) {
                    values[i] = Double.longBitsToDouble(words[rows[i] * stride + offset]);
                }
                return new DoubleVector(type, values, count, validity);
            }
            case INT -> {
                int[] values = new int[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (int) words[rows[i] * stride + offset];
                }
                return new IntVector(type, values, count, validity);
            }
            case BYTES -> {
                return bytes(bucket, type, offset, rows, count, validity);
            }
            case DECIMAL128 -> {
                long[] high = new long[count];
                long[] low = new long[count];
                int lowOffset = offset + bucket.wordStep();
                for (int i = 0; i < count; i++) {
                    high[i] = words[rows[i] * stride + offset];
                    low[i] = words[rows[i] * stride + lowOffset];
                }
                return new Decimal128Vector(type, high, low, count, validity);
            }
            default -> {
                return narrow(bucket, layout, column, rows, count, validity);
            }
        }
    }

    private static ColumnVector narrow(
            TableBucket bucket, RowLayout layout, int column, int[] rows, int count, Validity validity) {
        DataType type = layout.schema.type(column);
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = layout.offsets[column] * bucket.wordStep();
        switch (layout.types[column]) {
            case BOOLEAN -> {
                boolean[] values = new boolean[count];
                for (int i = 0; i < count; i++) {
                    values[i] = words[rows[i] * stride + offset] == 1;
                }
                return new BooleanVector(type, values, count, validity);
            }
            case BYTE -> {
                byte[] values = new byte[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (byte) words[rows[i] * stride + offset];
                }
                return new ByteVector(type, values, count, validity);
            }
            case SHORT -> {
                short[] values = new short[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (short) words[rows[i] * stride + offset];
                }
                return new ShortVector(type, values, count, validity);
            }
            case FLOAT -> {
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = Float.intBitsToFloat((int) words[rows[i] * stride + offset]);
                }
                return new FloatVector(type, values, count, validity);
            }
            default -> throw new IllegalStateException("no state column is of type " + type);
        }
    }

    private static BytesVector bytes(
            TableBucket bucket, DataType type, int offset, int[] rows, int count, Validity validity) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int[] offsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            offsets[i + 1] = Math.addExact(offsets[i], TableBucket.bytesLength(words[rows[i] * stride + offset]));
        }
        byte[] data = new byte[offsets[count]];
        byte[] arena = bucket.arena();
        for (int i = 0; i < count; i++) {
            System.arraycopy(
                    arena,
                    TableBucket.bytesOffset(words[rows[i] * stride + offset]),
                    data,
                    offsets[i],
                    offsets[i + 1] - offsets[i]);
        }
        return new BytesVector(type, data, offsets, count, validity);
    }

    private static Validity validity(TableBucket bucket, RowLayout layout, int column, int[] rows, int count) {
        if (!layout.nullWord || column >= layout.spec.keys().size()) {
            return Validity.ALL_PRESENT;
        }
        long[] bits = new long[Validity.words(count)];
        for (int i = 0; i < count; i++) {
            if (!bucket.isNull(rows[i], column)) {
                bits[i >>> 6] |= 1L << (i & 63);
            }
        }
        return Validity.of(bits, count);
    }

    static void write(TableBucket bucket, RowLayout layout, int column, int[] rows, ColumnVector values, int count) {
        long[] words = bucket.words();
        int stride = bucket.stride();
        int offset = layout.offsets[column] * bucket.wordStep();
        if (values instanceof LongVector v) {
            long[] from = v.values();
            for (int i = 0; i < count; i++) {
                words[rows[i] * stride + offset] = from[i];
            }
        } else if (values instanceof DoubleVector v) {
            double[] from = v.values();
            for (int i = 0; i < count; i++) {
                words[rows[i] * stride + offset] = Double.doubleToRawLongBits(from[i]);
            }
        } else if (values instanceof IntVector v) {
            int[] from = v.values();
            for (int i = 0; i < count; i++) {
                words[rows[i] * stride + offset] = from[i];
            }
        } else if (values instanceof BytesVector v) {
            for (int i = 0; i < count; i++) {
                bucket.setBytes(rows[i] * stride + offset, v.data(), v.offsets()[i], v.length(i));
            }
        } else if (values instanceof Decimal128Vector v) {
            for (int i = 0; i < count; i++) {
                int at = rows[i] * stride + offset;
                words[at] = v.high()[i];
                words[at + bucket.wordStep()] = v.low()[i];
            }
        } else {
            writeNarrow(words, stride, offset, rows, values, count);
        }
    }

    private static void writeNarrow(long[] words, int stride, int offset, int[] rows, ColumnVector values, int count) {
        if (values instanceof BooleanVector v) {
            for (int i = 0; i < count; i++) {
                words[rows[i] * stride + offset] = v.values()[i] ? 1 : 0;
            }
        } else if (values instanceof ByteVector v) {
            for (int i = 0; i < count; i++) {
                words[rows[i] * stride + offset] = v.values()[i];
            }
        } else if (values instanceof ShortVector v) {
            for (int i = 0; i < count; i++) {
                words[rows[i] * stride + offset] = v.values()[i];
            }
        } else if (values instanceof FloatVector v) {
            for (int i = 0; i < count; i++) {
                words[rows[i] * stride + offset] = Float.floatToRawIntBits(v.values()[i]);
            }
        } else {
            throw new IllegalStateException("no state column is of type " + values.type());
        }
    }
}
