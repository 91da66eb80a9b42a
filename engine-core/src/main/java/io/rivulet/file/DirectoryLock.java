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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a directory for one user at a time, in this process and among processes, by a lock of the operating system on
 * a file in it. The lock ends with {@link #close} or with the process, however it dies; the file stays and names the
 * last holder. It holds no data, so it does not go through {@link FileAccess}.
 */
public final class DirectoryLock implements AutoCloseable {
    /**
     * Files locked by this process. Asked before a file is opened: closing any channel of a file gives back the
     * process's lock on it (POSIX), so a refused second attempt would silently unlock the first.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;
    private final Path held;

    private DirectoryLock(FileChannel channel, Path held) {
        this.channel = channel;
        this.held = held;
    }

    /**
     * Takes the lock at once, making the directory of the file if it is missing.
     *
     * @param what what is locked, for the message, e.g. {@code "the output directory /data/out"}
     * @throws RivuletException CHECKPOINT_LOCKED naming the holder, when somebody has it
     */
    public static DirectoryLock take(Path file, String what) {
        Path held = realPath(file);
        if (!HELD.add(held)) {
            throw inUse(what, holder());
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    held, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            @Nullable FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = Files.readString(held, StandardCharsets.UTF_8).strip();
                throw inUse(what, holder.isEmpty() ? "another process" : holder);
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((holder() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            return new DirectoryLock(channel, held);
        } catch (IOException e) {
            giveUp(held, channel, e);
            throw FileErrors.wrap("lock", file, e);
        } catch (RuntimeException e) {
            giveUp(held, channel, e);
            throw e;
        }
    }

    private static Path realPath(Path file) {
        try {
            Path directory = Objects.requireNonNull(file.toAbsolutePath().getParent());
            Files.createDirectories(directory);
            return directory.toRealPath().resolve(file.getFileName());
        } catch (IOException e) {
            throw FileErrors.wrap("lock", file, e);
        }
    }

    private static String holder() {
        ProcessHandle process = ProcessHandle.current();
        return "process " + process.pid()
                + process.info().startInstant().map(at -> ", started at " + at).orElse("");
    }

    private static RivuletException inUse(String what, String holder) {
        return ErrorCode.CHECKPOINT_LOCKED.error(
                what + " is in use by " + holder + "; stop that query first, or use another directory");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void giveUp(Path held, @Nullable FileChannel channel, Exception reason) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                reason.addSuppressed(e);
            }
        }
        HELD.remove(held);
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return; // somebody else may hold it by now
        }
        try {
            channel.close();
        } catch (IOException e) {
            throw ErrorCode.IO_ERROR.error("cannot give back a directory lock: " + e.getMessage(), e);
        } finally {
            HELD.remove(held);
        }
    }
}
