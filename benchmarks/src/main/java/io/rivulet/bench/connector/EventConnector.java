package io.rivulet.bench.connector;

import io.rivulet.bench.WorkloadRun;
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

/**
 * The format {@value #FORMAT} of one workload run, given to the engine's builder: reads the run's events, writes to a
 * checksum. It has no options; everything comes from the run.
 */
public final class EventConnector implements ConnectorProvider {
    /** The name of the format. */
    public static final String FORMAT = "bench-events";

    private final WorkloadRun run;

    /** @param run whose events are read and whose commits are reported */
    public EventConnector(WorkloadRun run) {
        this.run = run;
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
                return new EventSource(run.events(), run.count(), run.commits()::consumed);
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
                return new ChecksumSink(context.schema(), run.commits());
            }
        };
    }
}
