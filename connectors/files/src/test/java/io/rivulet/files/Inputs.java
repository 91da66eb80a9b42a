package io.rivulet.files;

import io.rivulet.connector.BadRows;
import io.rivulet.connector.ConnectorProvider;
import io.rivulet.connector.Offset;
import io.rivulet.connector.OutputMode;
import io.rivulet.connector.ReadContext;
import io.rivulet.connector.ReadLimit;
import io.rivulet.connector.SinkContext;
import io.rivulet.connector.Source;
import io.rivulet.connector.SourceContext;
import io.rivulet.connector.Split;
import io.rivulet.connector.SplitReader;
import io.rivulet.file.LocalFileAccess;
import io.rivulet.time.Clock;
import io.rivulet.type.DataType;
import io.rivulet.type.Field;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;

/** Sources and sinks as the engine would make and drive them. */
@NullUnmarked // rows hold nulls
final class Inputs {
    static final ZoneId UTC = ZoneId.of("UTC");

    private Inputs() {}

    static Path write(Path file, String text) throws Exception {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    static void modifiedAt(Path file, long seconds) throws Exception {
        Files.setLastModifiedTime(file, FileTime.fromMillis(seconds * 1000));
    }

    static Schema schema(Object... namesAndTypes) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            fields.add(Field.of((String) namesAndTypes[i], (DataType) namesAndTypes[i + 1]));
        }
        return new Schema(fields);
    }

    static SourceContext context(Object path, Schema schema, Map<String, String> options, Path directory) {
        return new SourceContext(
                path.toString(), schema, options, directory, true, UTC, LocalFileAccess.INSTANCE, Clock.system());
    }

    static Source source(ConnectorProvider provider, Object path, Schema schema, Map<String, String> options) {
        return provider.source().open(context(path, schema, options, null));
    }

    static Source csv(Object path, Schema schema, Map<String, String> options) {
        return source(new CsvConnector(), path, schema, options);
    }

    static int[] allColumns(Source source) {
        return IntStream.range(0, source.schema().size()).toArray();
    }

    static List<List<Object>> read(Source source, Offset start, Offset end) {
        return read(source, start, end, allColumns(source), 3, new AtomicInteger());
    }

    static List<List<Object>> read(
            Source source, Offset start, Offset end, int[] columns, int parallelism, AtomicInteger malformed) {
        ReadContext context = new ReadContext(
                source.schema().select(columns), columns, 7, UTC, BadRows.droppedTo(malformed::incrementAndGet));
        List<List<Object>> rows = new ArrayList<>();
        for (Split split : source.splits(start, end, parallelism)) {
            try (SplitReader reader = source.reader(split, context)) {
                ColumnBatch batch;
                while ((batch = reader.next()) != null) {
                    for (int i = 0; i < batch.rowCount(); i++) {
                        rows.add(batch.row(i).values());
                    }
                }
            }
        }
        return rows;
    }

    static List<List<Object>> readAll(Source source) {
        Offset end = source.latest(source.initial(), ReadLimit.ALL);
        return read(source, source.initial(), end);
    }

    /** The rows of every batch until nothing new comes. */
    static List<List<List<Object>>> batches(Source source, ReadLimit limit) {
        List<List<List<Object>>> batches = new ArrayList<>();
        Offset at = source.initial();
        while (true) {
            Offset next = source.latest(at, limit);
            if (next.equals(at)) {
                return batches;
            }
            batches.add(read(source, at, next));
            at = next;
        }
    }

    static List<Object> row(Object... values) {
        return Arrays.asList(values);
    }

    static ColumnBatch batch(Schema schema, List<List<Object>> rows) {
        ColumnBuilder[] builders = ColumnBuilder.forSchema(schema, 4);
        for (List<Object> row : rows) {
            for (int i = 0; i < builders.length; i++) {
                builders[i].append(row.get(i));
            }
        }
        ColumnVector[] columns = new ColumnVector[builders.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = builders[i].build();
        }
        return new ColumnBatch(schema, columns, rows.size());
    }

    static SinkContext sinkContext(Path path, String query, Schema schema, Map<String, String> options) {
        return new SinkContext(
                query, path.toString(), schema, OutputMode.APPEND, options, true, true, UTC, LocalFileAccess.INSTANCE);
    }

    static Row structValue(Schema schema, Object... values) {
        return new Row(schema, values);
    }
}
