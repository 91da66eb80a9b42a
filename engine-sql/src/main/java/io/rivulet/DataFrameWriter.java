package io.rivulet;

import io.rivulet.connector.SinkProvider;
import io.rivulet.error.ErrorCode;
import io.rivulet.sql.logical.LogicalPlan;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a bounded table once. Each method changes and gives this writer; used by one thread.
 *
 * <pre>{@code
 * df.write().format("csv").option("header", true).save("/data/out");
 * }</pre>
 */
public final class DataFrameWriter {
    private final Session session;
    private final LogicalPlan plan;
    private final Map<String, String> options = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private @Nullable String format;

    DataFrameWriter(Session session, LogicalPlan plan) {
        this.session = session;
        this.plan = plan;
    }

    /** The format, e.g. {@code csv}. */
    public DataFrameWriter format(String name) {
        format = name;
        return this;
    }

    /** An option of the format; checked when it writes. */
    public DataFrameWriter option(String name, Object value) {
        options.put(name, String.valueOf(value));
        return this;
    }

    /** Options of the format. */
    public DataFrameWriter options(Map<String, String> more) {
        options.putAll(more);
        return this;
    }

    /**
     * Columns whose values become directories {@code column=value} instead of being in the files; short for the option
     * {@code partitionBy} of the file formats.
     */
    public DataFrameWriter partitionBy(String... columns) {
        options.put(PartitionNames.OPTION, PartitionNames.join(columns));
        return this;
    }

    /** Writes to a format that needs no path; returns when all is written. */
    public void save() {
        save(null, format);
    }

    /** Writes below a path; returns when all is written. */
    public void save(String path) {
        save(path, format);
    }

    /** Short for {@code format("csv").save(path)}. */
    public void csv(String path) {
        save(path, "csv");
    }

    /** Short for {@code format("json").save(path)}. */
    public void json(String path) {
        save(path, "json");
    }

    /** One STRING column as lines: short for {@code format("text").save(path)}. */
    public void text(String path) {
        save(path, "text");
    }

    /** Writes into a table of the engine, which {@link Engine#table} reads. */
    public void saveAsTable(String name) {
        session.runOnce(plan, session.table(name).sink(), null, options, "write()");
    }

    private void save(@Nullable String path, @Nullable String name) {
        if (name == null) {
            throw ErrorCode.BAD_OPTION.error(
                    "it is not said how to write; use format(\"csv\") or the like before save()");
        }
        if (name.toLowerCase(Locale.ROOT).equals(Connectors.MEMORY)) {
            throw ErrorCode.BAD_OPTION.error("the format memory needs a name; use saveAsTable(name)");
        }
        SinkProvider sink = session.connectors().sink(name);
        session.runOnce(plan, sink, path, options, "write()");
    }
}
