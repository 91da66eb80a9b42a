package io.rivulet.connector.builtin;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkMessage;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.SinkWriter;
import io.rivulet.connector.SourceProvider;
import io.rivulet.connector.WriteContext;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import io.rivulet.vector.ColumnBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The format {@code noop}: takes every row and keeps none, to measure a query. Any output mode. */
public final class NoopConnector implements ConnectorProvider {
    /** Made by {@link java.util.ServiceLoader}. */
    public NoopConnector() {}

    @Override
    public String format() {
        return "noop";
    }

    @Override
    public @Nullable SourceProvider source() {
        return null;
    }

    @Override
    public SinkProvider sink() {
        return new Provider();
    }

    private record Provider() implements SinkProvider {
        @Override
        public List<Option<?>> options() {
            return List.of();
        }

        @Override
        public Sink open(SinkContext context) {
            Options.parse("noop sink", options(), context.options());
            return new NoopSink();
        }
    }

    private record Nothing() implements SinkMessage {
        @Override
        public byte[] encode() {
            return new byte[0];
        }
    }

    private record NoopSink() implements Sink, SinkWriter {
        @Override
        public String description() {
            return "noop";
        }

        @Override
        public SinkWriter writer(WriteContext context) {
            return this;
        }

        @Override
        public void write(ColumnBatch batch) {
            // that is the point
        }

        @Override
        public SinkMessage prepare() {
            return new Nothing();
        }

        @Override
        public void abort() {
            // nothing was staged
        }

        @Override
        public SinkMessage decode(byte[] message) {
            return new Nothing();
        }

        @Override
        public void commit(long batchId, List<SinkMessage> messages) {
            // nothing to show
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
