package io.rivulet.state.local;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.file.DirectoryLock;
import io.rivulet.file.FileAccess;
import io.rivulet.state.KeyHash;
import io.rivulet.state.StateStore;
import io.rivulet.state.TableSpec;
import io.rivulet.state.local.format.CheckpointFiles;
import io.rivulet.state.local.format.FileFormat;
import io.rivulet.state.local.format.FrameBuffer;
import io.rivulet.state.local.format.FrameReader;
import io.rivulet.state.local.format.Generation;
import io.rivulet.state.local.format.LogHeader;
import io.rivulet.state.local.format.SnapshotRecord;
import io.rivulet.state.local.format.Standing;
import io.rivulet.state.local.log.LogIndex;
import io.rivulet.state.local.log.LogIndex.JournalRef;
import io.rivulet.state.local.log.LogScan;
import io.rivulet.state.local.log.LogWriter;
import io.rivulet.state.local.snapshot.FuzzySnapshot;
import io.rivulet.streaming.BatchPlan;
import io.rivulet.streaming.BatchResult;
import io.rivulet.streaming.CheckpointLog;
import io.rivulet.streaming.QueryDescription;
import io.rivulet.streaming.RecoveredLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint in a directory. Every opening is an epoch with log files of its own, begun when there is first something
 * to write. A log file is also begun when a snapshot begins, so that what a snapshot makes superfluous is whole files.
 */
final class LocalCheckpointLog implements CheckpointLog {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCheckpointLog.class);

    /** When the log calls for a snapshot, and how large a file becomes. */
    record Limits(long snapshotBytes, int snapshotFiles, long fileBytes) {
        static final Limits DEFAULT = new Limits(8 << 20, 32, 64 << 20);
    }

    private final FileAccess files;
    private final CheckpointFiles paths;
    private final DirectoryLock lock;
    private final QueryFile query;
    private final List<TableSpec> specs;
    private final Limits limits;
    private final SnapshotThread thread;
    private final RecoveredLog recovered;
    private final LocalStateStore store;
    private final AtomicLong bytesWritten = new AtomicLong();
    private final LogWriter writer;
    private final long epoch;
    private final List<SnapshotRecord> snapshots;
    private final List<JournalRef> journal;
    private final @Nullable Generation storedGeneration;
    private Generation generation;
    private Standing standing;
    private @Nullable FuzzySnapshot snapshot;
    private boolean settled;
    private boolean superfluous;
    private long fileFirstBatch;
    private long logBytes;
    private long bytesAtBegin;
    private int logFiles;
    private boolean closed;

    LocalCheckpointLog(
            FileAccess files,
            CheckpointFiles paths,
            DirectoryLock lock,
            QueryFile query,
            QueryDescription description,
            LogScan scan,
            LogIndex index,
            Limits limits,
            SnapshotThread thread) {
        this.files = files;
        this.paths = paths;
        this.lock = lock;
        this.query = query;
        this.specs = description.tables();
        this.limits = limits;
        this.thread = thread;
        this.epoch = scan.lastEpoch() + 1;
        this.standing = index.standing();
        this.snapshots = new ArrayList<>(index.snapshots());
        this.journal = index.journal();
        this.superfluous = !snapshots.isEmpty(); // what a run that was killed did not come to delete
        this.logBytes = index.logBytes();
        this.logFiles = index.logFiles();
        LogHeader last = index.lastHeader();
        this.storedGeneration = last == null ? null : last.generation();
        this.generation = generation(storedGeneration, description.partitions(), standing.lastBatch() + 1);
        this.settled = storedGeneration == null
                || storedGeneration.number() == generation.number()
                || standing.lastBatch() < 0
                || specs.isEmpty();
        this.store = new LocalStateStore(files, paths, query.queryId(), specs, index, generation);
        this.writer = new LogWriter(files, paths, bytesWritten);
        this.recovered = new RecoveredLog(
                query.queryId(),
                standing.lastBatch(),
                standing.result(),
                standing.committed(),
                standing.offsets(),
                standing.planned(),
                query.watermarkPolicy());
        if (!standing.committed() && last != null) {
            keepLastBatch(scan);
        }
    }

    private static Generation generation(@Nullable Generation stored, int partitions, long version) {
        if (stored == null) {
            return new Generation(0, partitions, version, KeyHash.ID);
        }
        return stored.partitions() == partitions && stored.hashId() == KeyHash.ID
                ? stored
                : new Generation(stored.number() + 1, partitions, version, KeyHash.ID);
    }

    /**
     * The last batch is whole, but its sync may have failed or not have come to an end, and its file must not be synced
     * again: its frames are written into a file of this epoch before anything relies on them.
     */
    private void keepLastBatch(LogScan scan) {
        long batch = standing.lastBatch();
        for (int i = scan.logs().size() - 1; i >= 0; i--) {
            CheckpointFiles.LogFile log = scan.logs().get(i);
            FrameReader reader = new FrameReader(files, log.path(), FileFormat.Kind.LOG);
            if (!reader.checkPrefix() || !reader.next()) {
                throw FileFormat.corrupt(log.path(), 0, "its header is not whole");
            }
            LogHeader header = LogHeader.read(reader.payload());
            if (header.standing().lastBatch() < batch) {
                copyBatch(reader, header, batch);
                store.logChanged();
                return;
            }
        }
    }

    private void copyBatch(FrameReader reader, LogHeader header, long batch) {
        Standing before = header.standing();
        List<byte[]> frames = new ArrayList<>();
        BatchPlan plan = before.planned();
        while (reader.next()) {
            switch (reader.type()) {
                case PLANNED -> {
                    plan = FrameContents.plan(reader.payload());
                    frames.clear();
                }
                case STATE -> {
                    if (FrameContents.batch(reader.payload()) == batch) {
                        frames.add(reader.frame());
                    }
                }
                case PREPARED -> {
                    BatchResult result = FrameContents.result(reader.payload());
                    if (result.batchId() < batch) {
                        before = (plan == null ? before : before.withPlan(plan))
                                .withResult(result)
                                .withCommit();
                    } else {
                        write(header, before, plan, frames, result);
                        return;
                    }
                }
                default -> {}
            }
        }
        throw FileFormat.corrupt(reader.file(), reader.position(), "batch " + batch + " is not in it");
    }

    private void write(
            LogHeader header, Standing before, @Nullable BatchPlan plan, List<byte[]> frames, BatchResult result) {
        fileFirstBatch = result.batchId();
        writer.open(
                fileFirstBatch,
                new LogHeader(header.queryId(), epoch, header.generation(), header.specs(), before, snapshots));
        if (plan != null) {
            writer.planned(plan);
        }
        for (byte[] frame : frames) {
            writer.state(frame, frame.length);
        }
        writer.prepared(result, frames.size());
        writer.sync();
        // frames that follow belong to this query's tables and partitions, not to those of the copied ones
        endFile();
    }

    @Override
    public RecoveredLog recovered() {
        return recovered;
    }

    @Override
    public StateStore state() {
        return store;
    }

    @Override
    public Path sourceDirectory(String sourceId) {
        return paths.source(sourceId);
    }

    @Override
    public void started(List<OwnedTable> tables) {
        Generation stored = storedGeneration;
        if (settled || stored == null) {
            return;
        }
        expectAll(tables);
        LOG.info(
                "checkpoint {}: state goes from {} to {} partitions at batch {}",
                paths.root(),
                stored.partitions(),
                generation.partitions(),
                standing.lastBatch() + 1);
        long version = standing.lastBatch() + 1;
        FuzzySnapshot whole = new FuzzySnapshot(
                files, paths, query.queryId(), generation, version, tables, Runnable::run, bytesWritten);
        while (whole.progress() == FuzzySnapshot.Progress.COPYING) {
            whole.step(version);
        }
        Exception failure = whole.failure();
        if (failure != null) {
            throw SnapshotThread.asError(paths, failure);
        }
        completed(whole.record());
        logBytes = 0;
        settled = true;
    }

    private void expectAll(List<OwnedTable> tables) {
        int expected = 0;
        for (TableSpec spec : specs) {
            expected += TableRestore.isInOneTask(spec) ? 1 : generation.partitions();
        }
        if (tables.size() != expected) {
            throw ErrorCode.INTERNAL.error("a snapshot needs the " + specs.size() + " tables of each of "
                    + generation.partitions() + " partitions, but was given " + tables.size());
        }
    }

    private void completed(SnapshotRecord record) {
        snapshots.add(record);
        logFiles = 0;
        superfluous = true;
    }

    private void ensureFile() {
        refuseIfClosed();
        if (!settled) {
            throw ErrorCode.INTERNAL.error("a batch began before started() was called");
        }
        if (!writer.isOpen()) {
            fileFirstBatch = standing.lastBatch() + 1;
            writer.open(fileFirstBatch, new LogHeader(query.queryId(), epoch, generation, specs, standing, snapshots));
            logFiles++;
        }
    }

    /** Makes the next batch begin a new file, unless the file has no batch yet. */
    private void endFile() {
        if (writer.isOpen() && fileFirstBatch <= standing.lastBatch()) {
            writer.sync();
            logBytes += writer.fileBytes();
            writer.closeFile();
        }
    }

    private void refuseIfClosed() {
        if (closed) {
            throw ErrorCode.BAD_STATE.error("the checkpoint " + paths.root() + " is closed");
        }
        writer.refuseIfBroken();
    }

    @Override
    public void journal(long batchId, String sourceId, byte[] rows) {
        expect(batchId, standing.lastBatch() + 1, "journaled");
        ensureFile();
        writer.journal(batchId, sourceId, rows);
    }

    @Override
    public List<byte[]> journaled(String sourceId) {
        List<byte[]> rows = new ArrayList<>();
        FrameReader reader = null;
        for (JournalRef frame : journal) {
            if (reader == null || !reader.file().equals(frame.file().path())) {
                reader = new FrameReader(files, frame.file().path(), FileFormat.Kind.LOG);
            }
            if (frame.source().equals(sourceId)) {
                reader.seek(frame.position());
                if (!reader.next()) {
                    throw FileFormat.corrupt(reader.file(), frame.position(), "a journal frame is not whole");
                }
                rows.add(FrameContents.journaledRows(reader.payload()));
            }
        }
        return rows;
    }

    @Override
    public void planned(BatchPlan plan, boolean durable) {
        expect(plan.batchId(), standing.lastBatch() + 1, "planned");
        ensureFile();
        writer.planned(plan);
        standing = standing.withPlan(plan);
        if (durable) {
            sync();
        } else {
            writer.flush(); // a process that is killed leaves its plan to the next one, though a lost disk would not
        }
    }

    @Override
    public void prepared(BatchResult result, List<StateStore.StagedChanges> state) {
        expect(result.batchId(), standing.lastBatch() + 1, "prepared");
        ensureFile();
        int frames = 0;
        for (StateStore.StagedChanges changes : state) {
            LocalStateStore.Staged staged = (LocalStateStore.Staged) changes;
            expect(staged.batch(), result.batchId(), "state staged");
            for (FrameBuffer frame : staged.frames()) {
                writer.state(frame.array(), frame.size());
                frames++;
            }
        }
        writer.prepared(result, frames);
        sync();
        standing = standing.withResult(result);
        store.logChanged();
        for (StateStore.StagedChanges changes : state) {
            store.recycle((LocalStateStore.Staged) changes);
        }
    }

    private void expect(long batch, long expected, String what) {
        refuseIfClosed();
        if (batch != expected) {
            throw ErrorCode.INTERNAL.error("batch " + batch + " was " + what + " where batch " + expected + " is due");
        }
    }

    private void sync() {
        writer.sync();
        if (superfluous) {
            superfluous = false;
            List<SnapshotRecord> kept = keptSnapshots();
            thread.execute(() -> Pruning.prune(files, paths, kept, epoch));
        }
    }

    /** The two newest snapshots; older ones are forgotten. */
    private List<SnapshotRecord> keptSnapshots() {
        snapshots.removeIf(store::isDamaged);
        while (snapshots.size() > 2) {
            snapshots.remove(0);
        }
        return List.copyOf(snapshots);
    }

    @Override
    public void committed(long batchId, List<OwnedTable> tables) {
        expect(batchId, standing.lastBatch(), "committed");
        if (standing.committed()) {
            return;
        }
        if (writer.isOpen()) {
            writer.committed(batchId);
            standing = standing.withCommit();
        } else {
            standing = standing.withCommit();
            if (settled) {
                ensureFile(); // its header says it
            }
        }
        if (settled && (specs.isEmpty() || !tables.isEmpty())) {
            snapshotStep(tables);
        }
    }

    private void snapshotStep(List<OwnedTable> tables) {
        FuzzySnapshot current = snapshot;
        if (current != null && current.progress() == FuzzySnapshot.Progress.FAILED) {
            LOG.warn("checkpoint {}: a snapshot failed and will be tried again", paths.root(), current.failure());
            snapshot = null;
        } else if (current != null && !current.copies(tables)) {
            current.abandon();
            snapshot = null;
        }
        if (snapshot == null) {
            if (snapshotDue()) {
                begin(tables);
            } else if (writer.fileBytes() > limits.fileBytes()) {
                endFile();
            }
        }
        current = snapshot;
        if (current != null) {
            current.step(standing.lastBatch() + 1);
            nameSnapshot();
        }
    }

    /** Names a snapshot that has become whole in the log. */
    private void nameSnapshot() {
        FuzzySnapshot current = snapshot;
        if (current == null || current.progress() != FuzzySnapshot.Progress.DONE) {
            return;
        }
        snapshot = null;
        SnapshotRecord record = current.record();
        ensureFile();
        writer.snapshot(record);
        logBytes -= bytesAtBegin;
        completed(record);
        LOG.info("checkpoint {}: snapshot of version {}, {} bytes", paths.root(), record.version(), record.bytes());
    }

    private boolean snapshotDue() {
        long since = logBytes + (writer.isOpen() ? writer.fileBytes() : 0);
        long before =
                snapshots.isEmpty() ? 0 : snapshots.get(snapshots.size() - 1).bytes();
        return since > Math.max(limits.snapshotBytes(), 2 * before) || logFiles > limits.snapshotFiles();
    }

    private void begin(List<OwnedTable> tables) {
        expectAll(tables);
        endFile();
        bytesAtBegin = logBytes;
        snapshot = new FuzzySnapshot(
                files, paths, query.queryId(), generation, standing.lastBatch() + 1, tables, thread, bytesWritten);
    }

    @Override
    public void idle() {
        refuseIfClosed();
        if (writer.hasPending()) {
            sync();
        }
    }

    @Override
    public long bytesWritten() {
        return bytesWritten.get();
    }

    /** For tests: complete snapshots. */
    List<SnapshotRecord> completeSnapshots() {
        return List.copyOf(snapshots);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        RivuletException failure = null;
        FuzzySnapshot current = snapshot;
        if (current != null) {
            current.abandon();
        }
        thread.close(); // what comes now runs on this thread
        try {
            if (!writer.isBroken()) {
                nameSnapshot();
                sync();
            }
            writer.closeFile();
        } catch (RivuletException e) {
            failure = e;
        }
        closed = true;
        lock.close();
        if (failure != null) {
            throw failure;
        }
    }
}
