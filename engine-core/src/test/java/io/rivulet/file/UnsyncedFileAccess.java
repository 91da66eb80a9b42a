package io.rivulet.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Local files whose syncs do nothing: for tests of many batches. */
public final class UnsyncedFileAccess implements FileAccess {
    private final FileAccess disk = LocalFileAccess.INSTANCE;

    @Override
    public Output create(Path file) throws IOException {
        return new Unsynced(disk.create(file));
    }

    @Override
    public Output append(Path file) throws IOException {
        return new Unsynced(disk.append(file));
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        Files.write(file, Arrays.copyOf(disk.read(file), (int) length));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void syncDirectory(Path directory) {
        // nothing: quick
    }

    @Override
    public boolean exists(Path file) throws IOException {
        return disk.exists(file);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public byte[] read(Path file, long position, int length) throws IOException {
        return disk.read(file, position, length);
    }

    @Override
    public long size(Path file) throws IOException {
        return disk.size(file);
    }

    private record Unsynced(Output output) implements Output {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            output.write(bytes);
        }

        @Override
        public void sync() {
            // nothing: quick
        }

        @Override
        public long position() throws IOException {
            return output.position();
        }

        @Override
        public void close() throws IOException {
            output.close();
        }
    }
}
