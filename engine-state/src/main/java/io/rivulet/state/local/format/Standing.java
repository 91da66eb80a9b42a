package io.rivulet.state.local.format;

import io.rivulet.connector.Offset;
import io.rivulet.streaming.BatchPlan;
import io.rivulet.streaming.BatchResult;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a query stands after some frame of its log.
 *
 * @param lastBatch the last prepared batch, -1 when there is none
 * @param result of that batch; without sink messages once it is committed and the log was rotated
 * @param committed whether that batch was committed; true when there is none
 * @param offsets the end offsets of that batch
 * @param planned the plan of the next batch, if there is one
 */
public record Standing(
        long lastBatch,
        @Nullable BatchResult result,
        boolean committed,
        Map<String, Offset> offsets,
        @Nullable BatchPlan planned) {
    /** Before the first batch. */
    public static final Standing START = new Standing(-1, null, true, Map.of(), null);

    public Standing {
        offsets = Map.copyOf(offsets);
    }

    /** The same with the next batch planned. */
    public Standing withPlan(BatchPlan plan) {
        return new Standing(lastBatch, result, committed, offsets, plan);
    }

    /** After the planned batch was prepared. */
    public Standing withResult(BatchResult prepared) {
        Map<String, Offset> ends = new HashMap<>(offsets);
        if (planned != null) {
            planned.sources().forEach((source, range) -> ends.put(source, range.end()));
        }
        return new Standing(prepared.batchId(), prepared, false, ends, null);
    }

    /** After the last batch was committed. */
    public Standing withCommit() {
        return new Standing(lastBatch, result, true, offsets, planned);
    }

    void write(FrameBuffer out) {
        out.putZigzag(lastBatch);
        out.putByte((result != null ? 1 : 0) | (committed ? 2 : 0) | (planned != null ? 4 : 0));
        if (result != null) {
            BatchCodec.writeResult(result, !committed, out);
        }
        BatchCodec.writeOffsets(offsets, out);
        if (planned != null) {
            BatchCodec.writePlan(planned, out);
        }
    }

    static Standing read(ByteReader in) {
        long lastBatch = in.getZigzag();
        int flags = in.getByte();
        BatchResult result = (flags & 1) != 0 ? BatchCodec.readResult(in) : null;
        Map<String, Offset> offsets = BatchCodec.readOffsets(in);
        BatchPlan planned = (flags & 4) != 0 ? BatchCodec.readPlan(in) : null;
        return new Standing(lastBatch, result, (flags & 2) != 0, offsets, planned);
    }
}
