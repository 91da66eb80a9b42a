package io.rivulet.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * The disk under a directory: a durable figure means little without it.
 *
 * @param fileSystem the type of the file system, such as {@code ext4}
 * @param syncMillis the median time to append 4 KB and make them durable (fdatasync), in milliseconds
 */
record DiskProbe(String fileSystem, double syncMillis) {
    private static final int SYNCS = 20;
    private static final int BYTES = 4096;

    /** Measures in a file of its own, which is deleted. */
    static DiskProbe measure(Path directory) throws IOException {
        Path file = Files.createTempFile(directory, "sync-probe", ".tmp");
        double[] millis = new double[SYNCS];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                long before = System.nanoTime();
                channel.write(ByteBuffer.allocate(BYTES), (long) i * BYTES);
                channel.force(false);
                millis[i] = (System.nanoTime() - before) / 1e6;
            }
        } finally {
            Files.deleteIfExists(file);
        }
        return new DiskProbe(Files.getFileStore(directory).type(), new Sample(millis).median());
    }

    /** Whether what is written there survives a power loss at all. */
    boolean inMemory() {
        return fileSystem.equals("tmpfs") || fileSystem.equals("ramfs");
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "file system %s, median sync of %d KB %.2f ms", fileSystem, BYTES / 1024, syncMillis);
    }
}
