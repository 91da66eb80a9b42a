package io.rivulet.state.local.log;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import io.rivulet.state.local.format.BatchCodec;
import io.rivulet.state.local.format.CheckpointFiles;
import io.rivulet.state.local.format.FileFormat;
import io.rivulet.state.local.format.FrameBuffer;
import io.rivulet.state.local.format.FrameType;
import io.rivulet.state.local.format.LogHeader;
import io.rivulet.state.local.format.SnapshotRecord;
import io.rivulet.streaming.BatchPlan;
import io.rivulet.streaming.BatchResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Appends frames to the log. What is appended is gathered in memory and written with the next {@link #sync}, in one
 * call when it is small; everything written before a sync is durable after it.
 *
 * <pre>
 * file      := prefix log-header frame*                     {@link FileFormat}, {@link LogHeader}
 * journal   := varint (batch) text (source) rows            as its source encodes them, to the end of the payload
 * planned   := back plan                                    {@link BatchCodec}
 * state     := varint (batch) varint (table) varint (partition) change*
 * prepared  := back result varint (number of state frames)
 * committed := back varint (batch)
 * snapshot  := back snapshot-record                         {@link SnapshotRecord}
 * back      := varint: bytes before this frame that were not yet durable when it was written
 * </pre>
 *
 * The journal frames of a batch come before its plan, so that a whole plan has all of them; those without a plan behind
 * them in the same file count for nothing.
 *
 * <p>{@code back} tells a torn end from damage: bytes that a later whole frame knows to have been durable must be whole.
 *
 * <p>After a failed write or sync nobody knows what is in the file: the writer is broken and refuses everything. One
 * thread.
 */
public final class LogWriter {
    private static final int GATHERED = 256 << 10;
    private static final int COPIED = 64 << 10;
    private static final int KEPT = 1 << 20;

    private final FileAccess files;
    private final CheckpointFiles paths;
    private final AtomicLong bytesWritten;
    private FrameBuffer pending = new FrameBuffer(4 << 10);
    private FileAccess.@Nullable Output output;
    private Path file;
    private boolean named;
    private long written;
    private long durable;
    private @Nullable RivuletException broken;

    /** A writer without a file; {@code bytesWritten} counts what goes to disk. */
    public LogWriter(FileAccess files, CheckpointFiles paths, AtomicLong bytesWritten) {
        this.files = files;
        this.paths = paths;
        this.file = paths.logs();
        this.bytesWritten = bytesWritten;
    }

    /** Whether a file has been begun. */
    public boolean isOpen() {
        return output != null;
    }

    /** Whether something waits for the next sync. */
    public boolean hasPending() {
        return pending.size() > 0 || written > durable;
    }

    /** Whether an earlier failure has made the log unusable. */
    public boolean isBroken() {
        return broken != null;
    }

    /** Bytes of the current file, those that wait included. */
    public long fileBytes() {
        return written + pending.size();
    }

    /** Begins a new file; its header waits for the next sync. */
    public void open(long firstBatch, LogHeader header) {
        refuseIfBroken();
        file = paths.log(firstBatch, header.epoch());
        try {
            output = files.create(file);
        } catch (IOException e) {
            throw breakWith("create", e);
        }
        named = false;
        written = 0;
        durable = 0;
        FileFormat.writePrefix(FileFormat.Kind.LOG, pending);
        header.write(pending);
    }

    /** Appends rows of a source, before the plan of their batch. */
    public void journal(long batch, String source, byte[] rows) {
        refuseIfBroken();
        FrameBuffer frame = new FrameBuffer(rows.length + 64 + 3 * source.length());
        frame.beginFrame(FrameType.JOURNAL);
        frame.putVarint(batch);
        frame.putText(source);
        frame.putBytes(rows, 0, rows.length);
        frame.endFrame();
        state(frame.array(), frame.size());
    }

    /** Appends the plan of a batch. */
    public void planned(BatchPlan plan) {
        begin(FrameType.PLANNED);
        BatchCodec.writePlan(plan, pending);
        pending.endFrame();
    }

    /** Appends a whole state or journal frame, encoded elsewhere: the first {@code length} bytes. */
    public void state(byte[] frame, int length) {
        refuseIfBroken();
        if (length <= COPIED) {
            if (pending.size() + length > GATHERED) {
                flush();
            }
            pending.putBytes(frame, 0, length);
        } else {
            flush();
            write(ByteBuffer.wrap(frame, 0, length));
        }
    }

    /** Appends the result of a batch. */
    public void prepared(BatchResult result, int stateFrames) {
        begin(FrameType.PREPARED);
        BatchCodec.writeResult(result, true, pending);
        pending.putVarint(stateFrames);
        pending.endFrame();
    }

    /** Appends that a batch is committed. */
    public void committed(long batch) {
        begin(FrameType.COMMITTED);
        pending.putVarint(batch);
        pending.endFrame();
    }

    /** Appends that a snapshot is complete. */
    public void snapshot(SnapshotRecord snapshot) {
        begin(FrameType.SNAPSHOT);
        snapshot.write(pending);
        pending.endFrame();
    }

    private void begin(FrameType type) {
        refuseIfBroken();
        long back = written - durable + pending.size();
        pending.beginFrame(type);
        pending.putVarint(back);
    }

    /** Writes what waits and makes the file durable, its name too. */
    public void sync() {
        flush();
        FileAccess.Output open = output;
        if (open == null || written == durable) {
            return;
        }
        try {
            open.sync();
        } catch (IOException e) {
            throw breakWith("sync", e);
        }
        if (!named) {
            try {
                files.syncDirectory(paths.logs());
            } catch (IOException e) {
                throw breakWith("sync the directory of", e);
            }
            named = true;
        }
        durable = written;
    }

    /** Hands what waits to the operating system, without making it durable. */
    public void flush() {
        if (pending.size() > 0) {
            write(pending.view());
            if (pending.capacity() > KEPT) {
                pending = new FrameBuffer(COPIED);
            }
            pending.clear();
        }
    }

    private void write(ByteBuffer bytes) {
        refuseIfBroken();
        FileAccess.Output open = output;
        if (open == null) {
            throw ErrorCode.INTERNAL.error("a frame was written to the log before its file was begun");
        }
        int count = bytes.remaining();
        try {
            open.write(bytes);
        } catch (IOException e) {
            throw breakWith("write", e);
        }
        written += count;
        bytesWritten.addAndGet(count);
    }

    /** Closes the file, whatever state it is in; bytes that wait are lost. A new one may be opened. */
    public void closeFile() {
        FileAccess.Output open = output;
        output = null;
        pending.clear();
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                if (broken == null) {
                    throw breakWith("close", e);
                }
            }
        }
    }

    private RivuletException breakWith(String action, IOException e) {
        RivuletException failure = FileErrors.wrap(action, file, e);
        broken = failure;
        return failure;
    }

    /** Throws when an earlier failure has made the log unusable. */
    public void refuseIfBroken() {
        RivuletException failure = broken;
        if (failure != null) {
            throw ErrorCode.IO_ERROR.error(
                    "the log " + file + " cannot be written any more after an earlier failure; start the query again",
                    failure);
        }
    }
}
