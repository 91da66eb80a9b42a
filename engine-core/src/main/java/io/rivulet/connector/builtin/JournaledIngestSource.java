package io.rivulet.connector.builtin;

import io.rivulet.connector.JournaledSource;
import io.rivulet.connector.Offset;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.vector.BatchCodec;
import io.rivulet.vector.ColumnBatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** An ingest whose rows are in the checkpoint's log before their batch: a planned batch is run again with its rows. */
final class JournaledIngestSource extends IngestSource implements JournaledSource {
    JournaledIngestSource(IngestReading ingest) {
        super(ingest);
    }

    @Override
    public Iterable<byte[]> journal(Offset start, Offset end) {
        return () -> {
            Iterator<ColumnBatch> rows =
                    ingest().rows(IngestOffset.of(start), IngestOffset.of(end)).iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public byte[] next() {
                    return BatchCodec.encode(rows.next());
                }
            };
        };
    }

    @Override
    public void takeBack(Offset start, Offset planned, List<byte[]> rows) {
        IngestOffset end = IngestOffset.of(planned);
        if (rows.isEmpty() || ingest().holds(end)) {
            return; // not journaled, which readable() says; or the batch is tried again in the same process
        }
        List<ColumnBatch> batches = new ArrayList<>();
        for (byte[] piece : rows) {
            batches.add(decode(piece));
        }
        ingest().takeBack(IngestOffset.of(start), end, batches);
    }

    private ColumnBatch decode(byte[] piece) {
        try {
            return BatchCodec.decode(schema(), piece);
        } catch (RivuletException e) {
            if (e.code() == ErrorCode.BAD_SCHEMA) {
                throw ErrorCode.QUERY_CHANGED.error(
                        "the checkpoint holds a batch of " + description() + " that is to run again, whose records had"
                                + " other components than " + schema().ddl()
                                + "; start once with the class as it was, then change it",
                        e);
            }
            throw e;
        }
    }
}
