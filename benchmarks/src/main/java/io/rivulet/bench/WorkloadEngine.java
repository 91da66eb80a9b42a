package io.rivulet.bench;

/**
 * An engine that can answer the workloads. Implementations are public with a public constructor without arguments, so
 * that a child JVM can make one by its class name.
 */
public interface WorkloadEngine {
    /**
     * Answers one workload to its end, as a streaming query that is flushed at its end. Each commit is reported to the
     * run's {@link WorkloadRun#commits()}, again after a crash where the engine does not know whether it was. With a
     * checkpoint directory that holds an unfinished run of the same workload, that run is continued.
     *
     * @return what the run cost beside its time, which the caller measures
     */
    EngineCost run(WorkloadRun run);

    /**
     * What a run cost.
     *
     * @param batches micro-batches committed by this call
     * @param checkpointBytesWritten bytes written below the checkpoint directory, 0 without one
     */
    record EngineCost(long batches, long checkpointBytesWritten) {}
}
