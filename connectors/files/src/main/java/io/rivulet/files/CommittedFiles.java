package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The files of an output directory as its {@link Manifest} lists them, read while the sink goes on writing. A batch
 * counts once its last file is in place: the manifest lists it before the files are renamed. One thread.
 */
final class CommittedFiles {
    /**
     * How far a manifest was read.
     *
     * @param batch through this one
     * @param files how many there were
     */
    record Position(long batch, long files) {
        static final Position START = new Position(-1, 0);
    }

    private final FileAccess files;
    private final Path output;
    private long listed;
    private long lastBatch;

    CommittedFiles(FileAccess files, Path output, Position from) {
        this.files = files;
        this.output = output;
        this.listed = from.files();
        this.lastBatch = from.batch();
    }

    /** Where the next call of {@link #next} goes on. */
    Position position() {
        return new Position(lastBatch, listed);
    }

    /** The files of batches that were committed since the last call, in order, without those that are known. */
    List<FileEntry> next(Predicate<String> known) {
        Manifest.Contents contents = Manifest.read(files, output, lastBatch);
        checkComplete(contents);
        List<FileEntry> fresh = new ArrayList<>();
        for (int i = 0; i < contents.batches().size(); i++) {
            Manifest.Batch batch = contents.batches().get(i);
            boolean last = i == contents.batches().size() - 1;
            if (last && !isInPlace(batch)) {
                break;
            }
            for (StagedFile file : batch.files()) {
                Path path = output.resolve(file.name());
                if (!known.test(path.toString())) {
                    fresh.add(entry(path, file));
                }
            }
            listed += batch.files().size();
            lastBatch = batch.id();
        }
        return fresh;
    }

    private void checkComplete(Manifest.Contents contents) {
        long earlier = listed;
        for (Manifest.Batch batch : contents.batches()) {
            earlier += batch.id() <= contents.summedThrough() ? batch.files().size() : 0;
        }
        if (lastBatch <= contents.summedThrough() && earlier != contents.earlierFiles()) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error("the manifest of " + output + " sums up "
                    + contents.earlierFiles() + " files, but its archive lists " + earlier
                    + "; restore the directory from a copy, or read its files by a pattern such as " + output
                    + "/*, which does not look at the manifest");
        }
    }

    private boolean isInPlace(Manifest.Batch batch) {
        try {
            for (StagedFile file : batch.files()) {
                if (!files.exists(output.resolve(file.name()))
                        && files.exists(Manifest.staging(output).resolve(file.staged()))) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw FileErrors.wrap("look into", output, e);
        }
    }

    private FileEntry entry(Path path, StagedFile file) {
        FileEntry now = FileEntry.look(path);
        if (now == null) {
            throw ErrorCode.SOURCE_DATA_MISSING.error("the file " + path + " is listed in the manifest of " + output
                    + " and is gone; put it back, or read what is left by a pattern such as " + output
                    + "/*, which does not look at the manifest");
        }
        if (now.size() != file.bytes()) {
            throw FileEntry.changed(now.path(), file.bytes(), now.size());
        }
        return new FileEntry(now.path(), now.size(), FileEntry.COMMITTED);
    }
}
