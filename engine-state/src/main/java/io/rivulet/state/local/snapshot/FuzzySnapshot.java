package io.rivulet.state.local.snapshot;

import io.rivulet.file.FileAccess;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableChange;
import io.rivulet.state.TableSpec;
import io.rivulet.state.local.format.CheckpointFiles;
import io.rivulet.state.local.format.Generation;
import io.rivulet.state.local.format.SnapshotHeader;
import io.rivulet.state.local.format.SnapshotRecord;
import io.rivulet.streaming.CheckpointLog.OwnedTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot in the making. At the end of every batch the batch's thread copies the next rows ({@link #step}); the
 * executor encodes, writes and at last syncs them. While it is busy with one piece no further one is copied, so that at
 * most one piece is held in memory.
 *
 * <p>{@code step}, {@link #copies} and {@link #record} are for the batch's thread; the executor must run one task at a
 * time, in order.
 */
public final class FuzzySnapshot {
    private static final int CHUNK_ROWS = 4096;
    private static final int STEP_ROWS = 64 << 10;
    private static final long STEP_BYTES = 4 << 20;

    /** Where it is. */
    public enum Progress {
        COPYING,
        DONE,
        FAILED
    }

    private record Piece(int table, TableChange.PutRows rows) {}

    private final FileAccess files;
    private final CheckpointFiles paths;
    private final Executor executor;
    private final AtomicLong bytesWritten;
    private final Generation generation;
    private final long version;
    private final String queryId;
    private final List<OwnedTable> tables;
    private final List<StateTable.Cursor> cursors = new ArrayList<>();
    private final List<SnapshotWriter> writers = new ArrayList<>();
    private int table;
    private boolean copied;
    private long endVersion;
    private volatile boolean busy;
    private volatile Progress progress = Progress.COPYING;
    private volatile @Nullable Exception failure;
    private long bytes;

    /**
     * Begins a snapshot; nothing is copied or written yet.
     *
     * @param version the state version now
     */
    public FuzzySnapshot(
            FileAccess files,
            CheckpointFiles paths,
            String queryId,
            Generation generation,
            long version,
            List<OwnedTable> tables,
            Executor executor,
            AtomicLong bytesWritten) {
        this.files = files;
        this.paths = paths;
        this.queryId = queryId;
        this.generation = generation;
        this.version = version;
        this.tables = List.copyOf(tables);
        this.executor = executor;
        this.bytesWritten = bytesWritten;
        for (OwnedTable owned : tables) {
            cursors.add(owned.table().cursor());
        }
    }

    /** The state version when it began. */
    public long version() {
        return version;
    }

    /** Where it is. */
    public Progress progress() {
        return progress;
    }

    /** Why it failed, or null. */
    public @Nullable Exception failure() {
        return failure;
    }

    /** Whether it copies these very tables; tables that were loaded anew need a new snapshot. */
    public boolean copies(List<OwnedTable> now) {
        if (now.size() != tables.size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).table() != tables.get(i).table()) {
                return false;
            }
        }
        return true;
    }

    /** Copies the next rows, a bounded amount, unless those before are still being written. */
    public void step(long stateVersion) {
        if (copied || busy || progress != Progress.COPYING) {
            return;
        }
        List<Piece> pieces = new ArrayList<>();
        int rows = 0;
        long size = 0;
        while (table < cursors.size() && rows < STEP_ROWS && size < STEP_BYTES) {
            TableChange.PutRows next = cursors.get(table).next(CHUNK_ROWS);
            if (next == null) {
                table++;
            } else {
                pieces.add(new Piece(table, next));
                rows += next.rows().size();
                size += next.rows().retainedBytes();
            }
        }
        copied = table == cursors.size();
        endVersion = stateVersion;
        busy = true;
        boolean last = copied;
        executor.execute(() -> write(pieces, last));
    }

    private void write(List<Piece> pieces, boolean last) {
        try {
            if (writers.isEmpty() && !tables.isEmpty()) {
                open();
            }
            for (Piece piece : pieces) {
                writers.get(piece.table()).put(piece.rows());
            }
            if (last) {
                finish();
            }
        } catch (IOException | RuntimeException e) {
            failure = e;
            closeWriters();
            progress = Progress.FAILED;
        }
        busy = false;
    }

    private void open() throws IOException {
        for (OwnedTable owned : tables) {
            TableSpec spec = owned.table().spec();
            files.createDirectories(paths.snapshots(spec.operator()));
            writers.add(new SnapshotWriter(
                    files,
                    paths.snapshot(spec.operator(), generation, owned.partition(), version),
                    new SnapshotHeader(queryId, generation, version, owned.partition(), spec)));
        }
    }

    private void finish() throws IOException {
        Set<Path> directories = new LinkedHashSet<>();
        for (SnapshotWriter writer : writers) {
            bytes += writer.finish();
            directories.add(writer.directory());
        }
        if (!writers.isEmpty()) {
            // every time: an earlier snapshot may have made the directories and failed before it could sync them
            directories.add(paths.snapshots());
            directories.add(paths.root());
        }
        for (Path directory : directories) {
            files.syncDirectory(directory);
        }
        bytesWritten.addAndGet(bytes);
        progress = Progress.DONE;
    }

    private void closeWriters() {
        for (SnapshotWriter writer : writers) {
            try {
                writer.abandon();
            } catch (IOException e) {
                Exception first = failure;
                if (first != null && first != e) {
                    first.addSuppressed(e);
                }
            }
        }
    }

    /** Gives up a snapshot that is not done; its drafts stay until the next opening. */
    public void abandon() {
        executor.execute(() -> {
            if (progress == Progress.COPYING) {
                progress = Progress.FAILED;
                closeWriters();
            }
        });
    }

    /** What the log says about it once it is done. */
    public SnapshotRecord record() {
        return new SnapshotRecord(
                generation,
                version,
                endVersion,
                bytes,
                SnapshotRecord.names(
                        tables.stream().map(t -> t.table().spec()).distinct().toList()));
    }
}
