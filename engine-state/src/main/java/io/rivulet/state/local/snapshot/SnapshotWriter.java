package io.rivulet.state.local.snapshot;

import io.rivulet.file.FileAccess;
import io.rivulet.state.TableChange;
import io.rivulet.state.local.format.ChangeCodec;
import io.rivulet.state.local.format.CheckpointFiles;
import io.rivulet.state.local.format.FileFormat;
import io.rivulet.state.local.format.FrameBuffer;
import io.rivulet.state.local.format.FrameType;
import io.rivulet.state.local.format.SnapshotHeader;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes one table of one partition into a snapshot file. The file gets its name when it is durable.
 *
 * <pre>
 * file := prefix snapshot-header rows* end       {@link FileFormat}, {@link SnapshotHeader}
 * rows := change*                                {@link ChangeCodec}
 * end  := varint (number of rows)
 * </pre>
 */
final class SnapshotWriter {
    private static final int FRAME_BYTES = 512 << 10;

    private final FileAccess files;
    private final Path file;
    private final FileAccess.Output output;
    private final FrameBuffer buffer = new FrameBuffer(16 << 10);
    private final ChangeCodec codec = new ChangeCodec();
    private long rows;
    private long bytes;
    private boolean inFrame;

    SnapshotWriter(FileAccess files, Path file, SnapshotHeader header) throws IOException {
        this.files = files;
        this.file = file;
        Path draft = CheckpointFiles.draft(file);
        files.delete(draft);
        output = files.create(draft);
        FileFormat.writePrefix(FileFormat.Kind.SNAPSHOT, buffer);
        header.write(buffer);
    }

    void put(TableChange.PutRows change) throws IOException {
        if (!inFrame) {
            buffer.beginFrame(FrameType.ROWS);
            inFrame = true;
        }
        codec.write(change, buffer);
        rows += change.rows().size();
        if (buffer.size() >= FRAME_BYTES) {
            flush();
        }
    }

    private void flush() throws IOException {
        if (inFrame) {
            buffer.endFrame();
            inFrame = false;
        }
        bytes += buffer.size();
        output.write(buffer.view());
        buffer.clear();
    }

    /** Makes the file durable under its name (the directory still has to be synced) and gives its bytes. */
    long finish() throws IOException {
        flush();
        buffer.beginFrame(FrameType.SNAPSHOT_END);
        buffer.putVarint(rows);
        buffer.endFrame();
        flush();
        output.sync();
        output.close();
        files.rename(CheckpointFiles.draft(file), file);
        return bytes;
    }

    Path directory() {
        return file.resolveSibling(".").normalize();
    }

    /** Gives up; the draft stays until the next opening. */
    void abandon() throws IOException {
        output.close();
    }
}
