package io.rivulet;

import io.rivulet.connector.OutputMode;
import io.rivulet.connector.Sink;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.SinkProvider;
import io.rivulet.error.ErrorCode;
import io.rivulet.streaming.QueryDefinition;
import io.rivulet.type.Schema;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one kind of a query's rows go, as the user has said it: a format, a provider or an object, of which one is not
 * null. Immutable.
 *
 * @param path where the format writes to, or null; for the format memory the name of the table
 * @param options of the format
 */
record SinkChoice(
        @Nullable String format,
        @Nullable SinkProvider provider,
        @Nullable Sink object,
        @Nullable String path,
        Map<String, String> options) {
    private static final Set<String> IN_DRIVER = Set.of("console", Connectors.MEMORY);

    static SinkChoice of(String format, @Nullable String path, Map<String, String> options) {
        return new SinkChoice(format.toLowerCase(Locale.ROOT), null, null, path, Map.copyOf(options));
    }

    static SinkChoice of(SinkProvider provider) {
        return new SinkChoice(null, provider, null, null, Map.of());
    }

    static SinkChoice of(Sink sink) {
        return new SinkChoice(null, null, sink, null, Map.of());
    }

    SinkChoice at(@Nullable String newPath, Map<String, String> newOptions) {
        return new SinkChoice(format, provider, object, newPath == null ? path : newPath, Map.copyOf(newOptions));
    }

    /** Whether an object of this process takes the rows. */
    boolean inDriver() {
        return format == null || IN_DRIVER.contains(format);
    }

    /** The choice with its format found; {@code UNKNOWN_FORMAT} or {@code BAD_OPTION} when there is none. */
    SinkChoice found(Session session, @Nullable String table) {
        if (format == null) {
            return this;
        }
        SinkProvider made;
        if (format.equals(Connectors.MEMORY)) {
            if (table == null) {
                throw ErrorCode.BAD_OPTION.error("the format memory writes to a table named as the query: give it a"
                        + " queryName(…), or use toTable(name)");
            }
            made = session.table(table).sink();
        } else {
            made = session.connectors().sink(format);
        }
        return new SinkChoice(format, made, null, path, options);
    }

    /** Whether both would write to the same place, where the rows of one would pass for those of the other. */
    boolean collidesWith(SinkChoice other) {
        if (object != null || other.object != null) {
            return object == other.object;
        }
        if (Objects.equals(provider, other.provider) && Objects.equals(path, other.path)) {
            return format == null || path != null || format.equals(Connectors.MEMORY);
        }
        return path != null
                && other.path != null
                && format != null
                && !format.equals(Connectors.MEMORY)
                && other.format != null
                && Path.of(path)
                        .toAbsolutePath()
                        .normalize()
                        .equals(Path.of(other.path).toAbsolutePath().normalize());
    }

    /** Opens the sink when the query's id is known; to be asked of a choice that was {@link #found}. */
    QueryDefinition.SinkOpener opener(Session session, Schema schema, OutputMode mode, boolean durable) {
        if (object != null) {
            Sink given = object;
            return queryId -> given;
        }
        SinkProvider maker = Objects.requireNonNull(provider);
        return queryId -> maker.open(new SinkContext(
                queryId,
                path,
                schema,
                mode,
                options,
                durable,
                true,
                session.services().zone(),
                session.services().files()));
    }
}
