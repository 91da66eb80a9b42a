package io.rivulet.streaming;

import io.rivulet.file.FileAccess;
import io.rivulet.state.TableSpec;
import java.nio.file.Path;
import java.util.List;

/** Opens durable checkpoints; found by {@link java.util.ServiceLoader}. */
public interface CheckpointProvider {
    /**
     * The specs of the tables that a checkpoint keeps, without locking it; empty when there is no checkpoint yet.
     *
     * @throws io.rivulet.error.RivuletException CHECKPOINT_CORRUPT or CHECKPOINT_VERSION
     */
    List<TableSpec> storedTables(Path directory, FileAccess files);

    /**
     * Opens or creates the checkpoint in a directory and locks it.
     *
     * @throws io.rivulet.error.RivuletException CHECKPOINT_LOCKED naming the holder, CHECKPOINT_FOREIGN,
     *     CHECKPOINT_CORRUPT naming file and position, CHECKPOINT_VERSION naming both versions, QUERY_CHANGED with a
     *     list of what differs, QUERY_COMPLETE
     */
    CheckpointLog open(Path directory, QueryDescription query, FileAccess files);
}
