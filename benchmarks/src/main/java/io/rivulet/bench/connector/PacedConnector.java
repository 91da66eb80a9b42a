package io.rivulet.bench.connector;

import io.rivulet.bench.WorkloadRun;
import io.rivulet.bench.workload.EvenPace;
import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.connector.SourceProvider;
import io.rivulet.option.Option;
import io.rivulet.type.Schema;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The format {@value #FORMAT}, given to the engine's builder: reads events as they become due, writes to a sink that
 * tells the recorder of its commits. It has no options.
 */
public final class PacedConnector implements ConnectorProvider {
    /** The name of the format. */
    public static final String FORMAT = "bench-paced";

    private final EvenPace pace;
    private final LatencyRecorder recorder;
    private final Function<Schema, Sink> sink;

    private PacedConnector(EvenPace pace, LatencyRecorder recorder, Function<Schema, Sink> sink) {
        this.pace = pace;
        this.recorder = recorder;
        this.sink = sink;
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

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public SourceProvider source() {
        return new SourceProvider() {
            @Override
            public List<Option<?>> options() {
                return List.of();
            }

            @Override
            public Schema schema(SourceContext context) {
                return EventSource.SCHEMA;
            }

            @Override
            public Source open(SourceContext context) {
                return new PacedSource(pace, recorder);
            }
        };
    }

    @Override
    public SinkProvider sink() {
        return new SinkProvider() {
            @Override
            public List<Option<?>> options() {
                return List.of();
            }

            @Override
            public Sink open(SinkContext context) {
                return sink.apply(context.schema());
            }
        };
    }
}
