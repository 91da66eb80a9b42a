package io.rivulet.state.local;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.file.FileAccess;
import io.rivulet.state.StateStore;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableChange;
import io.rivulet.state.TableSpec;
import io.rivulet.state.local.format.BufferPool;
import io.rivulet.state.local.format.ChangeCodec;
import io.rivulet.state.local.format.CheckpointFiles;
import io.rivulet.state.local.format.FrameBuffer;
import io.rivulet.state.local.format.FrameType;
import io.rivulet.state.local.format.Generation;
import io.rivulet.state.local.format.SnapshotRecord;
import io.rivulet.state.local.log.LogIndex;
import io.rivulet.state.local.log.LogScan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a checkpoint: read from its snapshots and log, staged as encoded frames. Thread-safe. */
final class LocalStateStore implements StateStore {
    private static final Logger LOG = LoggerFactory.getLogger(LocalStateStore.class);
    private static final int FRAME_BYTES = 1 << 20;
    private static final long POOLED_BYTES = 32 << 20;

    /** The encoded changes of one table: whole state frames. */
    record Staged(long batch, List<FrameBuffer> frames) implements StagedChanges {
        @Override
        public long bytes() {
            long bytes = 0;
            for (FrameBuffer frame : frames) {
                bytes += frame.size();
            }
            return bytes;
        }
    }

    private final FileAccess files;
    private final CheckpointFiles paths;
    private final String queryId;
    private final Map<String, Integer> tables = new HashMap<>();
    private final BufferPool buffers = new BufferPool(POOLED_BYTES);
    private final Set<SnapshotRecord> damagedSnapshots = new HashSet<>();
    private final Generation generation;
    private @Nullable LogIndex index;

    LocalStateStore(
            FileAccess files,
            CheckpointFiles paths,
            String queryId,
            List<TableSpec> specs,
            LogIndex index,
            Generation generation) {
        this.files = files;
        this.paths = paths;
        this.queryId = queryId;
        this.index = index;
        this.generation = generation;
        for (TableSpec spec : specs) {
            if (tables.put(spec.operator(), tables.size()) != null) {
                throw ErrorCode.INTERNAL.error("two state tables are called '" + spec.operator() + "'");
            }
        }
    }

    /** The log has gone on: what was known of it is out of date. */
    synchronized void logChanged() {
        index = null;
    }

    /** Whether a table could not be read from a snapshot. */
    synchronized boolean isDamaged(SnapshotRecord snapshot) {
        return damagedSnapshots.contains(snapshot);
    }

    private synchronized LogIndex index() {
        LogIndex known = index;
        if (known == null) {
            known = new LogScan(files, paths, queryId).index();
            index = known;
        }
        return known;
    }

    /** Falls back from a damaged snapshot to the one before it, once for all tables. */
    private synchronized LogIndex olderIndex(LogIndex damaged, RivuletException damage) {
        LogIndex known = index;
        if (known != null && known != damaged) {
            return known;
        }
        SnapshotRecord base = damaged.base();
        if (base == null) {
            throw damage;
        }
        damagedSnapshots.add(base);
        SnapshotRecord older = null;
        for (SnapshotRecord snapshot : damaged.snapshots()) {
            if (snapshot.version() < base.version() && (older == null || snapshot.version() > older.version())) {
                older = snapshot;
            }
        }
        LogIndex reached;
        try {
            reached = new LogScan(files, paths, queryId).index(older);
        } catch (RivuletException e) {
            damage.addSuppressed(e);
            throw damage;
        }
        LOG.warn(
                "checkpoint {}: {} Restoring from {} and the log instead",
                paths.root(),
                damage.getMessage(),
                older == null ? "the first batch" : "the snapshot of version " + older.version());
        index = reached;
        return reached;
    }

    @Override
    public void load(StateTable table, int partition) {
        LogIndex from = index();
        while (true) {
            try {
                new TableRestore(files, paths, queryId, from, generation).restore(table, partition);
                table.clearChanges();
                return;
            } catch (RivuletException e) {
                if (e.code() != ErrorCode.CHECKPOINT_CORRUPT) {
                    throw e;
                }
                table.clear();
                from = olderIndex(from, e);
            }
        }
    }

    @Override
    public Staged stage(long batchId, StateTable table, int partition) {
        Integer number = tables.get(table.spec().operator());
        if (number == null) {
            throw ErrorCode.INTERNAL.error(
                    "the state table '" + table.spec().operator() + "' is not in the query's description");
        }
        Stager stager = new Stager(batchId, number, partition);
        table.forEachChange(stager::add);
        return stager.finish();
    }

    /** Packs changes into frames of about a megabyte. */
    private final class Stager {
        private final long batch;
        private final int table;
        private final int partition;
        private final List<FrameBuffer> frames = new ArrayList<>(1);
        private final ChangeCodec codec = new ChangeCodec();
        private @Nullable FrameBuffer open;

        Stager(long batch, int table, int partition) {
            this.batch = batch;
            this.table = table;
            this.partition = partition;
        }

        void add(TableChange change) {
            FrameBuffer frame = open;
            if (frame == null) {
                frame = buffers.take();
                frame.beginFrame(FrameType.STATE);
                frame.putVarint(batch);
                frame.putVarint(table);
                frame.putVarint(partition);
                open = frame;
            }
            codec.write(change, frame);
            if (frame.size() >= FRAME_BYTES) {
                close(frame);
            }
        }

        private void close(FrameBuffer frame) {
            frame.endFrame();
            frames.add(frame);
            open = null;
        }

        Staged finish() {
            FrameBuffer frame = open;
            if (frame != null) {
                close(frame);
            }
            return new Staged(batch, frames);
        }
    }

    /** The frames are in the log. */
    void recycle(Staged staged) {
        for (FrameBuffer frame : staged.frames()) {
            buffers.give(frame);
        }
    }
}
