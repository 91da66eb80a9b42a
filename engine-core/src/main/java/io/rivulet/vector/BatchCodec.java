package io.rivulet.vector;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.MapType;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Batches of any type as bytes, for what outlives a process: messages of sinks whose rows the log carries. Stateless.
 *
 * <p>Layout, big-endian: magic {@code RVCB}, version (1 byte), rows (4), columns (4); per column the length (2) and
 * UTF-8 text of its SQL type, then its vector; last the CRC32C (4) of everything before. A vector is 1 byte, 1 when it
 * has nulls; then the words of its validity; then its values: fixed-width ones as they are (booleans a byte), decimals
 * of more than 18 digits the high halves and then the low ones, STRING and BINARY {@code rows + 1} offsets (4) and the
 * bytes, ARRAY and MAP {@code rows + 1} offsets and the vectors of the elements, STRUCT the vectors of its fields.
 */
public final class BatchCodec {
    private static final int MAGIC = 0x52564342;
    private static final int VERSION = 1;

    private BatchCodec() {}

    /** The selected rows of a batch as bytes. */
    public static byte[] encode(ColumnBatch batch) {
        ColumnBatch own = batch.detach();
        Writer writer = new Writer();
        writer.reserve(13).putInt(MAGIC).put((byte) VERSION).putInt(own.size()).putInt(own.columns().length);
        for (ColumnVector column : own.columns()) {
            byte[] type = column.type().sql().getBytes(StandardCharsets.UTF_8);
            writer.reserve(2 + type.length).putShort((short) type.length).put(type);
            writer.vector(column, own.size());
        }
        return writer.finish();
    }

    /**
     * The batch that was encoded, in arrays of its own.
     *
     * @param schema names and types of the columns; the types must be those that were written
     * @throws RivuletException CHECKPOINT_CORRUPT when the bytes are not what was written, CHECKPOINT_VERSION when a
     *     newer build wrote them, BAD_SCHEMA when the types differ
     */
    public static ColumnBatch decode(Schema schema, byte[] bytes) {
        if (bytes.length < 17 || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
            throw corrupt("it does not begin as one");
        }
        if (bytes[4] > VERSION) {
            throw ErrorCode.CHECKPOINT_VERSION.error("encoded rows have format version " + bytes[4]
                    + ", this build reads up to " + VERSION + "; use a newer build");
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - 4);
        ByteBuffer in = ByteBuffer.wrap(bytes, 0, bytes.length - 4);
        if (ByteBuffer.wrap(bytes).getInt(bytes.length - 4) != (int) crc.getValue()) {
            throw corrupt("its checksum is wrong");
        }
        in.position(5);
        int rows = in.getInt();
        int count = in.getInt();
        if (rows < 0 || count != schema.size()) {
            throw ErrorCode.BAD_SCHEMA.error("encoded rows have " + count + " columns, expected are " + schema.ddl());
        }
        ColumnVector[] columns = new ColumnVector[count];
        Reader reader = new Reader(in);
        for (int i = 0; i < count; i++) {
            byte[] type = new byte[reader.bounded(2, 1).getShort() & 0xFFFF];
            reader.bounded(type.length, 1).get(type);
            String written = new String(type, StandardCharsets.UTF_8);
            if (!written.equals(schema.type(i).sql())) {
                throw ErrorCode.BAD_SCHEMA.error("encoded rows have " + written + " where the column "
                        + schema.field(i).name() + " of type " + schema.type(i).sql() + " is expected");
            }
            columns[i] = reader.vector(schema.type(i), rows);
        }
        return new ColumnBatch(schema, columns, rows);
    }

    private static RivuletException corrupt(String what) {
        return ErrorCode.CHECKPOINT_CORRUPT.error("bytes that should be encoded rows are none: " + what
                + "; restore the checkpoint from a copy, or start with a new one");
    }

    private static final class Writer {
        private ByteBuffer out = ByteBuffer.allocate(1024);

        /** The buffer with room for so many bytes. */
        ByteBuffer reserve(long more) {
            if (out.remaining() < more) {
                long wanted = Math.max(out.position() + more, Math.min(2L * out.capacity(), 1L << 30));
                byte[] grown = Arrays.copyOf(out.array(), Math.toIntExact(wanted));
                out = ByteBuffer.wrap(grown).position(out.position());
            }
            return out;
        }

        byte[] finish() {
            CRC32C crc = new CRC32C();
            crc.update(out.array(), 0, out.position());
            reserve(4).putInt((int) crc.getValue());
            return Arrays.copyOf(out.array(), out.position());
        }

        void vector(ColumnVector given, int rows) {
            ColumnVector vector = given.flatten();
            boolean nulls = !vector.allPresent();
            reserve(1).put((byte) (nulls ? 1 : 0));
            if (nulls) {
                longs(vector.validity().bits(), Validity.words(rows));
            }
            if (vector instanceof LongVector v) {
                longs(v.values(), rows);
            } else if (vector instanceof IntVector v) {
                ints(v.values(), rows);
            } else if (vector instanceof DoubleVector v) {
                ByteBuffer to = reserve(8L * rows);
                to.asDoubleBuffer().put(v.values(), 0, rows);
                to.position(to.position() + 8 * rows);
            } else if (vector instanceof FloatVector v) {
                ByteBuffer to = reserve(4L * rows);
                to.asFloatBuffer().put(v.values(), 0, rows);
                to.position(to.position() + 4 * rows);
            } else if (vector instanceof ShortVector v) {
                ByteBuffer to = reserve(2L * rows);
                to.asShortBuffer().put(v.values(), 0, rows);
                to.position(to.position() + 2 * rows);
            } else if (vector instanceof ByteVector v) {
                reserve(rows).put(v.values(), 0, rows);
            } else if (vector instanceof BooleanVector v) {
                ByteBuffer to = reserve(rows);
                for (int i = 0; i < rows; i++) {
                    to.put((byte) (v.values()[i] ? 1 : 0));
                }
            } else {
                wide(vector, rows);
            }
        }

        private void wide(ColumnVector vector, int rows) {
            if (vector instanceof Decimal128Vector v) {
                longs(v.high(), rows);
                longs(v.low(), rows);
            } else if (vector instanceof BytesVector v) {
                ints(v.offsets(), rows + 1);
                reserve(v.offsets()[rows]).put(v.data(), 0, v.offsets()[rows]);
            } else if (vector instanceof ArrayVector v) {
                ints(v.offsets(), rows + 1);
                vector(v.elements(), v.offsets()[rows]);
            } else if (vector instanceof MapVector v) {
                ints(v.offsets(), rows + 1);
                vector(v.keys(), v.offsets()[rows]);
                vector(v.values(), v.offsets()[rows]);
            } else if (vector instanceof StructVector v) {
                for (int i = 0; i < v.childCount(); i++) {
                    vector(v.child(i), rows);
                }
            }
            // a NullVector has nothing but its validity
        }

        private void longs(long[] values, int count) {
            ByteBuffer to = reserve(8L * count);
            to.asLongBuffer().put(values, 0, count);
            to.position(to.position() + 8 * count);
        }

        private void ints(int[] values, int count) {
            ByteBuffer to = reserve(4L * count);
            to.asIntBuffer().put(values, 0, count);
            to.position(to.position() + 4 * count);
        }
    }

    private record Reader(ByteBuffer in) {
        /** The buffer, once it is known to hold so many values; keeps a wrong count from allocating the heap. */
        ByteBuffer bounded(int count, int width) {
            if (count < 0 || (long) count * width > in.remaining()) {
                throw corrupt("it ends early");
            }
            return in;
        }

        ColumnVector vector(DataType type, int rows) {
            Validity validity = Validity.ALL_PRESENT;
            if (bounded(1, 1).get() != 0) {
                validity = Validity.of(longs(Validity.words(rows)), rows);
            }
            return switch (type.physical()) {
                case NULL -> new NullVector(rows);
                case LONG -> new LongVector(type, longs(rows), rows, validity);
                case INT -> new IntVector(type, ints(rows), rows, validity);
                case DOUBLE -> {
                    bounded(rows, 8);
                    double[] values = new double[rows];
                    in.asDoubleBuffer().get(values);
                    in.position(in.position() + 8 * rows);
                    yield new DoubleVector(type, values, rows, validity);
                }
                case FLOAT -> {
                    bounded(rows, 4);
                    float[] values = new float[rows];
                    in.asFloatBuffer().get(values);
                    in.position(in.position() + 4 * rows);
                    yield new FloatVector(type, values, rows, validity);
                }
                case SHORT -> {
                    bounded(rows, 2);
                    short[] values = new short[rows];
                    in.asShortBuffer().get(values);
                    in.position(in.position() + 2 * rows);
                    yield new ShortVector(type, values, rows, validity);
                }
                case BYTE -> new ByteVector(type, bytes(rows), rows, validity);
                case BOOLEAN -> {
                    byte[] read = bytes(rows);
                    boolean[] values = new boolean[rows];
                    for (int i = 0; i < rows; i++) {
                        values[i] = read[i] != 0;
                    }
                    yield new BooleanVector(type, values, rows, validity);
                }
                case DECIMAL128 -> new Decimal128Vector(type, longs(rows), longs(rows), rows, validity);
                case BYTES -> {
                    int[] offsets = offsets(rows);
                    yield new BytesVector(type, bytes(offsets[rows]), offsets, rows, validity);
                }
                case ARRAY -> {
                    int[] offsets = offsets(rows);
                    DataType element = ((ArrayType) type).element();
                    yield new ArrayVector(type, offsets, vector(element, offsets[rows]), rows, validity);
                }
                case MAP -> {
                    int[] offsets = offsets(rows);
                    MapType map = (MapType) type;
                    ColumnVector keys = vector(map.key(), offsets[rows]);
                    yield new MapVector(type, offsets, keys, vector(map.value(), offsets[rows]), rows, validity);
                }
                case STRUCT -> {
                    Schema fields = ((StructType) type).schema();
                    ColumnVector[] children = new ColumnVector[fields.size()];
                    for (int i = 0; i < children.length; i++) {
                        children[i] = vector(fields.type(i), rows);
                    }
                    yield new StructVector(type, children, rows, validity);
                }
            };
        }

        private byte[] bytes(int count) {
            bounded(count, 1);
            byte[] values = new byte[count];
            in.get(values);
            return values;
        }

        private long[] longs(int count) {
            bounded(count, 8);
            long[] values = new long[count];
            in.asLongBuffer().get(values);
            in.position(in.position() + 8 * count);
            return values;
        }

        private int[] ints(int count) {
            bounded(count, 4);
            int[] values = new int[count];
            in.asIntBuffer().get(values);
            in.position(in.position() + 4 * count);
            return values;
        }

        private int[] offsets(int rows) {
            int[] offsets = ints(rows + 1);
            for (int i = 0; i < rows; i++) {
                if (offsets[i] > offsets[i + 1] || offsets[0] != 0) {
                    throw corrupt("its offsets do not ascend");
                }
            }
            return offsets;
        }
    }
}
