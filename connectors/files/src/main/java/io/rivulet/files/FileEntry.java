package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.file.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file as it was when it was listed.
 *
 * @param path absolute
 * @param size bytes
 * @param modified microseconds since the epoch, or {@link #COMMITTED}
 */
record FileEntry(String path, long size, long modified) {
    /**
     * For {@code modified}: a file of a manifest. It never changes, so its size alone is compared; a time is no proof
     * there, because a sink syncs data and names, and a loss of power may give a file another time.
     */
    static final long COMMITTED = -1;

    /** Oldest first; of one time by path. */
    static final Comparator<FileEntry> BY_TIME =
            Comparator.comparingLong(FileEntry::modified).thenComparing(FileEntry::path);

    /** Whether it is a file of a manifest. */
    boolean committed() {
        return modified == COMMITTED;
    }

    /** What lies at a path now, or null when there is no regular file. */
    static @Nullable FileEntry look(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return null;
            }
            return new FileEntry(
                    path.toString(),
                    attributes.size(),
                    attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw FileErrors.wrap("look at", path, e);
        }
    }

    /** Whether its bytes are compressed, so that it cannot be cut into splits. */
    boolean compressed() {
        return ByteInput.isCompressed(path);
    }

    /** Where its records end, for {@link RecordScanner}. */
    long dataEnd() {
        return compressed() ? ByteInput.UNKNOWN_END : size;
    }

    /** Refuses a file that is no longer what was planned. */
    void check() {
        FileEntry now = look(Path.of(path));
        if (now == null) {
            throw missing(path);
        }
        if (now.size != size || (!committed() && now.modified != modified)) {
            throw changed(path, size, now.size);
        }
    }

    static RivuletException missing(String path) {
        return ErrorCode.SOURCE_DATA_MISSING.error("the input file " + path
                + " was planned into a batch and is gone; put it back, or start with a new checkpoint");
    }

    static RivuletException changed(String path, long size, long now) {
        return ErrorCode.SOURCE_DATA_CHANGED.error("the input file " + path + " was planned into a batch with " + size
                + " bytes and has changed since (now " + now + " bytes). Input files must not change: write each under"
                + " a name that begins with '.' or '_', then rename it. Put the old file back, or start with a new"
                + " checkpoint");
    }
}
