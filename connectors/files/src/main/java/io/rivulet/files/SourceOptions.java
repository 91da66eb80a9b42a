package io.rivulet.files;

import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.SourceContext;
import io.rivulet.error.ErrorCode;
import io.rivulet.option.Option;
import io.rivulet.option.Options;
import io.rivulet.type.ArrayType;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.MapType;
import io.rivulet.type.Schema;
import io.rivulet.type.StructType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What the file sources have in common: limits, mode, and the schema as files can keep it. */
final class SourceOptions {
    static final Option<FileFormat.Mode> MODE = Option.choice(
            "mode",
            FileFormat.Mode.FAIL_FAST,
            "What to do with a row that does not fit the schema and that no bad-row sink takes: fail the query, or drop and"
                    + " count the row.");
    static final Option<Long> MAX_FILES =
            Option.count("maxFilesPerTrigger", Long.MAX_VALUE, 1, "The most files that one batch reads from.");
    static final Option<Long> MAX_ROWS =
            Option.count("maxRowsPerTrigger", Long.MAX_VALUE, 1, "The most rows that one batch reads.");
    static final Option<Long> MAX_BYTES =
            Option.bytes("maxBytesPerTrigger", Long.MAX_VALUE, "The most bytes that one batch reads.");

    static final Option<Boolean> LATEST_FIRST = Option.flag(
            "latestFirst",
            false,
            "Whether the newest of the files that wait are read first; every batch then lists the files again.");

    static final Option<Duration> MAX_FILE_AGE = Option.duration(
            "maxFileAge",
            Duration.ofDays(7),
            "Files that come and are older than the newest file seen by more than this are not read; the first look takes"
                    + " all. With latestFirst and a limit of the source it means nothing.");

    static final Option<Boolean> INFER_SCHEMA = Option.flag(
            "inferSchema",
            false,
            "Batch reads without a schema: whether types are found out from a sample of the rows; else all columns are"
                    + " STRING.");

    /** A file cannot be older. */
    private static final Duration LONGEST_AGE = Duration.ofDays(1_000_000);

    private SourceOptions() {}

    static ReadLimit limit(Options options) {
        return new ReadLimit(options.get(MAX_ROWS), options.get(MAX_BYTES), options.get(MAX_FILES));
    }

    /** How much older than the newest a file may be, in microseconds, or {@link FileList#NEVER}. */
    static long maxFileAge(Options options) {
        Duration age = options.get(MAX_FILE_AGE);
        if (age.isNegative()) {
            throw ErrorCode.BAD_OPTION.error(
                    "option 'maxFileAge' cannot be negative; it takes a duration, e.g. 7 days");
        }
        boolean limited = options.isSet(MAX_FILES) || options.isSet(MAX_ROWS) || options.isSet(MAX_BYTES);
        // what waits while newer files are read first would be lost
        boolean ignored = options.get(LATEST_FIRST) && limited;
        return ignored || age.compareTo(LONGEST_AGE) > 0 ? FileList.NEVER : TimeUnit.MICROSECONDS.convert(age);
    }

    static String path(SourceContext context, String format) {
        String path = context.path();
        if (path == null || path.isBlank()) {
            throw ErrorCode.BAD_OPTION.error(
                    "the " + format + " source needs a path: load(\"directory, file or glob\")");
        }
        return path;
    }

    /** The declared schema with every field nullable: files promise nothing, as in Spark. */
    static Schema schema(SourceContext context, String format) {
        Schema schema = context.schema();
        if (schema == null || schema.size() == 0) {
            throw ErrorCode.BAD_SCHEMA.error("the " + format
                    + " source needs a schema"
                    + (context.streaming() ? " for a stream, so that it is the same at every start" : "")
                    + "; declare it, e.g. schema(\"time TIMESTAMP, amount DOUBLE\")");
        }
        for (String name : schema.names()) {
            if (schema.indexOf(name) == Schema.AMBIGUOUS) {
                throw ErrorCode.BAD_SCHEMA.error(
                        "the schema of the " + format + " source names the column '" + name + "' twice");
            }
        }
        return nullable(schema);
    }

    /** Whether the columns are to be found out: a batch read, and none are declared. */
    static boolean infers(SourceContext context) {
        return !context.streaming()
                && (context.schema() == null || context.schema().size() == 0);
    }

    private static Schema nullable(Schema schema) {
        return new Schema(schema.fields().stream()
                .map(f -> Field.of(f.name(), nullable(f.type())))
                .toList());
    }

    private static DataType nullable(DataType type) {
        if (type instanceof StructType struct) {
            return new StructType(nullable(struct.schema()));
        }
        if (type instanceof ArrayType array) {
            return new ArrayType(nullable(array.element()));
        }
        if (type instanceof MapType map) {
            return new MapType(nullable(map.key()), nullable(map.value()));
        }
        return type;
    }
}
