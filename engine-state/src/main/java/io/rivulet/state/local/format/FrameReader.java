package io.rivulet.state.local.format;

import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of a log or snapshot file one after the other, a window of bytes at a time. A frame is given only
 * when its checksum is right. One thread.
 */
public final class FrameReader {
    private static final int WINDOW = 1 << 20;

    private final FileAccess files;
    private final Path file;
    private final FileFormat.Kind kind;
    private final long size;
    private final CRC32C crc = new CRC32C();
    private byte[] window = new byte[0];
    private long windowStart;
    private long position;
    private long next = FileFormat.PREFIX_BYTES;
    private @Nullable FrameType type;
    private int payloadLength;

    /** Opens a file for reading; nothing is held open between calls. */
    public FrameReader(FileAccess files, Path file, FileFormat.Kind kind) {
        this.files = files;
        this.file = file;
        this.kind = kind;
        try {
            this.size = files.size(file);
        } catch (IOException e) {
            throw FileErrors.wrap("read", file, e);
        }
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** Bytes in the file. */
    public long size() {
        return size;
    }

    /**
     * Whether the file begins as its kind does.
     *
     * @throws io.rivulet.error.RivuletException CHECKPOINT_VERSION when a newer version has written it
     */
    public boolean checkPrefix() {
        fill(0, (int) Math.min(size, FileFormat.PREFIX_BYTES));
        byte[] prefix = new byte[(int) Math.min(size, FileFormat.PREFIX_BYTES)];
        System.arraycopy(window, (int) -windowStart, prefix, 0, prefix.length);
        return FileFormat.checkPrefix(kind, prefix, file);
    }

    /** Goes on with the frame that begins at a position. */
    public void seek(long frame) {
        next = frame;
    }

    /** Where the frame given last begins; after {@link #next} gave false, where reading stopped. */
    public long position() {
        return position;
    }

    /** Where the frame given last ends. */
    public long end() {
        return next;
    }

    /** Whether the last frame given ends the file. */
    public boolean atEnd() {
        return next >= size;
    }

    /** Reads the next frame; false when there is none or it is not whole. */
    public boolean next() {
        position = next;
        return valid(position);
    }

    private boolean valid(long at) {
        type = null;
        if (at + FileFormat.FRAME_OVERHEAD > size) {
            return false;
        }
        int head = fill(at, FileFormat.PAYLOAD_OFFSET);
        if (ByteReader.intAt(window, head) != FileFormat.MARKER) {
            return false;
        }
        int length = ByteReader.intAt(window, head + Integer.BYTES);
        if (length < 0 || length > FileFormat.MAX_PAYLOAD || at + FileFormat.FRAME_OVERHEAD + length > size) {
            return false;
        }
        head = fill(at, FileFormat.FRAME_OVERHEAD + length);
        crc.reset();
        crc.update(window, head + Integer.BYTES, FileFormat.PAYLOAD_OFFSET - Integer.BYTES + length);
        if ((int) crc.getValue() != ByteReader.intAt(window, head + FileFormat.PAYLOAD_OFFSET + length)) {
            return false;
        }
        type = FrameType.of(window[head + FileFormat.PAYLOAD_OFFSET - 1]);
        payloadLength = length;
        position = at;
        next = at + FileFormat.FRAME_OVERHEAD + length;
        return type != null;
    }

    /** The type of the frame given last. */
    public FrameType type() {
        FrameType given = type;
        if (given == null) {
            throw new IllegalStateException("no frame was read");
        }
        return given;
    }

    /** The payload of the frame given last; valid until the next call. */
    public ByteReader payload() {
        return new ByteReader(window, (int) (position - windowStart) + FileFormat.PAYLOAD_OFFSET, payloadLength);
    }

    /** The bytes of the frame given last, all of it (a copy). */
    public byte[] frame() {
        int from = (int) (position - windowStart);
        return Arrays.copyOfRange(window, from, from + FileFormat.FRAME_OVERHEAD + payloadLength);
    }

    /** Looks for the next whole frame that begins at a position or anywhere behind it, and gives it. */
    public boolean findFrom(long from) {
        for (long at = from; at + FileFormat.FRAME_OVERHEAD <= size; at++) {
            int head = fill(at, Integer.BYTES);
            if (window[head] == (byte) FileFormat.MARKER
                    && ByteReader.intAt(window, head) == FileFormat.MARKER
                    && valid(at)) {
                return true;
            }
        }
        return false;
    }

    /** Makes {@code length} bytes of the file from a position on lie in the window, and says where. */
    private int fill(long at, int length) {
        if (at < windowStart || at + length > windowStart + window.length) {
            int wanted = (int) Math.min(size - at, Math.max(WINDOW, length));
            try {
                window = files.read(file, at, wanted);
            } catch (IOException e) {
                throw FileErrors.wrap("read", file, e);
            }
            windowStart = at;
            if (window.length < length) {
                throw FileErrors.wrap("read", file, new IOException("it became shorter while it was read"));
            }
        }
        return (int) (at - windowStart);
    }
}
