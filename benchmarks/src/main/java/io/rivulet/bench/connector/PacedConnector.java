package io.rivulet.bench.connector;

import io.rivulet.bench.WorkloadRun;
import io.rivulet.bench.workload.EvenPace;
import io.rivulet.connector.Sink;
import io.rivulet.type.Schema;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The format {@value #FORMAT}, given to the engine's builder: reads events as they become due, writes to a sink that
 * tells the recorder of its commits. It has no options.
 */
public final class PacedConnector extends FixedConnector {
    /** The name of the format. */
    public static final String FORMAT = "bench-paced";

    private PacedConnector(EvenPace pace, LatencyRecorder recorder, Function<Schema, Sink> sink) {
        super(FORMAT, () -> new PacedSource(pace, recorder), sink);
    }

    /** With a sink that adds rows up to a checksum. */
    public static PacedConnector checksum(EvenPace pace, LatencyRecorder recorder, WorkloadRun.Commits commits) {
        return new PacedConnector(
                pace,
                recorder,
                schema -> new ChecksumSink(schema, (batchId, rows) -> {
                    commits.committed(batchId, rows);
                    recorder.committed();
                }));
    }

    /** With a sink that keeps the last row of each key; {@code opened} is given it. */
    public static PacedConnector upserts(EvenPace pace, LatencyRecorder recorder, Consumer<UpsertSink> opened) {
        return new PacedConnector(pace, recorder, schema -> {
            UpsertSink made = new UpsertSink(schema, recorder::committed);
            opened.accept(made);
            return made;
        });
    }
}
