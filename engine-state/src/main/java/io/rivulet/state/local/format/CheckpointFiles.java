package io.rivulet.state.local.format;

import io.rivulet.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where things lie in a checkpoint directory.
 *
 * @param root the directory
 */
public record CheckpointFiles(Path root) {
    private static final int LONGEST_NAME = 200;
    private static final Pattern LOG_NAME = Pattern.compile("(\\d{1,18})-(\\d{1,18})\\.log");
    private static final Pattern SNAPSHOT_NAME = Pattern.compile("(\\d{1,9})-(\\d{1,9})-(\\d{1,18})\\.snapshot");

    /**
     * A log file.
     *
     * @param firstBatch the first batch it can hold
     * @param epoch the opening of the checkpoint that wrote it
     */
    public record LogFile(Path path, long firstBatch, long epoch) {
        /** The order in which log files were written. */
        public static final Comparator<LogFile> WRITTEN =
                Comparator.comparingLong(LogFile::epoch).thenComparingLong(LogFile::firstBatch);

        /** The log file of a path, or null when its name is not one. */
        public static @Nullable LogFile of(Path path) {
            Matcher m = LOG_NAME.matcher(path.getFileName().toString());
            return m.matches() ? new LogFile(path, Long.parseLong(m.group(1)), Long.parseLong(m.group(2))) : null;
        }
    }

    /** A snapshot file: one table of one partition. */
    public record SnapshotFile(Path path, int generation, int partition, long version) {
        /** The snapshot file of a path, or null when its name is not one. */
        public static @Nullable SnapshotFile of(Path path) {
            Matcher m = SNAPSHOT_NAME.matcher(path.getFileName().toString());
            return m.matches()
                    ? new SnapshotFile(
                            path,
                            Integer.parseInt(m.group(1)),
                            Integer.parseInt(m.group(2)),
                            Long.parseLong(m.group(3)))
                    : null;
        }

        /** Whether it is part of a snapshot. */
        public boolean belongsTo(SnapshotRecord snapshot) {
            return generation == snapshot.generation().number()
                    && partition < snapshot.generation().partitions()
                    && version == snapshot.version();
        }
    }

    /** What the query is. */
    public Path query() {
        return root.resolve("query.json");
    }

    /** {@link #query} while it is written. */
    public Path queryDraft() {
        return root.resolve("query.json.tmp");
    }

    /** Held by the process that uses the checkpoint. */
    public Path lock() {
        return root.resolve("lock");
    }

    /** The directory of log files. */
    public Path logs() {
        return root.resolve("log");
    }

    /** A log file. */
    public Path log(long firstBatch, long epoch) {
        return logs().resolve(firstBatch + "-" + epoch + ".log");
    }

    /** The directory of the tables' snapshot directories. */
    public Path snapshots() {
        return root.resolve("snapshots");
    }

    /** The directory of a table's snapshots. */
    public Path snapshots(String table) {
        return snapshots().resolve(fileName(table));
    }

    /** A table's snapshot in one partition. */
    public Path snapshot(String table, Generation generation, int partition, long version) {
        return snapshots(table).resolve(generation.number() + "-" + partition + "-" + version + ".snapshot");
    }

    /** A snapshot file while it is written. */
    public static Path draft(Path snapshot) {
        return snapshot.resolveSibling(snapshot.getFileName() + ".tmp");
    }

    /** Whether a file is being written or was left behind so. */
    public static boolean isDraft(Path file) {
        return file.getFileName().toString().endsWith(".tmp");
    }

    /** What a source may keep. */
    public Path source(String id) {
        return root.resolve("sources").resolve(fileName(id));
    }

    /**
     * A name as a file name: letters, digits, {@code _} and {@code -} as they are, dots inside, the rest as %hex. Of one
     * too long for file systems the beginning is left, and a digest of all of it.
     */
    private static String fileName(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '-'
                    || (c == '.' && out.length() > 0);
            if (plain) {
                out.append(c);
            } else {
                out.append('%').append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            }
        }
        if (out.length() > LONGEST_NAME) {
            return out.substring(0, LONGEST_NAME - 2 * Long.BYTES - 1) + "%" + digest(name);
        }
        return out.length() == 0 ? "%" : out.toString();
    }

    private static String digest(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, Long.BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw ErrorCode.INTERNAL.error("this JDK has no SHA-256", e);
        }
    }
}
