package io.rivulet.state.local.format;

import io.rivulet.state.local.format.ByteReader.MalformedBytesException;
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
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/**
 * A column of rows.
 *
 * <pre>
 * column   := validity values
 * validity := 0 | 1 (long)*        all present, or a bit a row, set when present
 * values   := longs                numbers, dates, booleans; floating point as raw bits ({@link LongCodec})
 *           | longs longs          wide decimals: high, low
 *           | longs block          text and binary: lengths, bytes
 * block    := 0 bytes | 1 varint (compressed size) bytes    LZ4 where that helps
 * </pre>
 */
final class ColumnCodec {
    private static final int WORTH_COMPRESSING = 256;

    /** The codec is loaded when there is text to compress, not at every start. */
    private static final class Lz4 {
        static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor();
        static final LZ4SafeDecompressor DECOMPRESSOR =
                LZ4Factory.safeInstance().safeDecompressor();
    }

    private long[] scratch = new long[0];

    private long[] room(int count) {
        if (scratch.length < count) {
            scratch = new long[count];
        }
        return scratch;
    }

    void write(ColumnVector column, int count, FrameBuffer out) {
        if (column.allPresent()) {
            out.putByte(0);
        } else {
            out.putByte(1);
            out.putLongs(column.validity().bits(), Validity.words(count));
        }
        if (column instanceof LongVector v) {
            LongCodec.write(v.values(), count, out);
        } else if (column instanceof BytesVector v) {
            writeBytes(v, count, out);
        } else if (column instanceof Decimal128Vector v) {
            LongCodec.write(v.high(), count, out);
            LongCodec.write(v.low(), count, out);
        } else {
            long[] words = room(count);
            widen(column, words, count);
            LongCodec.write(words, count, out);
        }
    }

    private static void widen(ColumnVector column, long[] words, int count) {
        if (column instanceof DoubleVector v) {
            double[] values = v.values();
            for (int i = 0; i < count; i++) {
                words[i] = Double.doubleToRawLongBits(values[i]);
            }
        } else if (column instanceof IntVector v) {
            int[] values = v.values();
            for (int i = 0; i < count; i++) {
                words[i] = values[i];
            }
        } else if (column instanceof BooleanVector v) {
            for (int i = 0; i < count; i++) {
                words[i] = v.values()[i] ? 1 : 0;
            }
        } else if (column instanceof ByteVector v) {
            for (int i = 0; i < count; i++) {
                words[i] = v.values()[i];
            }
        } else if (column instanceof ShortVector v) {
            for (int i = 0; i < count; i++) {
                words[i] = v.values()[i];
            }
        } else if (column instanceof FloatVector v) {
            for (int i = 0; i < count; i++) {
                words[i] = Float.floatToRawIntBits(v.values()[i]);
            }
        } else {
            throw new IllegalStateException("no state column is of type " + column.type());
        }
    }

    private void writeBytes(BytesVector column, int count, FrameBuffer out) {
        long[] lengths = room(count);
        int[] offsets = column.offsets();
        for (int i = 0; i < count; i++) {
            lengths[i] = (long) offsets[i + 1] - offsets[i];
        }
        LongCodec.write(lengths, count, out);
        int from = offsets[0];
        int length = offsets[count] - from;
        if (length >= WORTH_COMPRESSING) {
            byte[] packed = new byte[Lz4.COMPRESSOR.maxCompressedLength(length)];
            int size = Lz4.COMPRESSOR.compress(column.data(), from, length, packed, 0, packed.length);
            if (size < length - length / 8) {
                out.putByte(1);
                out.putVarint(size);
                out.putBytes(packed, 0, size);
                return;
            }
        }
        out.putByte(0);
        out.putBytes(column.data(), from, length);
    }

    ColumnVector read(ByteReader in, DataType type, int count) {
        Validity validity = Validity.ALL_PRESENT;
        if (in.getByte() != 0) {
            long[] bits = new long[Validity.words(count)];
            for (int w = 0; w < bits.length; w++) {
                bits[w] = in.getLong();
            }
            validity = Validity.of(bits, count);
        }
        return switch (type.physical()) {
            case BYTES -> readBytes(in, type, count, validity);
            case DECIMAL128 -> {
                long[] high = LongCodec.read(in, count);
                yield new Decimal128Vector(type, high, LongCodec.read(in, count), count, validity);
            }
            default -> narrow(LongCodec.read(in, count), type, count, validity);
        };
    }

    private static ColumnVector narrow(long[] words, DataType type, int count, Validity validity) {
        switch (type.physical()) {
            case LONG -> {
                return new LongVector(type, words, count, validity);
            }
            case DOUBLE -> {
                double[] values = new double[count];
                for (int i = 0; i < count; i++) {
                    values[i] = Double.longBitsToDouble(words[i]);
                }
                return new DoubleVector(type, values, count, validity);
            }
            case FLOAT -> {
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = Float.intBitsToFloat((int) words[i]);
                }
                return new FloatVector(type, values, count, validity);
            }
            case INT -> {
                int[] values = new int[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (int) words[i];
                }
                return new IntVector(type, values, count, validity);
            }
            case SHORT -> {
                short[] values = new short[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (short) words[i];
                }
                return new ShortVector(type, values, count, validity);
            }
            case BYTE -> {
                byte[] values = new byte[count];
                for (int i = 0; i < count; i++) {
                    values[i] = (byte) words[i];
                }
                return new ByteVector(type, values, count, validity);
            }
            case BOOLEAN -> {
                boolean[] values = new boolean[count];
                for (int i = 0; i < count; i++) {
                    values[i] = words[i] != 0;
                }
                return new BooleanVector(type, values, count, validity);
            }
            default -> throw new MalformedBytesException("no state column is of type " + type.sql());
        }
    }

    private static BytesVector readBytes(ByteReader in, DataType type, int count, Validity validity) {
        long[] lengths = LongCodec.read(in, count);
        int[] offsets = new int[count + 1];
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += lengths[i];
            if (lengths[i] < 0 || total > Integer.MAX_VALUE) {
                throw new MalformedBytesException("a text of " + lengths[i] + " bytes");
            }
            offsets[i + 1] = (int) total;
        }
        int length = (int) total;
        byte[] data = new byte[length];
        if (in.getByte() == 0) {
            System.arraycopy(in.array(), in.skip(length), data, 0, length);
        } else {
            int packed = in.getCount();
            int from = in.skip(packed);
            try {
                if (Lz4.DECOMPRESSOR.decompress(in.array(), from, packed, data, 0, length) != length) {
                    throw new MalformedBytesException("compressed bytes end early");
                }
            } catch (LZ4Exception e) {
                throw new MalformedBytesException("compressed bytes: " + e.getMessage());
            }
        }
        return new BytesVector(type, data, offsets, count, validity);
    }
}
