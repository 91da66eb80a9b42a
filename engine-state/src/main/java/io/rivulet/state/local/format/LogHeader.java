package io.rivulet.state.local.format;

import io.rivulet.state.TableSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a log file needs to stand alone when the files before it have been deleted.
 *
 * <pre>
 * payload  := text (query id) varint (epoch) generation specs standing varint snapshot*
 * standing := zigzag (last batch) byte (1 result, 2 committed, 4 planned) [result] offsets [plan]
 * </pre>
 *
 * @param epoch counts the openings of the checkpoint; fences off writers of earlier ones
 * @param generation of the state frames in this file
 * @param specs of the tables whose frames are in this file, which name them by their place in this list
 * @param standing where the query stood when the file was begun
 * @param snapshots that were complete then, oldest first
 */
public record LogHeader(
        String queryId,
        long epoch,
        Generation generation,
        List<TableSpec> specs,
        Standing standing,
        List<SnapshotRecord> snapshots) {
    public LogHeader {
        specs = List.copyOf(specs);
        snapshots = List.copyOf(snapshots);
    }

    /** Appends the frame. */
    public void write(FrameBuffer out) {
        out.beginFrame(FrameType.LOG_HEADER);
        out.putText(queryId);
        out.putVarint(epoch);
        generation.write(out);
        SpecCodec.write(specs, out);
        standing.write(out);
        out.putVarint(snapshots.size());
        for (SnapshotRecord snapshot : snapshots) {
            snapshot.write(out);
        }
        out.endFrame();
    }

    /** Reads the payload of the frame. */
    public static LogHeader read(ByteReader in) {
        String queryId = in.getText();
        long epoch = in.getVarint();
        Generation generation = Generation.read(in);
        List<TableSpec> specs = SpecCodec.read(in);
        Standing standing = Standing.read(in);
        int count = in.getCount();
        List<SnapshotRecord> snapshots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            snapshots.add(SnapshotRecord.read(in));
        }
        return new LogHeader(queryId, epoch, generation, specs, standing, snapshots);
    }
}
