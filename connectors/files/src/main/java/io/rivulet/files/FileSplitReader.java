package io.rivulet.files;

import io.rivulet.connector.ReadContext;
import io.rivulet.connector.SplitReader;
import io.rivulet.error.ErrorCode;
import io.rivulet.type.DataType;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.ConstantVector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the records of a split into columns; columns that the path names get its values. */
final class FileSplitReader implements SplitReader {
    /** So much of a bad row is handed on. */
    private static final int MOST_RAW = 1 << 16;

    private static final int IN_PATH = -1;

    private final FileSplit split;
    private final FileFormat format;
    private final ReadContext context;
    private final HeldInputs inputs;
    private final RecordScanner scanner;
    private final RecordParser parser;
    private final ColumnBuilder[] builders;
    /** For each wanted column which of the builders it is, or {@link #IN_PATH}. */
    private final int[] sources;
    /** The values of the columns that the path gives, in row 0; null for the others. */
    private final @Nullable ColumnVector[] pathValues;

    /**
     * @param schema the columns of the source
     * @param base the directory below which names of directories give values
     * @param inputs where a file that the split cuts stays open for the next batch
     */
    FileSplitReader(
            FileSplit split, FileFormat format, Schema schema, Path base, ReadContext context, HeldInputs inputs) {
        this.split = split;
        this.format = format;
        this.context = context;
        this.inputs = inputs;
        split.entry().check();
        Path file = Path.of(split.entry().path());
        int[] columns = context.columns();
        sources = new int[columns.length];
        pathValues = new @Nullable ColumnVector[columns.length];
        @Nullable String[] values = new @Nullable String[schema.size()];
        int[] positions = positionsInFile(schema, base, file, values);
        ReadContext inFile = context;
        Schema fileSchema = schema;
        int inPath = 0;
        for (int position : positions) {
            inPath += position == IN_PATH ? 1 : 0;
        }
        if (inPath > 0) {
            int[] kept = new int[schema.size() - inPath];
            for (int i = 0; i < positions.length; i++) {
                if (positions[i] != IN_PATH) {
                    kept[positions[i]] = i;
                }
            }
            fileSchema = schema.select(kept);
            inFile = inFile(fileSchema, columns, positions);
        }
        int next = 0;
        for (int i = 0; i < columns.length; i++) {
            if (positions[columns[i]] == IN_PATH) {
                sources[i] = IN_PATH;
                pathValues[i] = constant(schema, columns[i], values[columns[i]]);
            } else {
                sources[i] = next++;
            }
        }
        parser = format.parser(file, split.entry().dataEnd(), fileSchema, inFile);
        int capacity = (int) Math.max(1, Math.min(context.vectorSize(), split.estimatedRows()));
        builders = ColumnBuilder.forSchema(inFile.schema(), capacity);
        ByteInput input = inputs.open(split.entry(), split.from());
        scanner = format.scan(input, file, split.from(), split.to(), split.line());
    }

    /** For each column of the source its index among those in the file, or {@link #IN_PATH} with its value set. */
    private static int[] positionsInFile(Schema schema, Path base, Path file, @Nullable String[] values) {
        int[] positions = new int[schema.size()];
        for (Map.Entry<String, @Nullable String> value :
                PartitionPath.values(base, file).entrySet()) {
            int column = schema.indexOf(value.getKey());
            if (column >= 0) {
                positions[column] = IN_PATH;
                values[column] = value.getValue();
            }
        }
        int next = 0;
        for (int i = 0; i < positions.length; i++) {
            if (positions[i] != IN_PATH) {
                positions[i] = next++;
            }
        }
        return positions;
    }

    private ReadContext inFile(Schema fileSchema, int[] columns, int[] positions) {
        int count = 0;
        for (int column : columns) {
            count += positions[column] == IN_PATH ? 0 : 1;
        }
        int[] wanted = new int[count];
        int next = 0;
        for (int column : columns) {
            if (positions[column] != IN_PATH) {
                wanted[next++] = positions[column];
            }
        }
        return new ReadContext(
                fileSchema.select(wanted), wanted, context.vectorSize(), context.zone(), context.badRows());
    }

    private ColumnVector constant(Schema schema, int column, @Nullable String value) {
        DataType type = schema.type(column);
        ColumnBuilder one = new ColumnBuilder(type, 1);
        if (value == null) {
            one.appendNull();
        } else {
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            if (!ValueFormats.isScalar(type)
                    || !new ValueParser(type, ValueFormats.ISO, context.zone()).parse(utf8, 0, utf8.length, one)) {
                throw ErrorCode.MALFORMED_ROW.error(split.entry().path() + ": '" + value + "' in the path is no "
                        + type.sql() + ", which the column "
                        + schema.field(column).name()
                        + " is declared as; declare it as STRING, or rename the directory");
            }
        }
        return one.build();
    }

    @Override
    public @Nullable ColumnBatch next() {
        int rows = 0;
        int wanted = context.vectorSize();
        while (rows < wanted && scanner.next()) {
            RecordParser.Problem problem = parser.parse(scanner.buffer(), scanner.from(), scanner.to(), builders);
            if (problem == null) {
                rows++;
                continue;
            }
            for (ColumnBuilder builder : builders) {
                builder.truncate(rows);
            }
            refuse(problem);
        }
        if (rows == 0) {
            return null;
        }
        ColumnVector[] columns = new ColumnVector[sources.length];
        for (int i = 0; i < columns.length; i++) {
            ColumnVector fromPath = pathValues[i];
            columns[i] = fromPath == null ? builders[sources[i]].build() : new ConstantVector(fromPath, rows);
        }
        return new ColumnBatch(context.schema(), columns, rows);
    }

    /** Hands a bad row on, or does what the mode says. */
    private void refuse(RecordParser.Problem problem) {
        String place = split.entry().path() + ", line " + scanner.line() + ", byte " + scanner.position();
        String column = problem.column() == null ? "" : "column " + problem.column() + ": ";
        String reason = column + "'" + problem.text() + "' " + problem.reason();
        if (context.badRows().take(raw(), place, reason)) {
            return;
        }
        if (format.mode() == FileFormat.Mode.FAIL_FAST) {
            throw ErrorCode.MALFORMED_ROW.error(place + ", " + reason
                    + "; correct the file, or set the option mode=dropMalformed to drop and count such rows");
        }
        context.badRows().dropped();
    }

    private String raw() {
        int length = scanner.to() - scanner.from();
        String text = new String(scanner.buffer(), scanner.from(), Math.min(length, MOST_RAW), StandardCharsets.UTF_8);
        return length <= MOST_RAW ? text : text + "… (the first " + MOST_RAW + " of " + length + " bytes)";
    }

    @Override
    public void close() {
        if (!split.entry().compressed() || split.to() == ByteInput.UNKNOWN_END || scanner.position() != split.to()) {
            scanner.close();
            return;
        }
        inputs.hold(split.entry(), scanner.detach());
    }
}
