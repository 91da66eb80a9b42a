package io.rivulet.connector;

import io.rivulet.option.Option;
import java.util.List;

/** Makes sinks of one format. */
public interface SinkProvider {
    /** Every option its sinks know. */
    List<Option<?>> options();

    /** A sink; refuses options, path, schema and output mode that it cannot do, before anything is written. */
    Sink open(SinkContext context);
}
