package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import io.rivulet.option.Names;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** What the file sinks have in common: compression and partition columns. */
final class SinkOptions {
    /** How files are compressed. */
    enum Compression {
        NONE,
        GZIP
    }

    static final Option<Compression> COMPRESSION = Option.choice(
            "compression", Compression.NONE, "Whether files are compressed; gzip adds .gz to their names.");
    static final Option<String> PARTITION_BY = Option.text(
            "partitionBy",
            "",
            "Columns, separated by commas, whose values become directories column=value instead of being in the"
                    + " files; names with commas in backticks.");

    private SinkOptions() {}

    /** The indices of the partition columns; refuses what cannot be a directory. */
    static List<Integer> partitionColumns(Options options, Schema schema, String format) {
        List<String> names = names(options.get(PARTITION_BY));
        List<Integer> columns = new ArrayList<>();
        for (String name : names) {
            int column = schema.indexOf(name);
            if (column < 0) {
                throw ErrorCode.UNKNOWN_COLUMN.error("the " + format + " sink cannot partition by '" + name
                        + "', the rows have no such column" + Names.didYouMean(name, schema.names()) + " They have "
                        + schema.names());
            }
            if (columns.contains(column)) {
                throw ErrorCode.BAD_OPTION.error("the option 'partitionBy' names the column '" + name + "' twice");
            }
            DataType type = schema.type(column);
            if (!ValueFormats.isScalar(type) || type == DataType.BINARY) {
                throw ErrorCode.BAD_SCHEMA.error("the " + format + " sink cannot partition by '" + name + "' of type "
                        + type.sql() + "; values of a partition column become names of directories, so cast it");
            }
            columns.add(column);
        }
        if (!columns.isEmpty() && columns.size() == schema.size()) {
            throw ErrorCode.BAD_OPTION.error("the option 'partitionBy' names every column, and nothing is left for the"
                    + " files; leave one out");
        }
        return columns;
    }

    private static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || (text.charAt(i) == ',' && !quoted)) {
                if (!name.toString().isBlank()) {
                    names.add(name.toString().strip());
                } else if (!text.isBlank()) {
                    throw ErrorCode.BAD_OPTION.error("option 'partitionBy' cannot be '" + text
                            + "'; it takes names of columns, separated by commas");
                }
                name.setLength(0);
            } else if (text.charAt(i) == '`') {
                quoted = !quoted;
            } else {
                name.append(text.charAt(i));
            }
        }
        return names;
    }
}
