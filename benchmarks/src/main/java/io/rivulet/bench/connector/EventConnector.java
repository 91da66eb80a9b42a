package io.rivulet.bench.connector;

import io.rivulet.bench.WorkloadRun;

/**
 * The format {@value #FORMAT} of one workload run, given to the engine's builder: reads the run's events, writes to a
 * checksum. It has no options; everything comes from the run.
 */
public final class EventConnector extends FixedConnector {
    /** The name of the format. */
    public static final String FORMAT = "bench-events";

    /** @param run whose events are read and whose commits are reported */
    public EventConnector(WorkloadRun run) {
        super(
                FORMAT,
                () -> new EventSource(run.events(), run.count(), run.commits()::consumed),
                schema -> new ChecksumSink(schema, run.commits()));
    }
}
