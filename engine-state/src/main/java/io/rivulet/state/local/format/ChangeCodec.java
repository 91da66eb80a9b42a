package io.rivulet.state.local.format;

import io.rivulet.state.TableChange;
import io.rivulet.state.local.format.ByteReader.MalformedBytesException;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.util.function.Consumer;

/**
 * Changes of a table.
 *
 * <pre>
 * change := 0 zigzag (bucket)                                  a bucket is dropped
 *         | 1 zigzag (bucket) varint (rows) column*            rows are put; columns as the table's spec
 * </pre>
 *
 * Used by one thread at a time.
 */
public final class ChangeCodec {
    private static final int DROP = 0;
    private static final int PUT = 1;
    private static final int MAX_ROWS = 1 << 20;

    private final ColumnCodec columns = new ColumnCodec();

    /** Appends a change. */
    public void write(TableChange change, FrameBuffer out) {
        if (change instanceof TableChange.PutRows put) {
            out.putByte(PUT);
            out.putZigzag(put.bucket());
            int rows = put.rows().size();
            out.putVarint(rows);
            for (ColumnVector column : put.rows().columns()) {
                columns.write(column, rows, out);
            }
        } else {
            out.putByte(DROP);
            out.putZigzag(change.bucket());
        }
    }

    /**
     * Reads all changes that are left.
     *
     * @param schema of the table as it was when they were written
     */
    public void readAll(ByteReader in, Schema schema, Consumer<TableChange> consumer) {
        while (in.remaining() > 0) {
            int kind = in.getByte();
            long bucket = in.getZigzag();
            if (kind == DROP) {
                consumer.accept(new TableChange.DropBucket(bucket));
            } else if (kind == PUT) {
                int rows = in.getCount(MAX_ROWS);
                ColumnVector[] vectors = new ColumnVector[schema.size()];
                for (int c = 0; c < vectors.length; c++) {
                    vectors[c] = columns.read(in, schema.type(c), rows);
                }
                consumer.accept(new TableChange.PutRows(bucket, new ColumnBatch(schema, vectors, rows)));
            } else {
                throw new MalformedBytesException("no change has number " + kind);
            }
        }
    }
}
