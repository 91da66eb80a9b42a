package io.rivulet.state.local.log;

import io.rivulet.error.RivuletException;
import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import io.rivulet.state.local.format.BatchCodec;
import io.rivulet.state.local.format.ByteReader;
import io.rivulet.state.local.format.ByteReader.MalformedBytesException;
import io.rivulet.state.local.format.CheckpointFiles;
import io.rivulet.state.local.format.CheckpointFiles.LogFile;
import io.rivulet.state.local.format.FileFormat;
import io.rivulet.state.local.format.FrameReader;
import io.rivulet.state.local.format.FrameType;
import io.rivulet.state.local.format.LogHeader;
import io.rivulet.state.local.format.SnapshotRecord;
import io.rivulet.state.local.log.LogIndex.FrameRef;
import io.rivulet.state.local.log.LogIndex.JournalRef;
import io.rivulet.streaming.BatchPlan;
import io.rivulet.streaming.BatchResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log files of a checkpoint. A frame that is not whole is the torn end of the log when it lies in the last
 * file and nothing behind it says that it was durable; anywhere else it is damage and an error. One thread.
 */
public final class LogScan {
    private static final Logger LOG = LoggerFactory.getLogger(LogScan.class);

    /**
     * Bytes at the end of the log that never became durable.
     *
     * @param length where they begin; 0 when the file can be deleted
     */
    public record TornEnd(Path file, long length, long size) {}

    private final FileAccess files;
    private final CheckpointFiles paths;
    private final @Nullable String queryId;
    private final List<LogFile> logs;
    private final List<TornEnd> tornEnds = new ArrayList<>();
    private final long lastEpoch;

    /** Lists the log files; {@code queryId} is the query they must belong to, or null for any. */
    public LogScan(FileAccess files, CheckpointFiles paths, @Nullable String queryId) {
        this.files = files;
        this.paths = paths;
        this.queryId = queryId;
        this.logs = list();
        this.lastEpoch = logs.isEmpty() ? 0 : logs.get(logs.size() - 1).epoch();
        dropTornFiles();
    }

    private List<LogFile> list() {
        List<LogFile> found = new ArrayList<>();
        try {
            for (Path path : files.list(paths.logs())) {
                LogFile log = LogFile.of(path);
                if (log != null) {
                    found.add(log);
                }
            }
        } catch (IOException e) {
            throw FileErrors.wrap("list", paths.logs(), e);
        }
        found.sort(LogFile.WRITTEN);
        return found;
    }

    /** The log files, in the order they were written, without those that never became durable. */
    public List<LogFile> logs() {
        return logs;
    }

    /** The highest epoch of any log file; 0 when there is none. */
    public long lastEpoch() {
        return lastEpoch;
    }

    /** What of the log never became durable and is to be cut off. */
    public List<TornEnd> tornEnds() {
        return tornEnds;
    }

    /** The last file may have been created without its header becoming durable. */
    private void dropTornFiles() {
        while (!logs.isEmpty()) {
            LogFile last = logs.get(logs.size() - 1);
            FrameReader reader = new FrameReader(files, last.path(), FileFormat.Kind.LOG);
            if (reader.checkPrefix() && reader.next() && reader.type() == FrameType.LOG_HEADER) {
                return;
            }
            if (durableBehind(reader, 0)) {
                throw FileFormat.corrupt(last.path(), 0, "its header is not whole, but frames behind it are");
            }
            tornEnds.add(new TornEnd(last.path(), 0, reader.size()));
            logs.remove(logs.size() - 1);
        }
    }

    /** Whether a whole frame behind a position knows that the byte there was durable. */
    private static boolean durableBehind(FrameReader reader, long position) {
        long from = position + 1;
        while (reader.findFrom(from)) {
            switch (reader.type()) {
                case PLANNED, PREPARED, COMMITTED, SNAPSHOT -> {
                    if (reader.position() - reader.payload().getVarint() > position) {
                        return true;
                    }
                }
                default -> {}
            }
            from = reader.end();
        }
        return false;
    }

    /** The index from the newest snapshot that the log reaches. */
    public LogIndex index() {
        List<SnapshotRecord> snapshots = logs.isEmpty() ? List.of() : snapshotsNamedByLast();
        for (int i = snapshots.size() - 1; i >= 0; i--) {
            LogIndex index = index(snapshots.get(i));
            if (index.standing().lastBatch() + 1 >= snapshots.get(i).endVersion()) {
                return index;
            }
        }
        return index(null);
    }

    private List<SnapshotRecord> snapshotsNamedByLast() {
        LogFile last = logs.get(logs.size() - 1);
        FrameReader reader = new FrameReader(files, last.path(), FileFormat.Kind.LOG);
        List<SnapshotRecord> snapshots = new ArrayList<>();
        while (reader.next()) {
            try {
                if (reader.type() == FrameType.LOG_HEADER) {
                    snapshots.addAll(LogHeader.read(reader.payload()).snapshots());
                } else if (reader.type() == FrameType.SNAPSHOT) {
                    ByteReader payload = reader.payload();
                    payload.getVarint();
                    snapshots.add(SnapshotRecord.read(payload));
                }
            } catch (MalformedBytesException e) {
                throw FileFormat.corrupt(last.path(), reader.position(), String.valueOf(e.getMessage()));
            }
        }
        return snapshots;
    }

    /** The index from a snapshot on, or from the first batch on. */
    public LogIndex index(@Nullable SnapshotRecord base) {
        LogIndex index = new LogIndex(base);
        long version = base == null ? 0 : base.version();
        boolean first = true;
        TornEnd torn = null;
        for (LogFile log : logs) {
            if (log.firstBatch() >= version) {
                torn = read(index, log, first ? version - 1 : index.standing().lastBatch(), torn);
                first &= torn != null && torn.length() == 0; // nothing of such a file counts
            }
        }
        if (first && version > 0) {
            throw FileFormat.corrupt(paths.logs(), 0, "the log of batch " + version + " is missing");
        }
        return index;
    }

    /**
     * Reads a file into the index. An end that is not whole is no damage where nothing behind it knows that it was
     * durable: a run that failed may leave one, and a power loss in a later run may take it. When the next file goes on
     * where the whole part does not reach, it was damage all the same.
     *
     * @param reached the last batch of the files before
     * @param before the end of the file before that is not whole, or null
     * @return the end of this file that is not whole, or null
     */
    private @Nullable TornEnd read(LogIndex index, LogFile log, long reached, @Nullable TornEnd before) {
        FrameReader reader = new FrameReader(files, log.path(), FileFormat.Kind.LOG);
        try {
            if (!reader.checkPrefix() || !reader.next() || reader.type() != FrameType.LOG_HEADER) {
                return torn(log, reader, 0);
            }
            LogHeader header = LogHeader.read(reader.payload());
            if (queryId != null && !queryId.equals(header.queryId())) {
                throw FileFormat.corrupt(log.path(), 0, "it belongs to query " + header.queryId());
            }
            if (header.standing().lastBatch() > reached && before != null) {
                throw notWhole(before.file(), before.length());
            }
            if (header.standing().lastBatch() > reached) {
                throw FileFormat.corrupt(
                        log.path(),
                        0,
                        "it continues batch " + header.standing().lastBatch()
                                + ", but the files before it end with batch " + reached);
            }
            if (header.standing().lastBatch() < index.standing().lastBatch() && !hasBatch(reader)) {
                return null; // it was to hold the last batch anew, but that never became durable
            }
            index.begin(header, reader.size());
            List<Runnable> batch = new ArrayList<>();
            while (reader.next()) {
                frame(index, log, header, reader, batch);
            }
        } catch (MalformedBytesException e) {
            throw FileFormat.corrupt(log.path(), reader.position(), String.valueOf(e.getMessage()));
        }
        return reader.position() < reader.size() ? torn(log, reader, reader.position()) : null;
    }

    private TornEnd torn(LogFile log, FrameReader reader, long position) {
        if (durableBehind(reader, position)) {
            throw notWhole(log.path(), position);
        }
        TornEnd torn = new TornEnd(log.path(), position, reader.size());
        if (!tornEnds.contains(torn)) {
            tornEnds.add(torn);
        }
        return torn;
    }

    private static RivuletException notWhole(Path file, long position) {
        return FileFormat.corrupt(file, position, "a frame is not whole, or its checksum is wrong");
    }

    /** Whether a batch is prepared in the rest of a file; goes back to where it was. */
    private static boolean hasBatch(FrameReader reader) {
        long from = reader.end();
        boolean found = false;
        while (!found && reader.next()) {
            found = reader.type() == FrameType.PREPARED;
        }
        reader.seek(from);
        return found;
    }

    private static void frame(LogIndex index, LogFile log, LogHeader header, FrameReader reader, List<Runnable> batch) {
        ByteReader payload = reader.payload();
        long next = index.standing().lastBatch() + 1;
        switch (reader.type()) {
            case PLANNED -> {
                payload.getVarint();
                BatchPlan plan = BatchCodec.readPlan(payload);
                expect(plan.batchId(), next, log, reader);
                batch.clear();
                index.takeJournal();
                index.stand(index.standing().withPlan(plan));
            }
            case JOURNAL -> {
                expect(payload.getVarint(), next, log, reader);
                index.journal(new JournalRef(log, reader.position(), payload.getText()));
            }
            case STATE -> {
                long position = reader.position();
                long id = payload.getVarint();
                expect(id, next, log, reader);
                String table = header.specs()
                        .get(payload.getCount(header.specs().size() - 1))
                        .operator();
                int partition = payload.getCount(Integer.MAX_VALUE);
                FrameRef ref = new FrameRef(log, header, position, id);
                batch.add(() -> index.add(header.generation(), table, partition, ref));
            }
            case PREPARED -> {
                payload.getVarint();
                BatchResult result = BatchCodec.readResult(payload);
                expect(result.batchId(), next, log, reader);
                if (payload.getVarint() != batch.size()) {
                    throw new MalformedBytesException("batch " + next + " has " + batch.size() + " state frames");
                }
                batch.forEach(Runnable::run);
                batch.clear();
                index.takeJournal();
                index.stand(index.standing().withResult(result));
            }
            case COMMITTED -> {
                payload.getVarint();
                expect(payload.getVarint(), next - 1, log, reader);
                index.stand(index.standing().withCommit());
            }
            case SNAPSHOT -> {
                payload.getVarint();
                index.snapshot(SnapshotRecord.read(payload));
            }
            default -> throw new MalformedBytesException("a frame of type " + reader.type() + " in a log file");
        }
    }

    private static void expect(long batch, long expected, LogFile log, FrameReader reader) {
        if (batch != expected) {
            throw FileFormat.corrupt(
                    log.path(),
                    reader.position(),
                    reader.type() + " of batch " + batch + " where batch " + expected + " is due");
        }
    }

    /** Cuts off or deletes what never became durable, so that later it cannot be taken for damage. */
    public void cutTornEnds() {
        for (TornEnd torn : tornEnds) {
            LOG.info(
                    "checkpoint {}: cutting {} bytes behind byte {} of {}, which were written when the last run ended",
                    paths.root(),
                    torn.size() - torn.length(),
                    torn.length(),
                    torn.file().getFileName());
            try {
                if (torn.length() == 0) {
                    files.delete(torn.file());
                    files.syncDirectory(paths.logs());
                } else {
                    files.truncate(torn.file(), torn.length());
                }
            } catch (IOException e) {
                throw FileErrors.wrap("cut", torn.file(), e);
            }
        }
        tornEnds.clear();
    }
}
