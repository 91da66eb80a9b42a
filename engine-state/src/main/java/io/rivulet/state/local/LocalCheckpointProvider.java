package io.rivulet.state.local;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.file.DirectoryLock;
import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import io.rivulet.state.KeyHash;
import io.rivulet.state.TableSpec;
import io.rivulet.state.local.format.CheckpointFiles;
import io.rivulet.state.local.format.FileFormat;
import io.rivulet.state.local.format.Standing;
import io.rivulet.state.local.log.LogIndex;
import io.rivulet.state.local.log.LogScan;
import io.rivulet.streaming.BatchResult;
import io.rivulet.streaming.CheckpointLog;
import io.rivulet.streaming.CheckpointProvider;
import io.rivulet.streaming.QueryDescription;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints in local directories. The files are those of {@link CheckpointFiles}; each is described by the class that
 * writes it.
 *
 * <p>A query that was flushed at its end but whose sinks had not yet committed is opened once more, so that they can;
 * after that opening is {@code QUERY_COMPLETE}.
 */
public final class LocalCheckpointProvider implements CheckpointProvider {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCheckpointProvider.class);
    private static final Set<String> LEFT_BY_CREATION = Set.of("lock", "query.json.tmp", "log", "snapshots", "sources");

    private final LocalCheckpointLog.Limits limits;
    private final boolean inline;

    /** For {@link java.util.ServiceLoader}. */
    public LocalCheckpointProvider() {
        this(LocalCheckpointLog.Limits.DEFAULT, false);
    }

    private LocalCheckpointProvider(LocalCheckpointLog.Limits limits, boolean inline) {
        this.limits = limits;
        this.inline = inline;
    }

    /**
     * A provider for tests: everything happens on the calling thread, so that file calls come in a fixed order, and
     * snapshots begin when the log since the last one has outgrown so many bytes.
     */
    public static LocalCheckpointProvider deterministic(long snapshotBytes) {
        return new LocalCheckpointProvider(
                new LocalCheckpointLog.Limits(snapshotBytes, 32, Math.max(snapshotBytes, 1 << 16)), true);
    }

    @Override
    public List<TableSpec> storedTables(Path directory, FileAccess files) {
        CheckpointFiles paths = new CheckpointFiles(directory.toAbsolutePath().normalize());
        try {
            return files.exists(paths.query())
                    ? QueryFile.read(paths.query(), files.read(paths.query())).operators()
                    : List.of();
        } catch (IOException e) {
            throw FileErrors.wrap("read", paths.query(), e);
        }
    }

    @Override
    public CheckpointLog open(Path directory, QueryDescription query, FileAccess files) {
        CheckpointFiles paths = new CheckpointFiles(directory.toAbsolutePath().normalize());
        DirectoryLock lock = null;
        try {
            refuseForeign(paths, files);
            files.createDirectories(paths.root());
            lock = DirectoryLock.take(paths.lock(), "the checkpoint " + paths.root());
            CheckpointLog log = open(paths, query, files, lock);
            lock = null;
            return log;
        } catch (IOException e) {
            throw FileErrors.wrap("open", paths.root(), e);
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }

    private CheckpointLog open(CheckpointFiles paths, QueryDescription query, FileAccess files, DirectoryLock lock)
            throws IOException {
        QueryFile stored = queryFile(paths, query, files);
        LogScan scan = new LogScan(files, paths, stored.queryId());
        LogIndex index = scan.index();
        QueryChanges changes = new QueryChanges(stored, query);
        RivuletException refusal = changes.refusal(paths.root());
        if (refusal != null) {
            throw refusal;
        }
        refuseComplete(paths, index.standing());
        if (!stored.operators().equals(query.tables())) {
            if (!changes.added().isEmpty()) {
                LOG.info("checkpoint {}: {} are new and start empty", paths.root(), String.join(", ", changes.added()));
            }
            stored = new QueryFile(
                    stored.queryId(), KeyHash.ID, stored.watermarkPolicy(), query.fingerprint(), query.tables());
            stored.write(paths, files);
        }
        scan.cutTornEnds();
        SnapshotThread thread =
                inline ? SnapshotThread.inline() : SnapshotThread.background("rivulet-snapshot-" + stored.queryId());
        return new LocalCheckpointLog(files, paths, lock, stored, query, scan, index, limits, thread);
    }

    /** A directory that is not empty must be a checkpoint, or one whose creation did not come to its end. */
    private static void refuseForeign(CheckpointFiles paths, FileAccess files) throws IOException {
        if (files.exists(paths.query())) {
            return;
        }
        if (Files.isRegularFile(paths.root())) {
            throw ErrorCode.CHECKPOINT_FOREIGN.error(
                    paths.root() + " is a file, and a checkpoint is a directory; give an empty or new one");
        }
        List<String> foreign = new ArrayList<>();
        for (Path path : files.list(paths.root())) {
            String name = path.getFileName().toString();
            if (!LEFT_BY_CREATION.contains(name)) {
                foreign.add(name);
            }
        }
        if (!foreign.isEmpty()) {
            throw ErrorCode.CHECKPOINT_FOREIGN.error(paths.root() + " is no checkpoint, but holds "
                    + String.join(", ", foreign.subList(0, Math.min(foreign.size(), 3)))
                    + (foreign.size() > 3 ? " and " + (foreign.size() - 3) + " more" : "")
                    + "; give an empty or new directory");
        }
        if (!files.list(paths.logs()).isEmpty()) {
            throw FileFormat.corrupt(paths.query(), 0, "it is missing, but there are log files");
        }
    }

    private static QueryFile queryFile(CheckpointFiles paths, QueryDescription query, FileAccess files)
            throws IOException {
        if (files.exists(paths.query())) {
            QueryFile stored = QueryFile.read(paths.query(), files.read(paths.query()));
            if (files.list(paths.logs()).isEmpty()) {
                files.createDirectories(paths.logs());
                syncNames(paths.root(), files);
            }
            return stored;
        }
        files.createDirectories(paths.logs());
        QueryFile made = new QueryFile(
                UUID.randomUUID().toString(), KeyHash.ID, query.watermarkPolicy(), query.fingerprint(), query.tables());
        made.write(paths, files);
        syncNames(paths.root(), files);
        return made;
    }

    private static void refuseComplete(CheckpointFiles paths, Standing standing) {
        BatchResult result = standing.result();
        if (result != null && result.flushed() && standing.committed()) {
            throw ErrorCode.QUERY_COMPLETE.error("the query of " + paths.root() + " was flushed at its end in batch "
                    + result.batchId() + " and cannot go on; start a new one with a new checkpoint directory");
        }
    }

    /**
     * Makes a directory's entries durable, and it in those above: an earlier opening may have made any of them and come
     * to its end before it could do so. Done until there is a first log file.
     */
    private static void syncNames(Path directory, FileAccess files) throws IOException {
        for (Path at = directory; at != null; at = at.getParent()) {
            try {
                files.syncDirectory(at);
            } catch (AccessDeniedException e) {
                return; // not ours, so neither it nor those above were made here
            }
        }
    }
}
