package io.rivulet.bench.connector;

import io.rivulet.bench.WorkloadRun;
import io.rivulet.bench.workload.Answer;
import io.rivulet.bench.workload.RowChecksum;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.WriteContext;
import io.rivulet.error.ErrorCode;
import io.rivulet.type.Field;
import io.rivulet.type.PhysicalType;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.ConstantVector;
import io.rivulet.vector.DoubleVector;
import io.rivulet.vector.LongVector;
import io.rivulet.vector.Selection;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows and adds up their {@link RowChecksum}, and reports both at the commit of the batch, once per batch in one
 * process. A task's message is its count and checksum, so what was prepared can be committed after a crash.
 *
 * <p>Columns are of long-like or double types without nulls; they enter the checksum in the schema's order.
 */
final class ChecksumSink implements Sink {
    private final WorkloadRun.Commits commits;
    private long lastCommitted = -1;

    ChecksumSink(Schema schema, WorkloadRun.Commits commits) {
        for (Field field : schema.fields()) {
            PhysicalType type = field.type().physical();
            if (type != PhysicalType.LONG && type != PhysicalType.DOUBLE) {
                throw ErrorCode.TYPE_MISMATCH.error("the checksum sink takes long-like and double columns, not '"
                        + field + "'; cast it or leave it out");
            }
        }
        this.commits = commits;
    }

    @Override
    public String description() {
        return "checksum";
    }

    @Override
    public SinkWriter writer(WriteContext context) {
        return new Writer();
    }

    @Override
    public SinkMessage decode(byte[] message) {
        ByteBuffer bytes = ByteBuffer.wrap(message);
        return new Message(new Answer(bytes.getLong(), bytes.getLong()));
    }

    @Override
    public void commit(long batchId, List<SinkMessage> messages) {
        if (batchId <= lastCommitted) {
            return;
        }
        Answer answer = Answer.NONE;
        for (SinkMessage message : messages) {
            answer = answer.plus(((Message) message).answer);
        }
        commits.committed(batchId, answer);
        lastCommitted = batchId;
    }

    @Override
    public void close() {
        // nothing is held
    }

    /** Two longs, big-endian: rows, checksum. */
    private record Message(Answer answer) implements SinkMessage {
        @Override
        public byte[] encode() {
            return ByteBuffer.allocate(16)
                    .putLong(answer.rows())
                    .putLong(answer.checksum())
                    .array();
        }
    }

    private static final class Writer implements SinkWriter {
        private RowChecksum checksum = new RowChecksum(1024);

        @Override
        public void write(ColumnBatch batch) {
            int rows = batch.rowCount();
            if (rows > checksum.capacity()) {
                RowChecksum larger = new RowChecksum(Integer.highestOneBit(rows - 1) << 1);
                larger.add(checksum.answer());
                checksum = larger;
            }
            checksum.begin(rows);
            for (int i = 0; i < batch.columns().length; i++) {
                add(batch.schema().field(i), batch.column(i), batch.selection());
            }
            checksum.end();
        }

        private void add(Field field, ColumnVector column, @Nullable Selection selection) {
            if (!column.allPresent()) {
                throw ErrorCode.BAD_ARGUMENT.error(
                        "the checksum sink takes no nulls, but '" + field.name() + "' has some; filter them out");
            }
            if (column instanceof ConstantVector constant) {
                checksum.field(bits(constant.value()));
                return;
            }
            ColumnVector flat = column.flatten();
            if (flat instanceof LongVector longs) {
                if (selection == null) {
                    checksum.field(longs.values());
                } else {
                    checksum.field(longs.values(), selection.rows());
                }
            } else if (flat instanceof DoubleVector doubles) {
                if (selection == null) {
                    checksum.field(doubles.values());
                } else {
                    checksum.field(doubles.values(), selection.rows());
                }
            } else {
                throw ErrorCode.TYPE_MISMATCH.error("the checksum sink cannot read '" + field + "'; cast it");
            }
        }

        private static long bits(ColumnVector value) {
            return value instanceof DoubleVector doubles
                    ? Double.doubleToRawLongBits(doubles.values()[0])
                    : ((LongVector) value).values()[0];
        }

        @Override
        public SinkMessage prepare() {
            return new Message(checksum.answer());
        }

        @Override
        public void abort() {
            checksum.reset();
        }
    }
}
