package io.rivulet.bench.kernel;

import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.WriteContext;
import io.rivulet.vector.BytesVector;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.LongVector;
import java.nio.ByteBuffer;
import java.util.List;

/** Counts and adds up the columns of {@link IngestBenchmark}'s records, in committed batches; for one task. */
final class TotalsSink implements Sink {
    private volatile Totals committed = new Totals(0, 0, 0, 0);

    private record Totals(long rows, long units, double price, long symbolBytes) implements SinkMessage {
        @Override
        public byte[] encode() {
            return ByteBuffer.allocate(32)
                    .putLong(rows)
                    .putLong(units)
                    .putDouble(price)
                    .putLong(symbolBytes)
                    .array();
        }

        Totals plus(Totals more) {
            return new Totals(rows + more.rows, units + more.units, price + more.price, symbolBytes + more.symbolBytes);
        }
    }

    long rows() {
        return committed.rows;
    }

    long units() {
        return committed.units;
    }

    double price() {
        return committed.price;
    }

    long symbolBytes() {
        return committed.symbolBytes;
    }

    @Override
    public String description() {
        return "totals";
    }

    @Override
    public SinkWriter writer(WriteContext context) {
        return new Writer();
    }

    @Override
    public SinkMessage decode(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        return new Totals(bytes.getLong(), bytes.getLong(), bytes.getDouble(), bytes.getLong());
    }

    @Override
    public void commit(long batchId, List<SinkMessage> messages) {
        Totals sum = committed;
        for (SinkMessage message : messages) {
            sum = sum.plus((Totals) message);
        }
        committed = sum;
    }

    @Override
    public void close() {
        // nothing is held
    }

    @Override
    public String toString() {
        return committed.toString();
    }

    private static final class Writer implements SinkWriter {
        private long rows;
        private long units;
        private double price;
        private long symbolBytes;

        @Override
        public void write(ColumnBatch batch) {
            ColumnBatch all = batch.compact();
            long[] unit = ((LongVector) all.column(1)).values();
            double[] prices = ((DoubleVector) all.column(2)).values();
            BytesVector symbols = (BytesVector) all.column(3);
            for (int i = 0; i < all.size(); i++) {
                units += unit[i];
                price += prices[i];
                symbolBytes += symbols.length(i);
            }
            rows += all.size();
        }

        @Override
        public SinkMessage prepare() {
            return new Totals(rows, units, price, symbolBytes);
        }

        @Override
        public void abort() {
            rows = 0;
        }
    }
}
