package io.rivulet.state.local;

import io.rivulet.file.FileAccess;
import io.rivulet.state.local.format.CheckpointFiles;
import io.rivulet.state.local.format.CheckpointFiles.LogFile;
import io.rivulet.state.local.format.CheckpointFiles.SnapshotFile;
import io.rivulet.state.local.format.SnapshotRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what no restore needs. A failure is no harm: the next one tries again. */
final class Pruning {
    private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);

    private Pruning() {}

    /**
     * Keeps the given snapshots and every log file from the older one on.
     *
     * @param kept the newest snapshots, oldest first
     */
    static void prune(FileAccess files, CheckpointFiles paths, List<SnapshotRecord> kept, long epoch) {
        try {
            if (kept.size() > 1) {
                for (Path path : files.list(paths.logs())) {
                    LogFile log = LogFile.of(path);
                    if (log != null && log.firstBatch() < kept.get(0).version()) {
                        files.delete(path);
                    }
                }
            }
            for (Path table : files.list(paths.snapshots())) {
                pruneTable(files, table, kept);
            }
        } catch (IOException e) {
            LOG.warn("checkpoint {}: old files cannot be deleted: {}", paths.root(), e.toString());
        }
    }

    private static void pruneTable(FileAccess files, Path table, List<SnapshotRecord> kept) throws IOException {
        for (Path path : files.list(table)) {
            SnapshotFile file = SnapshotFile.of(path);
            if (CheckpointFiles.isDraft(path) || (file != null && kept.stream().noneMatch(file::belongsTo))) {
                files.delete(path);
            }
        }
    }
}
