package io.rivulet.state.local.format;

import org.jspecify.annotations.Nullable;

/** What a frame holds. The code is the byte in the file; codes are never reused. */
public enum FrameType {
    /** What a log file needs to stand alone: {@link LogHeader}. The first frame of a log file. */
    LOG_HEADER(1),
    /** The plan of a batch. */
    PLANNED(2),
    /** Changed rows of one table of one partition in one batch. */
    STATE(3),
    /** The result of a batch: its commit point. */
    PREPARED(4),
    /** The sinks have committed a batch. */
    COMMITTED(5),
    /** A snapshot is complete and may be restored from. */
    SNAPSHOT(6),
    /** Rows of a source in a batch, before its plan; since format version 3. */
    JOURNAL(7),
    /** What a snapshot file needs to stand alone: {@link SnapshotHeader}. The first frame of a snapshot file. */
    SNAPSHOT_HEADER(16),
    /** Rows of a snapshot. */
    ROWS(17),
    /** The number of rows of a snapshot. The last frame of a snapshot file. */
    SNAPSHOT_END(18);

    private static final @Nullable FrameType[] BY_CODE = new @Nullable FrameType[32];

    static {
        for (FrameType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    /** The byte in the file. */
    public int code() {
        return code;
    }

    /** The type of a code, or null when this build knows none. */
    static @Nullable FrameType of(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
