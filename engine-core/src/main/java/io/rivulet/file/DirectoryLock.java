package io.rivulet.file;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a directory for one user at a time, in this process and among processes, by a lock of the operating system on
 * a file in it. The lock ends with {@link #close} or with the process, however it dies; the file stays and names the
 * last holder. It holds no data, so it does not go through {@link FileAccess}.
 */
public final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock at once, making the directory of the file if it is missing.
     *
     * @param what what is locked, for the message, e.g. {@code "the output directory /data/out"}
     * @throws RivuletException CHECKPOINT_LOCKED naming the holder, when somebody has it
     */
    public static DirectoryLock take(Path file, String what) {
        FileChannel channel = null;
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            @Nullable FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = Files.readString(file, StandardCharsets.UTF_8).strip();
                throw ErrorCode.CHECKPOINT_LOCKED.error(
                        what + " is in use by " + (holder.isEmpty() ? "another query" : holder)
                                + "; stop that query first, or use another directory");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(
                            ("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)),
                    0);
            return new DirectoryLock(channel);
        } catch (IOException e) {
            closeQuietly(channel, e);
            throw FileErrors.wrap("lock", file, e);
        } catch (RuntimeException e) {
            closeQuietly(channel, e);
            throw e;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void closeQuietly(@Nullable FileChannel channel, Exception reason) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw ErrorCode.IO_ERROR.error("cannot give back a directory lock: " + e.getMessage(), e);
        }
    }
}
