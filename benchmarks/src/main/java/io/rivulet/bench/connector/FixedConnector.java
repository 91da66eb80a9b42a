package io.rivulet.bench.connector;

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
import java.util.function.Function;
import java.util.function.Supplier;

/** A format of events without options, whose source and sink are known when it is made. */
abstract class FixedConnector implements ConnectorProvider {
    private final String format;
    private final Supplier<Source> source;
    private final Function<Schema, Sink> sink;

    /**
     * @param source of {@link EventSource#SCHEMA}
     * @param sink for rows of a schema
     */
    FixedConnector(String format, Supplier<Source> source, Function<Schema, Sink> sink) {
        this.format = format;
        this.source = source;
        this.sink = sink;
    }

    @Override
    public final String format() {
        return format;
    }

    @Override
    public final SourceProvider source() {
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
                return source.get();
            }
        };
    }

    @Override
    public final SinkProvider sink() {
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
