package io.rivulet.files;

import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import io.rivulet.vector.ColumnBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the rows of one task to one staged file, which is made when the first row comes. */
final class FileSinkWriter implements SinkWriter {
    private static final Logger LOG = LoggerFactory.getLogger(FileSinkWriter.class);
    private static final int FLUSH = 1 << 16;

    private final FileAccess files;
    private final Path staging;
    private final String stagedName;
    private final String name;
    private final RowEncoder encoder;
    private final TextBuffer buffer = new TextBuffer();
    private final CRC32C checksum = new CRC32C();
    private FileAccess.@Nullable Output output;
    private long bytes;
    private long rows;

    FileSinkWriter(FileAccess files, Path staging, String stagedName, String name, RowEncoder encoder) {
        this.files = files;
        this.staging = staging;
        this.stagedName = stagedName;
        this.name = name;
        this.encoder = encoder;
    }

    private Path path() {
        return staging.resolve(stagedName);
    }

    @Override
    public void write(ColumnBatch batch) {
        int count = batch.rowCount();
        if (count == 0) {
            return;
        }
        if (rows == 0) {
            encoder.begin(buffer);
        }
        encoder.encode(batch, buffer);
        rows += count;
        if (buffer.length() >= FLUSH) {
            flush();
        }
    }

    private FileAccess.Output flush() {
        try {
            FileAccess.Output open = output;
            if (open == null) {
                open = files.create(path());
                output = open;
            }
            checksum.update(buffer.view());
            bytes += buffer.length();
            open.write(buffer.view());
            buffer.truncate(0);
            return open;
        } catch (IOException e) {
            throw FileErrors.wrap("write", path(), e);
        }
    }

    @Override
    public SinkMessage prepare() {
        if (rows == 0) {
            return new FilesMessage(List.of());
        }
        FileAccess.Output open = flush();
        try {
            open.sync();
            output = null;
            open.close();
            files.syncDirectory(staging);
        } catch (IOException e) {
            throw FileErrors.wrap("sync", path(), e);
        }
        return new FilesMessage(
                List.of(new StagedFile(name, stagedName, bytes, rows, CheckedLines.hex((int) checksum.getValue()))));
    }

    @Override
    public void abort() {
        if (rows == 0) {
            return;
        }
        try {
            FileAccess.Output open = output;
            output = null;
            if (open != null) {
                open.close();
            }
            files.delete(path());
        } catch (IOException e) {
            LOG.info("cannot delete the staged file {} of a failed attempt ({})", path(), e.toString());
        }
    }
}
