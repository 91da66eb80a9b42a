package io.rivulet.files;

import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import io.rivulet.vector.ColumnBatch;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One staged file, made when there is something to write to it. It can be parked while others are written: then it
 * holds neither an open file nor a buffer; a compressed one goes on with another gzip member. One thread.
 */
final class StagedOutput {
    private static final Logger LOG = LoggerFactory.getLogger(StagedOutput.class);
    private static final int FLUSH = 1 << 16;

    private final FileAccess files;
    private final Path path;
    private final String name;
    private final RowEncoder encoder;
    private final boolean compressed;
    private final CRC32C checksum = new CRC32C();
    private @Nullable TextBuffer buffer;
    private FileAccess.@Nullable Output output;
    private @Nullable GZIPOutputStream member;
    private boolean made;
    private long bytes;
    private long rows;

    /** @param name what the file is called once it is visible, below the output directory */
    StagedOutput(FileAccess files, Path path, String name, RowEncoder encoder, boolean compressed) {
        this.files = files;
        this.path = path;
        this.name = name;
        this.encoder = encoder;
        this.compressed = compressed;
    }

    /** Rows so far. */
    long rows() {
        return rows;
    }

    void write(ColumnBatch batch) {
        TextBuffer into = buffer;
        if (into == null) {
            into = new TextBuffer();
            buffer = into;
        }
        if (rows == 0) {
            encoder.begin(into);
        }
        encoder.encode(batch, into);
        rows += batch.rowCount();
        if (into.length() >= FLUSH) {
            flush(into);
        }
    }

    /** Gives back the open file and the buffer until the next {@link #write}. */
    void park() {
        giveBackBuffer();
        try {
            endMember();
            FileAccess.Output open = output;
            output = null;
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw FileErrors.wrap("write", path, e);
        }
    }

    /** Makes the rows durable. The caller syncs the directory. */
    StagedFile prepare() {
        giveBackBuffer();
        try {
            endMember();
            FileAccess.Output open = open();
            open.sync();
            output = null;
            open.close();
        } catch (IOException e) {
            throw FileErrors.wrap("sync", path, e);
        }
        return new StagedFile(
                name, String.valueOf(path.getFileName()), bytes, rows, CheckedLines.hex((int) checksum.getValue()));
    }

    /** Deletes what was staged. */
    void abort() {
        try {
            FileAccess.Output open = output;
            output = null;
            if (open != null) {
                open.close();
            }
            if (made) {
                files.delete(path);
            }
        } catch (IOException e) {
            LOG.info("cannot delete the staged file {} of a failed attempt ({})", path, e.toString());
        }
    }

    private FileAccess.Output open() throws IOException {
        FileAccess.Output open = output;
        if (open == null) {
            open = made ? files.append(path) : files.create(path);
            made = true;
            output = open;
        }
        return open;
    }

    private void giveBackBuffer() {
        TextBuffer full = buffer;
        if (full != null) {
            flush(full);
        }
        buffer = null;
    }

    private void flush(TextBuffer full) {
        if (full.length() == 0) {
            return;
        }
        try {
            if (compressed) {
                GZIPOutputStream into = member;
                if (into == null) {
                    into = new GZIPOutputStream(new FileBytes(), FLUSH);
                    member = into;
                }
                into.write(full.bytes(), 0, full.length());
            } else {
                put(full.view());
            }
        } catch (IOException e) {
            throw FileErrors.wrap("write", path, e);
        }
        full.truncate(0);
    }

    private void endMember() throws IOException {
        GZIPOutputStream ending = member;
        member = null;
        if (ending != null) {
            ending.close();
        }
    }

    private void put(ByteBuffer written) throws IOException {
        FileAccess.Output open = open();
        checksum.update(written.duplicate());
        bytes += written.remaining();
        open.write(written);
    }

    /** Where a gzip member goes; closing it ends the member, not the file. */
    private final class FileBytes extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            put(ByteBuffer.wrap(new byte[] {(byte) b}));
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            put(ByteBuffer.wrap(source, offset, length));
        }
    }
}
