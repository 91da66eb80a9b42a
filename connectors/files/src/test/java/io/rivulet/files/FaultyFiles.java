package io.rivulet.files;

import io.rivulet.file.FileAccess;
import io.rivulet.file.LocalFileAccess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/** The local file system with one call that fails. */
final class FaultyFiles implements FileAccess {
    /** How the call fails. */
    enum Fault {
        /** Nothing is done. */
        ERROR,
        /** A write writes half; anything else is done, and then reported as failed. */
        TORN,
        /** Nothing is done, because the disk is full. */
        NO_SPACE
    }

    private interface Action {
        void run() throws IOException;
    }

    private final FileAccess real = LocalFileAccess.INSTANCE;
    private final int failing;
    private final Fault fault;
    private int calls;

    /** @param failing index of the call that fails, counting those that change something */
    FaultyFiles(int failing, Fault fault) {
        this.failing = failing;
        this.fault = fault;
    }

    /** Whether the call that fails has been made. */
    boolean hasFailed() {
        return calls > failing;
    }

    private void call(Action action) throws IOException {
        if (calls++ != failing) {
            action.run();
            return;
        }
        if (fault == Fault.TORN) {
            action.run();
        }
        throw new IOException(fault == Fault.NO_SPACE ? "No space left on device" : "broken for the test");
    }

    @Override
    public Output create(Path file) throws IOException {
        call(() -> {});
        return new FaultyOutput(real.create(file));
    }

    @Override
    public Output append(Path file) throws IOException {
        call(() -> {});
        return new FaultyOutput(real.append(file));
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        call(() -> real.truncate(file, length));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        call(() -> real.rename(from, to));
    }

    @Override
    public void delete(Path file) throws IOException {
        call(() -> real.delete(file));
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        call(() -> real.createDirectories(directory));
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        call(() -> real.syncDirectory(directory));
    }

    @Override
    public boolean exists(Path file) throws IOException {
        return real.exists(file);
    }

    @Override
    public List<Path> list(Path directory) throws IOException {
        return real.list(directory);
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return real.read(file);
    }

    @Override
    public byte[] read(Path file, long offset, int length) throws IOException {
        return real.read(file, offset, length);
    }

    @Override
    public long size(Path file) throws IOException {
        return real.size(file);
    }

    private final class FaultyOutput implements Output {
        private final Output output;

        FaultyOutput(Output output) {
            this.output = output;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            if (calls == failing && fault == Fault.TORN) {
                output.write(bytes.duplicate().limit(bytes.position() + bytes.remaining() / 2));
                call(() -> {});
            }
            call(() -> output.write(bytes));
        }

        @Override
        public void sync() throws IOException {
            call(output::sync);
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
