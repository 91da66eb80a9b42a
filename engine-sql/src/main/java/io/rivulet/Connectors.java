package io.rivulet;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.SourceProvider;
import io.rivulet.error.ErrorCode;
import io.rivulet.option.Names;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Formats by name: those given to the builder, then those on the class path, looked for when first needed. Thread-safe. */
final class Connectors {
    /** The format whose rows stay in the engine; the engine makes its sinks itself. */
    static final String MEMORY = "memory";

    private final List<ConnectorProvider> given;
    private @Nullable Map<String, ConnectorProvider> found;

    Connectors(List<ConnectorProvider> given) {
        this.given = List.copyOf(given);
    }

    private synchronized Map<String, ConnectorProvider> all() {
        Map<String, ConnectorProvider> known = found;
        if (known == null) {
            known = new TreeMap<>();
            for (ConnectorProvider provider : given) {
                known.put(provider.format().toLowerCase(Locale.ROOT), provider);
            }
            for (ConnectorProvider provider : ServiceLoader.load(ConnectorProvider.class)) {
                known.putIfAbsent(provider.format().toLowerCase(Locale.ROOT), provider);
            }
            found = known;
        }
        return known;
    }

    private ConnectorProvider find(String format) {
        Map<String, ConnectorProvider> known = all();
        ConnectorProvider provider = known.get(format.toLowerCase(Locale.ROOT));
        if (provider == null) {
            throw ErrorCode.UNKNOWN_FORMAT.error("there is no format '" + format + "'"
                    + Names.didYouMean(format, known.keySet()) + " The formats on the class path are " + known.keySet()
                    + "; a connector is one more jar");
        }
        return provider;
    }

    SourceProvider source(String format) {
        SourceProvider source = find(format).source();
        if (source == null) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("the format '" + format + "' can be written, not read");
        }
        return source;
    }

    SinkProvider sink(String format) {
        SinkProvider sink = find(format).sink();
        if (sink == null) {
            throw ErrorCode.UNSUPPORTED_OPERATION.error("the format '" + format + "' can be read, not written");
        }
        return sink;
    }
}
