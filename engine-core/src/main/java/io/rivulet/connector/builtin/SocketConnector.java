package io.rivulet.connector.builtin;

import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.SinkProvider;
import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.connector.SourceProvider;
import io.rivulet.error.ErrorCode;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code socket}: lines of UTF-8 text (other bytes become U+FFFD) from a TCP server, e.g. {@code nc -lk
 * 9999}. Columns {@code value STRING} and, with {@code includeTimestamp}, {@code timestamp TIMESTAMP}, when the line arrived.
 *
 * <p><b>Not replayable, at most once</b>: what the server has sent is gone from it. Lines of a batch that was not
 * committed when the process died, and lines that waited for their batch, are lost; the next start logs how many the
 * unfinished batch had. For anything that matters let the sender write files, or push records with ingest.
 *
 * <p>A thread of its own reads lines into a buffer of bounded size; when that is full it stops reading, and TCP makes
 * the sender wait.
 */
public final class SocketConnector implements ConnectorProvider {
    private static final int LAST_PORT = 65_535;
    private static final Option<String> HOST = Option.text("host", null, "The host to connect to; must be set.");
    private static final Option<Long> PORT =
            Option.count("port", null, 1, LAST_PORT, "The TCP port to connect to; must be set.");
    private static final Option<Boolean> INCLUDE_TIMESTAMP =
            Option.flag("includeTimestamp", false, "Whether a second column says when each line arrived.");

    private static final Schema LINES = Schema.of(Field.of("value", SimpleType.STRING));
    private static final Schema TIMED_LINES =
            Schema.of(Field.of("value", SimpleType.STRING), Field.of("timestamp", SimpleType.TIMESTAMP));

    /** Made by {@link java.util.ServiceLoader}. */
    public SocketConnector() {}

    @Override
    public String format() {
        return "socket";
    }

    @Override
    public SourceProvider source() {
        return new Provider();
    }

    @Override
    public @Nullable SinkProvider sink() {
        return null;
    }

    private static final class Provider implements SourceProvider {
        @Override
        public List<Option<?>> options() {
            return List.of(HOST, PORT, INCLUDE_TIMESTAMP);
        }

        private Options parse(SourceContext context) {
            Options options = Options.parse("socket source", options(), context.options());
            options.get(PORT); // must be set
            if (options.get(HOST).isBlank()) {
                throw ErrorCode.BAD_OPTION.error("option 'host' cannot be empty; name the host to connect to");
            }
            return options;
        }

        @Override
        public Schema schema(SourceContext context) {
            Schema schema = parse(context).get(INCLUDE_TIMESTAMP) ? TIMED_LINES : LINES;
            if (context.path() != null) {
                throw ErrorCode.BAD_OPTION.error("the socket source reads no path; use load() without one");
            }
            if (context.schema() != null && !context.schema().equals(schema)) {
                throw ErrorCode.BAD_SCHEMA.error("the columns of the socket source are " + schema.ddl()
                        + "; leave the schema out and take lines apart with functions");
            }
            if (!context.streaming()) {
                throw ErrorCode.UNSUPPORTED_OPERATION.error(
                        "the socket source has no end; use readStream() instead of read()");
            }
            return schema;
        }

        @Override
        public Source open(SourceContext context) {
            Options options = parse(context);
            return new SocketSource(
                    options.get(HOST),
                    options.get(PORT).intValue(),
                    options.get(INCLUDE_TIMESTAMP) ? TIMED_LINES : LINES,
                    context.clock());
        }
    }
}
