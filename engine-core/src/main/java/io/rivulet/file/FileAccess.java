package io.rivulet.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * Every change to files goes through here, one method per thing that can fail, so that tests can break each call or
 * drop what was not synced. {@link LocalFileAccess} is the real one; testkit has one that injects faults and simulates
 * power loss. Reading is part of it so that a simulated disk can answer. Thread-safe; the outputs it gives are not.
 *
 * <p>What is durable when: bytes after {@link Output#sync}; the existence, name or absence of a file after
 * {@link #syncDirectory} of its directory. A failed sync leaves unknown what is on disk: never sync that file again.
 */
public interface FileAccess {
    /** A file open for appending. */
    interface Output extends AutoCloseable {
        /** Appends all remaining bytes. */
        void write(ByteBuffer bytes) throws IOException;

        /** Makes everything written so far durable. */
        void sync() throws IOException;

        /** The number of bytes in the file. */
        long position() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Creates a file that must not exist. */
    Output create(Path file) throws IOException;

    /** Opens an existing file for appending behind its last byte. */
    Output append(Path file) throws IOException;

    /** Cuts a file to a length and makes that durable. */
    void truncate(Path file, long length) throws IOException;

    /** Renames within one file system, replacing an existing target atomically. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or an empty directory if it is there. */
    void delete(Path file) throws IOException;

    /** Makes a directory and its parents, if missing. */
    void createDirectories(Path directory) throws IOException;

    /** Makes creations, renames and deletions in a directory durable. */
    void syncDirectory(Path directory) throws IOException;

    /** Whether a file or directory is there. */
    boolean exists(Path file) throws IOException;

    /** The names in a directory, sorted; empty when the directory is missing. */
    List<Path> list(Path directory) throws IOException;

    /** The bytes of a file. */
    byte[] read(Path file) throws IOException;

    /** At most {@code length} bytes of a file from a position on; fewer where the file ends. */
    byte[] read(Path file, long position, int length) throws IOException;

    /** The length of a file in bytes. */
    long size(Path file) throws IOException;
}
