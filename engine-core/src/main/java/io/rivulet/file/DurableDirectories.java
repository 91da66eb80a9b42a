package io.rivulet.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** Directories that survive a power loss: a directory is durable once the one that names it is synced. */
public final class DurableDirectories {
    /** An earlier try may have made directories and died before it synced their names, so so many are always synced. */
    private static final int ALWAYS = 2;

    private DurableDirectories() {}

    /** Makes a directory and its parents, if missing, and makes their names durable. */
    public static void create(FileAccess files, Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        int missing = 0;
        for (Path path = absolute; path != null && !files.exists(path); path = path.getParent()) {
            missing++;
        }
        files.createDirectories(absolute);
        Path parent = absolute.getParent();
        for (int i = 0; i < Math.max(missing, ALWAYS) && parent != null; i++) {
            sync(files, parent, i < missing);
            parent = parent.getParent();
        }
    }

    private static void sync(FileAccess files, Path directory, boolean needed) throws IOException {
        try {
            files.syncDirectory(directory);
        } catch (AccessDeniedException e) {
            if (needed) {
                throw e;
            }
            // a directory that may not be read, and in which nothing was made
        }
    }
}
