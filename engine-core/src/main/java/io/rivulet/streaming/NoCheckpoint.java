package io.rivulet.streaming;

import io.rivulet.error.ErrorCode;
import io.rivulet.state.StateStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The log of a query that keeps nothing: every start is the first. */
final class NoCheckpoint implements CheckpointLog {
    private final String queryId = UUID.randomUUID().toString();
    private final String watermarkPolicy;

    NoCheckpoint(String watermarkPolicy) {
        this.watermarkPolicy = watermarkPolicy;
    }

    @Override
    public RecoveredLog recovered() {
        return new RecoveredLog(queryId, -1, null, false, Map.of(), null, watermarkPolicy);
    }

    @Override
    public @Nullable StateStore state() {
        return null;
    }

    @Override
    public @Nullable Path sourceDirectory(String sourceId) {
        return null;
    }

    @Override
    public void started(List<OwnedTable> tables) {}

    @Override
    public void journal(long batchId, String sourceId, byte[] rows) {
        throw ErrorCode.INTERNAL.error("rows of " + sourceId + " are to be journaled without a checkpoint");
    }

    @Override
    public List<byte[]> journaled(String sourceId) {
        return List.of();
    }

    @Override
    public void planned(BatchPlan plan, boolean durable) {}

    @Override
    public void prepared(BatchResult result, List<StateStore.StagedChanges> state) {}

    @Override
    public void committed(long batchId, List<OwnedTable> tables) {}

    @Override
    public void idle() {}

    @Override
    public long bytesWritten() {
        return 0;
    }

    @Override
    public void close() {}
}
