package io.rivulet.file;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Failures of file operations as errors that say what to do. */
public final class FileErrors {
    private FileErrors() {}

    /**
     * The error for a failed operation: {@code NO_SPACE} for a full disk or quota, {@code PATH_NOT_FOUND} for a missing
     * or forbidden file, else {@code IO_ERROR}.
     *
     * @param action what was being done, as a verb: {@code "write"}, {@code "sync"}
     */
    public static RivuletException wrap(String action, Path path, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("not enough space") || lower.contains("quota exceeded")) {
            return ErrorCode.NO_SPACE.error(
                    "cannot " + action + " " + path + ": the disk is full; make room and start again", e);
        }
        if (e instanceof AccessDeniedException) {
            return ErrorCode.PATH_NOT_FOUND.error(
                    "cannot " + action + " " + path + ": permission denied; change the file's rights", e);
        }
        if (e instanceof NoSuchFileException) {
            return ErrorCode.PATH_NOT_FOUND.error("cannot " + action + " " + path + ": there is no such file", e);
        }
        return ErrorCode.IO_ERROR.error("cannot " + action + " " + path + ": " + reason, e);
    }
}
