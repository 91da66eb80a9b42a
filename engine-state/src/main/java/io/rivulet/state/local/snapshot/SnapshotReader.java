package io.rivulet.state.local.snapshot;

import io.rivulet.error.RivuletException;
import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import io.rivulet.state.TableChange;
import io.rivulet.state.local.format.ByteReader.MalformedBytesException;
import io.rivulet.state.local.format.ChangeCodec;
import io.rivulet.state.local.format.FileFormat;
import io.rivulet.state.local.format.FrameReader;
import io.rivulet.state.local.format.FrameType;
import io.rivulet.state.local.format.SnapshotHeader;
import io.rivulet.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads a snapshot file; gives no row of a file that is damaged anywhere. One thread. */
public final class SnapshotReader {
    private final FrameReader reader;
    private final SnapshotHeader header;
    private final long rows;

    /**
     * Checks the whole file.
     *
     * @throws RivuletException CHECKPOINT_CORRUPT when it is missing or damaged, CHECKPOINT_VERSION
     */
    public SnapshotReader(FileAccess files, Path file) {
        try {
            if (!files.exists(file)) {
                throw FileFormat.corrupt(file, 0, "it is missing");
            }
        } catch (IOException e) {
            throw FileErrors.wrap("read", file, e);
        }
        reader = new FrameReader(files, file, FileFormat.Kind.SNAPSHOT);
        try {
            if (!reader.checkPrefix() || !reader.next() || reader.type() != FrameType.SNAPSHOT_HEADER) {
                throw FileFormat.corrupt(file, 0, "its header is not whole");
            }
            header = SnapshotHeader.read(reader.payload());
            long end = -1;
            while (reader.next()) {
                if (reader.type() == FrameType.SNAPSHOT_END) {
                    end = reader.payload().getVarint();
                } else if (reader.type() != FrameType.ROWS || end >= 0) {
                    throw FileFormat.corrupt(file, reader.position(), "a frame of type " + reader.type());
                }
            }
            if (end < 0 || reader.position() != reader.size()) {
                throw FileFormat.corrupt(file, reader.position(), "a frame is not whole, or its checksum is wrong");
            }
            rows = end;
        } catch (MalformedBytesException e) {
            throw FileFormat.corrupt(file, reader.position(), String.valueOf(e.getMessage()));
        }
    }

    /** What the rows are. */
    public SnapshotHeader header() {
        return header;
    }

    /** How many rows it holds. */
    public long rows() {
        return rows;
    }

    /** Gives all rows, with the columns of the table as it was when they were written. */
    public void forEach(Consumer<TableChange> consumer) {
        Schema schema = header.spec().schema();
        ChangeCodec codec = new ChangeCodec();
        reader.seek(FileFormat.PREFIX_BYTES);
        try {
            while (reader.next()) {
                if (reader.type() == FrameType.ROWS) {
                    codec.readAll(reader.payload(), schema, consumer);
                }
            }
        } catch (MalformedBytesException e) {
            throw FileFormat.corrupt(reader.file(), reader.position(), String.valueOf(e.getMessage()));
        }
    }
}
