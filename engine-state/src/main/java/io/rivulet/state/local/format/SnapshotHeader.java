package io.rivulet.state.local.format;

import io.rivulet.state.TableSpec;
import io.rivulet.state.local.format.ByteReader.MalformedBytesException;
import java.util.List;

/**
 * What the rows of a snapshot file are.
 *
 * <pre>
 * payload := text (query id) generation varint (version) varint (partition) specs (one)
 * </pre>
 */
public record SnapshotHeader(String queryId, Generation generation, long version, int partition, TableSpec spec) {
    /** Appends the frame. */
    public void write(FrameBuffer out) {
        out.beginFrame(FrameType.SNAPSHOT_HEADER);
        out.putText(queryId);
        generation.write(out);
        out.putVarint(version);
        out.putVarint(partition);
        SpecCodec.write(List.of(spec), out);
        out.endFrame();
    }

    /** Reads the payload of the frame. */
    public static SnapshotHeader read(ByteReader in) {
        String queryId = in.getText();
        Generation generation = Generation.read(in);
        long version = in.getVarint();
        int partition = in.getCount(Integer.MAX_VALUE);
        List<TableSpec> specs = SpecCodec.read(in);
        if (specs.size() != 1) {
            throw new MalformedBytesException("a snapshot of " + specs.size() + " tables");
        }
        return new SnapshotHeader(queryId, generation, version, partition, specs.get(0));
    }
}
