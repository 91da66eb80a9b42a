package io.rivulet.state.local.log;

import io.rivulet.state.local.format.CheckpointFiles.LogFile;
import io.rivulet.state.local.format.Generation;
import io.rivulet.state.local.format.LogHeader;
import io.rivulet.state.local.format.SnapshotRecord;
import io.rivulet.state.local.format.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log says from a snapshot on: where the query stands, and where the state frames of prepared batches lie.
 * Immutable once built.
 */
public final class LogIndex {
    /** A state frame. */
    public record FrameRef(LogFile file, LogHeader header, long position, long batch) {}

    /** A journal frame. */
    public record JournalRef(LogFile file, long position, String source) {}

    private record Owner(int generation, String table, int partition) {}

    private final @Nullable SnapshotRecord base;
    private final Map<Owner, List<FrameRef>> frames = new HashMap<>();
    private final List<Generation> generations = new ArrayList<>();
    private final List<SnapshotRecord> snapshots = new ArrayList<>();
    private final List<JournalRef> journal = new ArrayList<>();
    private final List<JournalRef> unplanned = new ArrayList<>();
    private Standing standing = Standing.START;
    private @Nullable LogHeader lastHeader;
    private long logBytes;
    private int logFiles;

    LogIndex(@Nullable SnapshotRecord base) {
        this.base = base;
        if (base != null) {
            generations.add(base.generation());
        }
    }

    /** The snapshot that the frames continue, or null when they begin with the first batch. */
    public @Nullable SnapshotRecord base() {
        return base;
    }

    /** Where the query stands. */
    public Standing standing() {
        return standing;
    }

    /** The generations of the frames, oldest first; the first is that of the base. */
    public List<Generation> generations() {
        return generations;
    }

    /** Complete snapshots, oldest first. */
    public List<SnapshotRecord> snapshots() {
        return snapshots;
    }

    /** The header of the last file, or null when there is no file. */
    public @Nullable LogHeader lastHeader() {
        return lastHeader;
    }

    /** Bytes of the log files from the base on. */
    public long logBytes() {
        return logBytes;
    }

    /** Log files from the base on. */
    public int logFiles() {
        return logFiles;
    }

    /** The state frames of a table in a partition of a generation, in order. */
    public List<FrameRef> frames(Generation generation, String table, int partition) {
        return frames.getOrDefault(new Owner(generation.number(), table, partition), List.of());
    }

    void begin(LogHeader header, long bytes) {
        if (header.standing().lastBatch() < standing.lastBatch()) {
            // this epoch wrote the batch anew
            frames.values()
                    .forEach(list ->
                            list.removeIf(f -> f.batch() > header.standing().lastBatch()));
        }
        lastHeader = header;
        standing = header.standing();
        unplanned.clear();
        if (standing.planned() == null) {
            journal.clear();
        } // else its rows are in the file before
        if (generations.isEmpty()
                || generations.get(generations.size() - 1).number()
                        < header.generation().number()) {
            generations.add(header.generation());
        }
        header.snapshots().forEach(this::snapshot);
        logBytes += bytes;
        logFiles++;
    }

    void snapshot(SnapshotRecord snapshot) {
        if (!snapshots.contains(snapshot)) {
            snapshots.add(snapshot);
        }
    }

    /** The journal frames of the batch that is planned and not prepared, in order. */
    public List<JournalRef> journal() {
        return journal;
    }

    void journal(JournalRef frame) {
        unplanned.add(frame);
    }

    /** A batch is planned with the journal frames since the last one, or prepared and needs none any more. */
    void takeJournal() {
        journal.clear();
        journal.addAll(unplanned);
        unplanned.clear();
    }

    void stand(Standing now) {
        standing = now;
    }

    void add(Generation generation, String table, int partition, FrameRef frame) {
        frames.computeIfAbsent(new Owner(generation.number(), table, partition), o -> new ArrayList<>())
                .add(frame);
    }
}
