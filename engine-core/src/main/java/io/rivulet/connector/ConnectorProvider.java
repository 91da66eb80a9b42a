package io.rivulet.connector;

import org.jspecify.annotations.Nullable;

/**
 * A format by name, found by {@link java.util.ServiceLoader} or given to the engine's builder. A connector jar has one
 * per format.
 */
public interface ConnectorProvider {
    /** The name in {@code format("…")}; lower case. */
    String format();

    /** Makes its sources, or null when the format cannot be read. */
    @Nullable
    SourceProvider source();

    /** Makes its sinks, or null when the format cannot be written. */
    @Nullable
    SinkProvider sink();
}
