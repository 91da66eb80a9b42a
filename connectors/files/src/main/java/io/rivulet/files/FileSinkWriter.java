package io.rivulet.files;

import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkWriter;
import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import io.rivulet.vector.ColumnBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes the rows of one task to one staged file, which is made when the first row comes. */
final class FileSinkWriter implements SinkWriter {
    private final FileAccess files;
    private final Path staging;
    private final StagedOutput output;

    FileSinkWriter(FileAccess files, Path staging, StagedOutput output) {
        this.files = files;
        this.staging = staging;
        this.output = output;
    }

    @Override
    public void write(ColumnBatch batch) {
        if (batch.rowCount() > 0) {
            output.write(batch);
        }
    }

    @Override
    public SinkMessage prepare() {
        if (output.rows() == 0) {
            return new FilesMessage(List.of());
        }
        StagedFile file = output.prepare();
        sync(files, staging);
        return new FilesMessage(List.of(file));
    }

    /** Makes the names of staged files durable. */
    static void sync(FileAccess files, Path staging) {
        try {
            files.syncDirectory(staging);
        } catch (IOException e) {
            throw FileErrors.wrap("sync", staging, e);
        }
    }

    @Override
    public void abort() {
        output.abort();
    }
}
