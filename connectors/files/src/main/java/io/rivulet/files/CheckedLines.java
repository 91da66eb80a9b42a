package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.file.DurableDirectories;
import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An append-only text file of checksummed lines, for what a connector must remember. One thread.
 *
 * <p>Layout: every line is {@code <payload> TAB <CRC32C of the payload, 8 hex digits> LF}, in UTF-8; the first payload
 * is {@code <magic> <version>}. A payload holds neither TAB nor LF.
 *
 * <p>What a reader makes of damage: bytes behind the last complete line, that is without LF or with NUL bytes in them
 * (a block that was allocated and never written), are the rest of an append that was never synced, and are dropped.
 * Any other line whose checksum is wrong is {@code CHECKPOINT_CORRUPT}; a greater version is
 * {@code CHECKPOINT_VERSION}.
 *
 * <p>After an append has failed nobody knows what the file holds, and a failed sync must not be repeated: the next
 * append then waits for {@link #rewrite}.
 */
final class CheckedLines implements AutoCloseable {
    private static final int CHECKSUM_LENGTH = 8;

    private final FileAccess files;
    private final Path file;
    private final String magic;
    private final int version;
    private FileAccess.@Nullable Output output;
    private boolean broken;

    private CheckedLines(FileAccess files, Path file, String magic, int version) {
        this.files = files;
        this.file = file;
        this.magic = magic;
        this.version = version;
    }

    /**
     * Opens a file, or none yet: it is made by the first {@link #rewrite}. What it holds is durable on return.
     *
     * @param payloads receives the payloads behind the header, in order
     * @param version the newest version that can be read, and the one that is written
     */
    static CheckedLines open(FileAccess files, Path file, String magic, int version, List<String> payloads) {
        CheckedLines lines = new CheckedLines(files, file, magic, version);
        try {
            if (!files.exists(file)) {
                lines.broken = true;
                return lines;
            }
            int good = lines.read(files.read(file), payloads);
            if (good == 0) {
                lines.broken = true; // not even a header: begin anew
            } else {
                // whoever wrote it may have died, or failed, between a write and its sync
                lines.rewrite(payloads);
            }
            return lines;
        } catch (IOException e) {
            throw FileErrors.wrap("read", file, e);
        }
    }

    /**
     * The payloads of a file that somebody else may be appending to: what is complete, without touching the rest. None
     * when there is no file.
     */
    static List<String> look(FileAccess files, Path file, String magic, int version) {
        CheckedLines lines = new CheckedLines(files, file, magic, version);
        List<String> payloads = new ArrayList<>();
        try {
            if (files.exists(file)) {
                lines.read(files.read(file), payloads);
            }
            return payloads;
        } catch (IOException e) {
            throw FileErrors.wrap("read", file, e);
        }
    }

    private int read(byte[] content, List<String> payloads) {
        int start = 0;
        boolean header = true;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (end == content.length) {
                return start;
            }
            String payload = payload(content, start, end);
            if (payload == null) {
                if (hasNul(content, start)) {
                    return start;
                }
                throw corrupt(start, "the checksum of the line is wrong");
            }
            if (header) {
                checkHeader(payload, start);
                header = false;
            } else {
                payloads.add(payload);
            }
            start = end + 1;
        }
        return start;
    }

    private static boolean hasNul(byte[] content, int from) {
        for (int i = from; i < content.length; i++) {
            if (content[i] == 0) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String payload(byte[] content, int start, int end) {
        int tab = end - CHECKSUM_LENGTH - 1;
        if (tab < start || content[tab] != '\t') {
            return null;
        }
        String checksum = new String(content, tab + 1, CHECKSUM_LENGTH, StandardCharsets.UTF_8);
        return checksum.equals(checksum(content, start, tab - start))
                ? new String(content, start, tab - start, StandardCharsets.UTF_8)
                : null;
    }

    private void checkHeader(String header, int position) {
        String[] words = header.split(" ", -1);
        if (words.length != 2 || !words[0].equals(magic)) {
            throw corrupt(position, "it does not begin with '" + magic + "'");
        }
        int found = Integer.parseInt(words[1]);
        if (found > version) {
            throw ErrorCode.CHECKPOINT_VERSION.error(file + " has format version " + found + ", this build reads up to "
                    + version + "; use a newer build");
        }
    }

    RivuletException corrupt(long position, String what) {
        return ErrorCode.CHECKPOINT_CORRUPT.error(file + ", byte " + position + ": " + what
                + "; restore the directory from a copy, or start with a new one");
    }

    Path file() {
        return file;
    }

    /** Whether the file must be written anew by {@link #rewrite} before the next {@link #append}. */
    boolean broken() {
        return broken;
    }

    /** Appends lines and makes them durable. */
    void append(List<String> payloads) {
        if (broken) {
            throw ErrorCode.INTERNAL.error("append to " + file + " before it was written anew");
        }
        broken = true;
        try {
            FileAccess.Output open = output;
            if (open == null) {
                open = files.append(file);
                output = open;
            }
            open.write(ByteBuffer.wrap(encode(payloads)));
            open.sync();
            broken = false;
        } catch (IOException e) {
            throw FileErrors.wrap("append to", file, e);
        }
    }

    /** Replaces the file, atomically, by one that holds the header and these lines; durable on return. */
    void rewrite(List<String> payloads) {
        broken = true;
        close();
        Path directory = directory();
        Path fresh = directory.resolve(file.getFileName() + ".new");
        try {
            DurableDirectories.create(files, directory);
            files.delete(fresh);
            List<String> all = new ArrayList<>(payloads.size() + 1);
            all.add(magic + " " + version);
            all.addAll(payloads);
            try (FileAccess.Output out = files.create(fresh)) {
                out.write(ByteBuffer.wrap(encode(all)));
                out.sync();
            }
            files.rename(fresh, file);
            files.syncDirectory(directory);
            broken = false;
        } catch (IOException e) {
            throw FileErrors.wrap("write", file, e);
        }
    }

    private Path directory() {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw ErrorCode.INTERNAL.error(file + " lies in no directory");
        }
        return parent;
    }

    private static byte[] encode(List<String> payloads) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String payload : payloads) {
            byte[] utf8 = payload.getBytes(StandardCharsets.UTF_8);
            bytes.writeBytes(utf8);
            bytes.write('\t');
            bytes.writeBytes(checksum(utf8, 0, utf8.length).getBytes(StandardCharsets.UTF_8));
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    private static String checksum(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return hex((int) crc.getValue());
    }

    /** Eight hex digits. */
    static String hex(int value) {
        String digits = Integer.toHexString(value);
        return "0".repeat(8 - digits.length()) + digits;
    }

    @Override
    public void close() {
        FileAccess.Output open = output;
        output = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw FileErrors.wrap("close", file, e);
            }
        }
    }
}
