package io.rivulet.connector.builtin;

import io.rivulet.connector.SinkMessage;
import io.rivulet.error.ErrorCode;
import io.rivulet.type.Schema;
import io.rivulet.vector.BatchCodec;
import io.rivulet.vector.ColumnBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The message of a sink whose rows the log carries: the rows themselves, detached. As bytes: the number of batches (4),
 * then for each its length (4) and what {@link BatchCodec} makes of it.
 */
public record RowsMessage(List<ColumnBatch> batches) implements SinkMessage {
    @Override
    public byte[] encode() {
        List<byte[]> encoded = batches.stream().map(BatchCodec::encode).toList();
        long length = 4;
        for (byte[] bytes : encoded) {
            length += 4 + bytes.length;
        }
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(length)).putInt(encoded.size());
        for (byte[] bytes : encoded) {
            out.putInt(bytes.length).put(bytes);
        }
        return out.array();
    }

    /** Reads {@link #encode}'s bytes; errors are those of {@link BatchCodec#decode}. */
    public static RowsMessage decode(Schema schema, byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        List<ColumnBatch> batches = new ArrayList<>();
        int count = in.remaining() < 4 ? -1 : in.getInt();
        for (int i = 0; i < count; i++) {
            int length = in.remaining() < 4 ? -1 : in.getInt();
            if (length < 0 || length > in.remaining()) {
                count = -1;
                break;
            }
            byte[] bytes = new byte[length];
            in.get(bytes);
            batches.add(BatchCodec.decode(schema, bytes));
        }
        if (count < 0 || in.hasRemaining()) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error("the log holds a sink message that is no list of rows; restore the"
                    + " checkpoint from a copy, or start with a new one");
        }
        return new RowsMessage(batches);
    }

    /** All batches of several messages, in order. */
    static List<ColumnBatch> all(List<SinkMessage> messages) {
        List<ColumnBatch> batches = new ArrayList<>();
        for (SinkMessage message : messages) {
            batches.addAll(((RowsMessage) message).batches());
        }
        return batches;
    }
}
