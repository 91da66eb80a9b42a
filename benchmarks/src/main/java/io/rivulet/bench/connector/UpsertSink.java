package io.rivulet.bench.connector;

import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.WriteContext;
import io.rivulet.type.PhysicalType;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.ConstantVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Selection;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the last row of each key, as the table that a query in update mode feeds would. The key is the first two
 * columns; all columns are long-like or double without nulls and are kept as bits. The rows of a batch are in its
 * messages, so the log carries them.
 */
public final class UpsertSink implements Sink {
    /** The first two columns of a row. */
    public record Key(long first, long second) {}

    private final Schema schema;
    private final Runnable committed;
    private final Map<Key, long[]> rows = new HashMap<>();
    private long lastCommitted = -1;

    /** @param committed told after each commit */
    UpsertSink(Schema schema, Runnable committed) {
        this.schema = schema;
        this.committed = committed;
    }

    /** The bits of the last row of each key. For use after the query's end. */
    public Map<Key, long[]> rows() {
        return rows;
    }

    @Override
    public String description() {
        return "upserts";
    }

    @Override
    public SinkWriter writer(WriteContext context) {
        return new Writer(schema.size());
    }

    @Override
    public SinkMessage decode(byte[] message) {
        LongBuffer in = ByteBuffer.wrap(message).asLongBuffer();
        long[] bits = new long[in.remaining()];
        in.get(bits);
        return new Rows(bits);
    }

    @Override
    public void commit(long batchId, List<SinkMessage> messages) {
        if (batchId > lastCommitted) {
            int width = schema.size();
            for (SinkMessage message : messages) {
                long[] bits = ((Rows) message).bits;
                for (int row = 0; row < bits.length; row += width) {
                    rows.put(new Key(bits[row], bits[row + 1]), Arrays.copyOfRange(bits, row, row + width));
                }
            }
            lastCommitted = batchId;
        }
        committed.run();
    }

    @Override
    public void close() {
        // nothing is held
    }

    /** Row after row, one long a column. */
    private static final class Rows implements SinkMessage {
        private final long[] bits;

        Rows(long[] bits) {
            this.bits = bits;
        }

        @Override
        public byte[] encode() {
            byte[] bytes = new byte[bits.length * Long.BYTES];
            ByteBuffer.wrap(bytes).asLongBuffer().put(bits);
            return bytes;
        }
    }

    private static final class Writer implements SinkWriter {
        private final int width;
        private long[] bits = new long[0];

        Writer(int width) {
            this.width = width;
        }

        @Override
        public void write(ColumnBatch batch) {
            int from = bits.length;
            int count = batch.rowCount();
            bits = Arrays.copyOf(bits, from + count * width);
            for (int c = 0; c < width; c++) {
                copy(batch.column(c), batch.selection(), count, from + c);
            }
        }

        private void copy(ColumnVector column, @Nullable Selection selection, int count, int to) {
            boolean constant = column instanceof ConstantVector;
            ColumnVector flat = column instanceof ConstantVector one ? one.value() : column.flatten();
            for (int i = 0; i < count; i++) {
                int row = constant ? 0 : selection == null ? i : selection.rows()[i];
                bits[to + i * width] = flat.type().physical() == PhysicalType.DOUBLE
                        ? Double.doubleToRawLongBits(((DoubleVector) flat).values()[row])
                        : ((LongVector) flat).values()[row];
            }
        }

        @Override
        public SinkMessage prepare() {
            return new Rows(bits);
        }

        @Override
        public void abort() {
            bits = new long[0];
        }
    }
}
