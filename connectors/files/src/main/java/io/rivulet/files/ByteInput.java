package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import io.rivulet.file.FileErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The bytes of a file's records, in order: those of the file, or, when its name ends with {@code .gz}, what they
 * decompress to. Positions count decompressed bytes; a position inside compressed data is reached by reading up to it.
 * One thread.
 */
interface ByteInput extends AutoCloseable {
    /** Where the bytes of a compressed file end: only reading to the end tells. */
    long UNKNOWN_END = Long.MAX_VALUE;

    /**
     * Reads at least one byte.
     *
     * @return how many were read, or -1 at the end
     */
    int read(byte[] into, int offset, int length);

    /** Where the next byte to read lies. */
    long position();

    /** Gives back the last bytes that were read; they are read again next. */
    void unread(byte[] bytes, int from, int to);

    @Override
    void close();

    /** Opens inputs. */
    interface Opener {
        /** Opens a file at a position. */
        ByteInput open(Path file, long from);
    }

    /** Whether a file is decompressed while it is read; Spark decides by the name too. */
    static boolean isCompressed(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".gz");
    }

    /** Opens a file at a position. */
    static ByteInput open(Path file, long from) {
        try {
            if (!isCompressed(file.toString())) {
                return new Plain(file, FileChannel.open(file, StandardOpenOption.READ), from);
            }
            return Gzip.open(file, from);
        } catch (NoSuchFileException e) {
            throw FileEntry.missing(file.toString());
        } catch (IOException e) {
            throw FileErrors.wrap("open", file, e);
        }
    }

    /** A file as it is. */
    final class Plain implements ByteInput {
        private final Path file;
        private final FileChannel channel;
        private long position;

        private Plain(Path file, FileChannel channel, long from) {
            this.file = file;
            this.channel = channel;
            this.position = from;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            try {
                int read = channel.read(ByteBuffer.wrap(into, offset, length), position);
                position += Math.max(0, read);
                return read;
            } catch (IOException e) {
                throw FileErrors.wrap("read", file, e);
            }
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void unread(byte[] bytes, int from, int to) {
            position -= to - from;
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw FileErrors.wrap("close", file, e);
            }
        }
    }

    /** A gzip file, of one member or several. */
    final class Gzip implements ByteInput {
        private static final int BUFFER = 1 << 16;

        private final Path file;
        private final InputStream stream;
        private long position;
        /** Read from the stream and given back, from {@code backAt} on. */
        private byte[] back = new byte[0];

        private int backAt;

        private Gzip(Path file, InputStream stream) {
            this.file = file;
            this.stream = stream;
        }

        static Gzip open(Path file, long from) throws IOException {
            InputStream raw = Files.newInputStream(file);
            try {
                Gzip input = new Gzip(file, new GZIPInputStream(raw, BUFFER));
                input.skip(from);
                return input;
            } catch (ZipException | EOFException e) {
                raw.close();
                throw damaged(file, 0, e);
            } catch (IOException | RuntimeException e) {
                raw.close();
                throw e;
            }
        }

        private void skip(long bytes) {
            byte[] skipped = new byte[(int) Math.min(BUFFER, bytes)];
            while (position < bytes) {
                if (read(skipped, 0, (int) Math.min(skipped.length, bytes - position)) < 0) {
                    throw FileEntry.changed(file.toString(), bytes, position);
                }
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int again = Math.min(back.length - backAt, length);
            if (again > 0) {
                System.arraycopy(back, backAt, into, offset, again);
                backAt += again;
                position += again;
                return again;
            }
            try {
                int read = stream.read(into, offset, length);
                position += Math.max(0, read);
                return read;
            } catch (ZipException | EOFException e) {
                throw damaged(file, position, e);
            } catch (IOException e) {
                throw FileErrors.wrap("read", file, e);
            }
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void unread(byte[] bytes, int from, int to) {
            int count = to - from;
            byte[] all = Arrays.copyOfRange(bytes, from, to + back.length - backAt);
            System.arraycopy(back, backAt, all, count, back.length - backAt);
            back = all;
            backAt = 0;
            position -= count;
        }

        private static RuntimeException damaged(Path file, long position, IOException e) {
            return ErrorCode.MALFORMED_FILE.error(
                    file + ": behind " + position + " decompressed bytes this is no gzip data, or it is cut off ("
                            + e.getMessage() + "). Bring a whole copy under another name and take this one away, or"
                            + " rename it if it is not compressed",
                    e);
        }

        @Override
        public void close() {
            try {
                stream.close();
            } catch (IOException e) {
                throw FileErrors.wrap("close", file, e);
            }
        }
    }
}
