package io.rivulet.testkit;

import io.rivulet.file.FileAccess;
import io.rivulet.file.LocalFileAccess;
import io.rivulet.state.local.format.FileFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * The real files, slowly: after every step that changes a file a listener is called, which may never return. A write to
 * the checkpoint's log is cut into its frames, each a step of its own, as if the process had been stopped in the middle.
 */
final class PacedFiles implements FileAccess {
    private static final int LENGTH_OFFSET = 4;
    private static final int TYPE_OFFSET = 8;
    private static final String[] FRAMES = {
        "", "header", "planned", "state", "prepared", "committed", "snapshot", "journal"
    };

    private final FileAccess disk = LocalFileAccess.INSTANCE;
    private final Consumer<String> listener;

    /** @param listener told the kind of step, e.g. {@code planned}, {@code manifest}, {@code rename} */
    PacedFiles(Consumer<String> listener) {
        this.listener = listener;
    }

    private static boolean isLog(Path file) {
        return file.toString().endsWith(".log");
    }

    private final class PacedOutput implements Output {
        private final Path file;
        private final Output output;

        PacedOutput(Path file, Output output) {
            this.file = file;
            this.output = output;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (!isLog(file)) {
                output.write(bytes);
                listener.accept("write");
                return;
            }
            ByteBuffer frames = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            if (output.position() == 0) {
                piece(frames, FileFormat.PREFIX_BYTES);
                listener.accept("prefix");
            }
            while (frames.hasRemaining()) {
                int start = frames.position();
                int length = frames.getInt(start + LENGTH_OFFSET) + FileFormat.FRAME_OVERHEAD;
                int type = frames.get(start + TYPE_OFFSET);
                piece(frames, length / 2);
                listener.accept("half a frame");
                piece(frames, length - length / 2);
                listener.accept(FRAMES[type]);
            }
            bytes.position(bytes.limit());
        }

        private void piece(ByteBuffer from, int length) throws IOException {
            ByteBuffer piece = from.slice(from.position(), length);
            output.write(piece);
            from.position(from.position() + length);
        }

        @Override
        public void sync() throws IOException {
            output.sync();
            listener.accept(file.endsWith("manifest") ? "manifest" : isLog(file) ? "log sync" : "sync");
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

    @Override
    public Output create(Path file) throws IOException {
        Output output = new PacedOutput(file, disk.create(file));
        listener.accept(file.toString().contains("staging") ? "staged" : "create");
        return output;
    }

    @Override
    public Output append(Path file) throws IOException {
        return new PacedOutput(file, disk.append(file));
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        disk.truncate(file, length);
        listener.accept("truncate");
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
        listener.accept("rename");
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
        listener.accept("delete");
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
        listener.accept("createDirectories");
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        disk.syncDirectory(directory);
        listener.accept("syncDirectory");
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
}
