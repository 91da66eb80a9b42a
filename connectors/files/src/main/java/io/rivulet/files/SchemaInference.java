package io.rivulet.files;

import io.rivulet.connector.SourceContext;
import io.rivulet.error.ErrorCode;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.type.SimpleType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the columns of files by looking into a sample of them: at most {@link #MOST_FILES} files, evenly chosen
 * from all, and {@link #MOST_BYTES} of records together. A later row that does not fit is a malformed row, never a
 * silent null.
 */
final class SchemaInference {
    static final int MOST_FILES = 32;
    static final long MOST_BYTES = 16 << 20;

    private final InputPaths paths;
    private final List<FileEntry> all;
    private final ZoneId zone;

    private SchemaInference(InputPaths paths, List<FileEntry> all, ZoneId zone) {
        this.paths = paths;
        this.all = all;
        this.zone = zone;
    }

    static SchemaInference of(SourceContext context, String path) {
        InputPaths paths = InputPaths.of(path);
        FileList none = FileList.open(context.files(), null, FileList.NEVER);
        return new SchemaInference(
                paths, new InputListing(paths, context.files()).fresh(none, p -> false), context.zone());
    }

    /** Takes the records of one file, until it has enough. */
    private interface Sampler {
        boolean take(RecordScanner scanner);
    }

    private void sample(FileFormat format, String what, Sampler sampler) {
        if (all.isEmpty()) {
            throw ErrorCode.BAD_SCHEMA.error("there is no file with rows to infer the columns of the " + what
                    + " source from; declare them, e.g. schema(\"time TIMESTAMP, amount DOUBLE\")");
        }
        int count = Math.min(all.size(), MOST_FILES);
        for (int i = 0; i < count; i++) {
            FileEntry entry = all.get((int) ((long) i * all.size() / count));
            try (RecordScanner scanner = format.scan(Path.of(entry.path()), 0, entry.dataEnd(), 1)) {
                long bytes = MOST_BYTES / count;
                while (bytes > 0 && scanner.next() && sampler.take(scanner)) {
                    bytes -= scanner.to() - scanner.from();
                }
            }
        }
    }

    /**
     * The columns of CSV files: named by the first header there is, or {@code _c0}, {@code _c1} and so on.
     *
     * @param types false to take every column as STRING
     */
    Schema csv(CsvFormat format, boolean types) {
        List<String> names = new ArrayList<>();
        List<InferredType> found = new ArrayList<>();
        for (int i = 0; format.text().header() && names.isEmpty() && i < all.size(); i++) {
            List<String> header =
                    format.header(Path.of(all.get(i).path()), all.get(i).dataEnd());
            names.addAll(header == null ? List.of() : header);
        }
        sample(format, "csv", scanner -> {
            List<@Nullable String> fields = format.values(scanner);
            while (names.size() < fields.size() && !format.text().header()) {
                names.add("_c" + names.size());
            }
            for (int i = 0; i < fields.size() && types; i++) {
                if (i == found.size()) {
                    found.add(new InferredType(format.values(), zone));
                }
                String field = fields.get(i);
                if (field != null) {
                    byte[] utf8 = field.getBytes(StandardCharsets.UTF_8);
                    found.get(i).see(utf8, 0, utf8.length);
                }
            }
            return types || names.isEmpty();
        });
        List<Field> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(Field.of(names.get(i), i < found.size() ? found.get(i).type() : SimpleType.STRING));
        }
        return withPartitions(new Schema(columns));
    }

    /**
     * The columns of JSON lines, by name in alphabetical order as Spark gives them. Lines that are no objects do not
     * count.
     */
    Schema json(JsonFormat format) {
        JsonTypes types = new JsonTypes();
        sample(format, "json", scanner -> {
            types.see(scanner.buffer(), scanner.from(), scanner.to());
            return true;
        });
        return withPartitions(types.schema());
    }

    /** Columns that directories name, behind the others, unless they are among them. */
    Schema withPartitions(Schema schema) {
        Map<String, InferredType> partitions = new LinkedHashMap<>();
        for (FileEntry entry : all) {
            PartitionPath.values(paths.base(), Path.of(entry.path())).forEach((name, value) -> {
                InferredType type = partitions.computeIfAbsent(name, n -> new InferredType(ValueFormats.ISO, zone));
                if (value != null) {
                    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
                    type.see(utf8, 0, utf8.length);
                }
            });
        }
        List<Field> columns = new ArrayList<>(schema.fields());
        partitions.forEach((name, type) -> {
            if (schema.indexOf(name) == Schema.NOT_FOUND) {
                columns.add(Field.of(name, type.type()));
            }
        });
        return new Schema(columns);
    }
}
