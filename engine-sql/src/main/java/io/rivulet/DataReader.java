package io.rivulet;

import io.rivulet.connector.SourceContext;
import io.rivulet.error.ErrorCode;
import io.rivulet.sql.parser.SqlParser;
import io.rivulet.type.Schema;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says what to read: format, columns, options, then {@link #load(String)}. Each method changes and gives this reader;
 * used by one thread.
 *
 * @param <R> the reader's own class
 */
public abstract sealed class DataReader<R extends DataReader<R>> permits DataFrameReader, DataStreamReader {
    private final Session session;
    private final boolean streaming;
    private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable String format;
    private @Nullable Schema schema;

    DataReader(Session session, boolean streaming) {
        this.session = session;
        this.streaming = streaming;
    }

    abstract R self();

    /** The format, e.g. {@code csv}. */
    public R format(String name) {
        format = name;
        return self();
    }

    /** The columns. */
    public R schema(Schema columns) {
        schema = columns;
        return self();
    }

    /** The columns in SQL, e.g. {@code "ts TIMESTAMP, user STRING NOT NULL"}. */
    public R schema(String ddl) {
        return schema(SqlParser.schema(ddl));
    }

    /** An option of the format; checked at {@link #load()}. */
    public R option(String name, Object value) {
        options.put(name, String.valueOf(value));
        return self();
    }

    /** Options of the format. */
    public R options(Map<String, String> more) {
        options.putAll(more);
        return self();
    }

    /** The table; bad options and schemas are refused here. */
    public DataFrame load() {
        return load(format, null);
    }

    /** The table behind a path; bad options, paths and schemas are refused here. */
    public DataFrame load(String path) {
        return load(format, path);
    }

    /** CSV files: short for {@code format("csv").load(path)}. */
    public DataFrame csv(String path) {
        return load("csv", path);
    }

    /** JSON lines: short for {@code format("json").load(path)}. */
    public DataFrame json(String path) {
        return load("json", path);
    }

    /** Lines of text files, one column {@code value STRING}: short for {@code format("text").load(path)}. */
    public DataFrame text(String path) {
        return load("text", path);
    }

    private DataFrame load(@Nullable String name, @Nullable String path) {
        session.requireOpen();
        if (name == null) {
            throw ErrorCode.BAD_OPTION.error(
                    "it is not said what to read; use format(\"csv\") or the like before load()");
        }
        SourceContext context = new SourceContext(
                path,
                schema,
                Map.copyOf(options),
                null,
                streaming,
                session.services().zone(),
                session.services().files(),
                session.services().clock());
        return session.frame(SourceRelation.of(name, session.connectors().source(name), context));
    }
}
