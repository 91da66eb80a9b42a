package io.rivulet.state.local;

import io.rivulet.error.ErrorCode;
import io.rivulet.file.FileAccess;
import io.rivulet.state.KeyBatch;
import io.rivulet.state.KeyHash;
import io.rivulet.state.StateTable;
import io.rivulet.state.TableChange;
import io.rivulet.state.TableSpec;
import io.rivulet.state.local.format.ByteReader;
import io.rivulet.state.local.format.ByteReader.MalformedBytesException;
import io.rivulet.state.local.format.ChangeCodec;
import io.rivulet.state.local.format.CheckpointFiles;
import io.rivulet.state.local.format.FileFormat;
import io.rivulet.state.local.format.FrameReader;
import io.rivulet.state.local.format.FrameType;
import io.rivulet.state.local.format.Generation;
import io.rivulet.state.local.format.SnapshotRecord;
import io.rivulet.state.local.log.LogIndex;
import io.rivulet.state.local.log.LogIndex.FrameRef;
import io.rivulet.state.local.snapshot.SnapshotReader;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a table back: the rows of the snapshot, then the changes of every batch since. Where the number of partitions
 * or the hash changed on the way, every partition of the older generation is brought back by itself and gives the rows
 * that belong here.
 */
final class TableRestore {
    private final FileAccess files;
    private final CheckpointFiles paths;
    private final String queryId;
    private final LogIndex index;
    private final List<Generation> generations;
    private final ChangeCodec codec = new ChangeCodec();

    /** @param target how the rows are to be spread; may be newer than the log */
    TableRestore(FileAccess files, CheckpointFiles paths, String queryId, LogIndex index, Generation target) {
        this.files = files;
        this.paths = paths;
        this.queryId = queryId;
        this.index = index;
        this.generations = new ArrayList<>(index.generations());
        if (generations.isEmpty() || generations.get(generations.size() - 1).number() != target.number()) {
            generations.add(target);
        }
    }

    /** Fills an empty table. */
    void restore(StateTable table, int partition) {
        restore(table, generations.size() - 1, partition);
    }

    private void restore(StateTable table, int at, int partition) {
        if (isInOneTask(table.spec()) && partition > 0) {
            return;
        }
        Generation generation = generations.get(at);
        if (at > 0) {
            gather(table, at, partition);
        } else {
            SnapshotRecord base = index.base();
            if (base != null) {
                snapshot(table, base, partition);
            }
        }
        replay(table, index.frames(generation, table.spec().operator(), partition));
    }

    private void gather(StateTable table, int at, int partition) {
        Generation generation = generations.get(at);
        if (generation.hashId() != KeyHash.ID) {
            throw ErrorCode.CHECKPOINT_VERSION.error(paths.root() + " was spread over partitions by hash "
                    + generation.hashId() + ", this build has hash " + KeyHash.ID
                    + "; the newest snapshot, which would do without, is damaged");
        }
        for (int before = 0; before < generations.get(at - 1).partitions(); before++) {
            try (StateTable part = table.emptyTwin()) {
                restore(part, at - 1, before);
                StateTable.Cursor cursor = part.cursor();
                TableChange.PutRows rows;
                while ((rows = cursor.next(4096)) != null) {
                    TableChange.PutRows mine = ownRows(rows, table, generation.partitions(), partition);
                    if (mine != null) {
                        table.apply(mine);
                    }
                }
            }
        }
    }

    /** Rows without a key to spread them by: one task has them all, in partition 0, whatever the parallelism. */
    static boolean isInOneTask(TableSpec spec) {
        return spec.distributedBy() == 0;
    }

    private static TableChange.@Nullable PutRows ownRows(
            TableChange.PutRows put, StateTable table, int partitions, int partition) {
        if (isInOneTask(table.spec())) {
            return put;
        }
        ColumnBatch rows = put.rows();
        ColumnVector[] keys = new ColumnVector[table.spec().distributedBy()];
        System.arraycopy(rows.columns(), 0, keys, 0, keys.length);
        KeyBatch batch = new KeyBatch(keys.length);
        batch.load(keys, rows.size());
        long[] hashes = batch.hashes();
        int[] chosen = new int[rows.size()];
        int count = 0;
        for (int i = 0; i < rows.size(); i++) {
            if (KeyHash.partition(hashes[i], partitions) == partition) {
                chosen[count++] = i;
            }
        }
        return count == 0 ? null : new TableChange.PutRows(put.bucket(), rows.take(chosen, count));
    }

    private void snapshot(StateTable table, SnapshotRecord base, int partition) {
        String operator = table.spec().operator();
        if (!base.tables().contains(operator)) {
            return;
        }
        SnapshotReader reader =
                new SnapshotReader(files, paths.snapshot(operator, base.generation(), partition, base.version()));
        if (!reader.header().queryId().equals(queryId)) {
            throw FileFormat.corrupt(
                    paths.snapshot(operator, base.generation(), partition, base.version()),
                    0,
                    "it belongs to query " + reader.header().queryId());
        }
        reader.forEach(table::apply);
    }

    private void replay(StateTable table, List<FrameRef> frames) {
        FrameReader reader = null;
        Schema schema = Schema.EMPTY;
        for (FrameRef frame : frames) {
            if (reader == null || !reader.file().equals(frame.file().path())) {
                reader = new FrameReader(files, frame.file().path(), FileFormat.Kind.LOG);
                schema = frame.header().specs().stream()
                        .filter(s -> s.operator().equals(table.spec().operator()))
                        .findFirst()
                        .orElseThrow()
                        .schema();
            }
            reader.seek(frame.position());
            if (!reader.next() || reader.type() != FrameType.STATE) {
                throw FileFormat.corrupt(reader.file(), frame.position(), "its checksum is wrong");
            }
            ByteReader payload = reader.payload();
            try {
                payload.getVarint();
                payload.getVarint();
                payload.getVarint();
                codec.readAll(payload, schema, table::apply);
            } catch (MalformedBytesException e) {
                throw FileFormat.corrupt(reader.file(), frame.position(), String.valueOf(e.getMessage()));
            }
        }
    }
}
