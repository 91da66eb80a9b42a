package io.rivulet.state.local;

import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.file.FileAccess;
import io.rivulet.file.FileErrors;
import io.rivulet.memory.MemoryPool;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableChange;
import io.rivulet.state.TableSpec;
import io.rivulet.state.local.format.ByteReader;
import io.rivulet.state.local.format.ByteReader.MalformedBytesException;
import io.rivulet.state.local.format.CheckpointFiles;
import io.rivulet.state.local.format.CheckpointFiles.LogFile;
import io.rivulet.state.local.format.CheckpointFiles.SnapshotFile;
import io.rivulet.state.local.format.FileFormat;
import io.rivulet.state.local.format.FrameReader;
import io.rivulet.state.local.format.FrameType;
import io.rivulet.state.local.format.Generation;
import io.rivulet.state.local.format.LogHeader;
import io.rivulet.state.local.format.SnapshotRecord;
import io.rivulet.state.local.log.LogIndex;
import io.rivulet.state.local.log.LogScan;
import io.rivulet.state.local.snapshot.SnapshotReader;
import io.rivulet.streaming.BatchPlan;
import io.rivulet.streaming.BatchResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/**
 * Prints a checkpoint as text lines: the query, every log file with its frames, the snapshots, and the tables with
 * their row counts. Reads only; takes no lock, so it may look at a running query. One thread.
 */
public final class CheckpointPrinter {
    private static final int CHUNK_ROWS = 1024;

    private final FileAccess files;
    private final Appendable out;

    /** Prints to {@code out} what {@code files} reads. */
    public CheckpointPrinter(FileAccess files, Appendable out) {
        this.files = files;
        this.out = out;
    }

    /**
     * Prints a checkpoint.
     *
     * @param withRows whether to print every row of every table
     * @throws RivuletException PATH_NOT_FOUND when there is no checkpoint; CHECKPOINT_CORRUPT where the tables cannot be
     *     restored, after everything readable was printed
     */
    public void print(Path checkpoint, boolean withRows) {
        CheckpointFiles paths = new CheckpointFiles(checkpoint.toAbsolutePath().normalize());
        try {
            if (!files.exists(paths.query())) {
                throw ErrorCode.PATH_NOT_FOUND.error(
                        checkpoint + " holds no checkpoint (no query.json); give a query's checkpoint directory");
            }
            QueryFile query = QueryFile.read(paths.query(), files.read(paths.query()));
            query(query);
            logs(paths);
            snapshots(paths);
            tables(paths, query, withRows);
        } catch (IOException e) {
            throw FileErrors.wrap("print", paths.root(), e);
        }
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }

    private void query(QueryFile query) throws IOException {
        line("query " + query.queryId() + ", format " + FileFormat.VERSION + ", hash " + query.hashId()
                + ", watermark policy " + query.watermarkPolicy());
        for (var entry : query.fingerprint().entrySet()) {
            line("  " + entry.getKey() + ": " + entry.getValue());
        }
        for (TableSpec spec : query.operators()) {
            line("  table " + spec.operator() + ": " + spec.schema().ddl());
        }
    }

    // ------------------------------------------------------------------ log

    private void logs(CheckpointFiles paths) throws IOException {
        List<LogFile> logs = files.list(paths.logs()).stream()
                .map(LogFile::of)
                .filter(log -> log != null)
                .sorted(LogFile.WRITTEN)
                .toList();
        for (LogFile log : logs) {
            FrameReader reader = new FrameReader(files, log.path(), FileFormat.Kind.LOG);
            line("log " + log.path().getFileName() + ", " + reader.size() + " bytes");
            if (reader.checkPrefix()) {
                frames(reader);
            } else {
                line("  its first bytes are not those of a log");
            }
        }
    }

    private void frames(FrameReader reader) throws IOException {
        List<TableSpec> specs = List.of();
        while (reader.next()) {
            ByteReader payload = reader.payload();
            String at = "  @" + reader.position() + " ";
            try {
                if (reader.type() == FrameType.LOG_HEADER) {
                    LogHeader header = LogHeader.read(payload);
                    specs = header.specs();
                    header(at, header);
                } else {
                    line(at + frame(reader.type(), payload, specs));
                }
            } catch (MalformedBytesException e) {
                line(at + reader.type() + ": " + e.getMessage());
            }
        }
        if (reader.position() < reader.size()) {
            line("  @" + reader.position() + " not whole: " + (reader.size() - reader.position()) + " bytes");
        }
    }

    private void header(String at, LogHeader header) throws IOException {
        line(at + "header: epoch " + header.epoch() + ", " + generation(header.generation()) + ", after batch "
                + header.standing().lastBatch() + (header.standing().committed() ? "" : " (not committed)"));
        for (SnapshotRecord snapshot : header.snapshots()) {
            line("      " + snapshot(snapshot));
        }
    }

    private static String generation(Generation generation) {
        return "generation " + generation.number() + " of " + generation.partitions() + " partitions";
    }

    private static String snapshot(SnapshotRecord snapshot) {
        return "snapshot of version " + snapshot.version() + " to " + snapshot.endVersion() + ", "
                + generation(snapshot.generation()) + ", " + snapshot.bytes() + " bytes";
    }

    private static String frame(FrameType type, ByteReader payload, List<TableSpec> specs) {
        switch (type) {
            case PLANNED -> {
                return plan(FrameContents.plan(payload));
            }
            case JOURNAL -> {
                return "journal " + payload.getVarint() + " of " + payload.getText() + ", " + payload.remaining()
                        + " bytes";
            }
            case STATE -> {
                int bytes = payload.remaining();
                long batch = payload.getVarint();
                String table = specs.get(payload.getCount(specs.size() - 1)).operator();
                return "state " + batch + " of " + table + ", partition " + payload.getVarint() + ", " + bytes
                        + " bytes";
            }
            case PREPARED -> {
                return result(FrameContents.result(payload));
            }
            case COMMITTED -> {
                payload.getVarint();
                return "committed " + payload.getVarint();
            }
            case SNAPSHOT -> {
                payload.getVarint();
                return snapshot(SnapshotRecord.read(payload));
            }
            default -> {
                return type.toString();
            }
        }
    }

    private static String plan(BatchPlan plan) {
        StringBuilder text = new StringBuilder("planned " + plan.batchId() + " at " + plan.timestampMicros() + " µs");
        new TreeMap<>(plan.sources())
                .forEach((source, range) -> text.append(", ")
                        .append(source)
                        .append(' ')
                        .append(range.start())
                        .append(" to ")
                        .append(range.end()));
        new TreeMap<>(plan.idle())
                .forEach((input, time) -> text.append(", ")
                        .append(input)
                        .append(" idle")
                        .append(time == Long.MIN_VALUE ? "" : ", moved to " + time + " µs"));
        return text.toString();
    }

    private static String result(BatchResult result) {
        StringBuilder text = new StringBuilder("prepared " + result.batchId() + ", watermark " + result.watermark());
        new TreeMap<>(result.inputMaxima())
                .forEach((input, max) -> text.append(", ")
                        .append(input)
                        .append(" up to ")
                        .append(max)
                        .append(" µs"));
        new TreeMap<>(result.sinkMessages())
                .forEach((sink, messages) -> text.append(", ")
                        .append(sink)
                        .append(": ")
                        .append(messages.size())
                        .append(" messages of ")
                        .append(messages.stream().mapToLong(m -> m.length).sum())
                        .append(" bytes"));
        return result.flushed() ? text.append(", flushed at the end").toString() : text.toString();
    }

    // ------------------------------------------------------------------ snapshots and tables

    private void snapshots(CheckpointFiles paths) throws IOException {
        for (Path table : files.list(paths.snapshots())) {
            for (Path path : files.list(table)) {
                if (SnapshotFile.of(path) == null) {
                    continue;
                }
                String name = "snapshot " + table.getFileName() + "/" + path.getFileName() + ", " + files.size(path)
                        + " bytes";
                try {
                    line(name + ", " + new SnapshotReader(files, path).rows() + " rows");
                } catch (RivuletException e) {
                    line(name + ": " + e.getMessage());
                }
            }
        }
    }

    private void tables(CheckpointFiles paths, QueryFile query, boolean withRows) throws IOException {
        LogIndex index = new LogScan(files, paths, query.queryId()).index();
        LogHeader header = index.lastHeader();
        line("state version " + (index.standing().lastBatch() + 1)
                + (index.standing().committed() ? "" : ", its sinks have not committed"));
        if (header == null) {
            return;
        }
        LocalStateStore store =
                new LocalStateStore(files, paths, query.queryId(), query.operators(), index, header.generation());
        MemoryPool pool = MemoryPool.root("printing", Long.MAX_VALUE);
        for (TableSpec spec : query.operators()) {
            for (int partition = 0; partition < header.generation().partitions(); partition++) {
                try (StateTable table = new StateTable(spec, pool)) {
                    store.load(table, partition);
                    line("table " + spec.operator() + ", partition " + partition + ": " + table.rowCount() + " rows in "
                            + table.bucketCount() + " buckets");
                    if (withRows) {
                        rows(table);
                    }
                }
            }
        }
    }

    private void rows(StateTable table) throws IOException {
        StateTable.Cursor cursor = table.cursor();
        TableChange.PutRows put;
        while ((put = cursor.next(CHUNK_ROWS)) != null) {
            String bucket = put.bucket() == StateTable.TIMELESS ? "" : put.bucket() + " ";
            for (int i = 0; i < put.rows().size(); i++) {
                line("  " + bucket + put.rows().row(i));
            }
        }
    }
}
