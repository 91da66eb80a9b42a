package io.rivulet.state.local.format;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * How log and snapshot files begin and what a frame looks like. All fixed-width numbers are little-endian.
 *
 * <pre>
 * file    := magic (8 bytes: "RVLTLOG\n" or "RVLTSNP\n") version (int) crc32c of those 12 bytes (int) frame*
 * frame   := marker (int 0x464C5652, "RVLF") length of the payload (int) type (byte, {@link FrameType})
 *            payload crc32c of length, type and payload (int)
 * varint  := 7 bits a byte, lowest first, the high bit set on all bytes but the last
 * zigzag  := varint of (n &lt;&lt; 1) ^ (n &gt;&gt; 63)
 * text    := varint of the number of bytes, UTF-8
 * </pre>
 *
 * The marker lets a reader find the frames behind a damaged one, and so tell a torn end from damage.
 */
public final class FileFormat {
    /** The format version this build writes, and the newest it reads. Version 3 has {@link FrameType#JOURNAL}. */
    public static final int VERSION = 3;

    private static final int OLDEST_VERSION = 2;

    /** Bytes before the first frame. */
    public static final int PREFIX_BYTES = 16;

    /** Bytes of a frame around its payload. */
    public static final int FRAME_OVERHEAD = 13;

    static final int MARKER = 0x464C5652;
    static final int PAYLOAD_OFFSET = 9;

    /** The largest payload: a length beyond it is damage. */
    static final int MAX_PAYLOAD = 1 << 30;

    /** The kinds of file. */
    public enum Kind {
        LOG("RVLTLOG\n"),
        SNAPSHOT("RVLTSNP\n");

        private final String magic;

        Kind(String magic) {
            this.magic = magic;
        }

        private byte[] bytes() {
            return magic.getBytes(StandardCharsets.US_ASCII);
        }
    }

    private FileFormat() {}

    /** Appends what stands before the first frame. */
    public static void writePrefix(Kind kind, FrameBuffer out) {
        int start = out.size();
        byte[] magic = kind.bytes();
        out.putBytes(magic, 0, magic.length);
        out.putInt(VERSION);
        CRC32C crc = new CRC32C();
        crc.update(out.array(), start, PREFIX_BYTES - Integer.BYTES);
        out.putInt((int) crc.getValue());
    }

    /**
     * Checks what stands before the first frame.
     *
     * @param prefix the first bytes of the file, at most {@link #PREFIX_BYTES}
     * @return whether it is whole
     * @throws RivuletException CHECKPOINT_VERSION when a newer version has written it
     */
    public static boolean checkPrefix(Kind kind, byte[] prefix, Path file) {
        if (prefix.length < PREFIX_BYTES) {
            return false;
        }
        byte[] magic = kind.bytes();
        for (int i = 0; i < magic.length; i++) {
            if (prefix[i] != magic[i]) {
                return false;
            }
        }
        CRC32C crc = new CRC32C();
        crc.update(prefix, 0, PREFIX_BYTES - Integer.BYTES);
        if ((int) crc.getValue() != ByteReader.intAt(prefix, PREFIX_BYTES - Integer.BYTES)) {
            return false;
        }
        int version = ByteReader.intAt(prefix, magic.length);
        if (!reads(version)) {
            throw newer(file, version);
        }
        return true;
    }

    /** Whether this build reads files of a version. */
    public static boolean reads(int version) {
        return version >= OLDEST_VERSION && version <= VERSION;
    }

    /** The error for a file that another version has written. */
    public static RivuletException newer(Path file, int version) {
        return ErrorCode.CHECKPOINT_VERSION.error(file + " has format version " + version
                + ", this build reads versions " + OLDEST_VERSION + " to " + VERSION
                + "; run the query with the build that wrote it");
    }

    /** The error for a file that is damaged. */
    public static RivuletException corrupt(Path file, long position, String what) {
        return ErrorCode.CHECKPOINT_CORRUPT.error(file + " is damaged at byte " + position + ": " + what
                + "; restore the checkpoint from a copy, or start with a new checkpoint directory");
    }
}
