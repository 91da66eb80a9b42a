package io.rivulet.files;

import io.rivulet.connector.ReadContext;
import io.rivulet.connector.SplitReader;
import io.rivulet.error.ErrorCode;
import io.rivulet.error.RivuletException;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnBuilder;
import io.rivulet.vector.ColumnVector;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads the records of a split into columns. */
final class FileSplitReader implements SplitReader {
    private final FileSplit split;
    private final FileFormat format;
    private final ReadContext context;
    private final RecordScanner scanner;
    private final RecordParser parser;
    private final ColumnBuilder[] builders;

    FileSplitReader(FileSplit split, FileFormat format, ReadContext context) {
        this.split = split;
        this.format = format;
        this.context = context;
        FileEntry.check(split.path(), split.size(), split.modified());
        Path file = Path.of(split.path());
        parser = format.parser(file, split.size(), context);
        int capacity = (int) Math.max(1, Math.min(context.vectorSize(), split.estimatedRows()));
        builders = ColumnBuilder.forSchema(context.schema(), capacity);
        scanner = format.scan(file, split.from(), split.to(), split.line());
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
            if (format.mode() == FileFormat.Mode.FAIL_FAST) {
                throw malformed(problem);
            }
            for (ColumnBuilder builder : builders) {
                builder.truncate(rows);
            }
            context.badRows().dropped();
        }
        if (rows == 0) {
            return null;
        }
        ColumnVector[] columns = new ColumnVector[builders.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = builders[i].build();
        }
        return new ColumnBatch(context.schema(), columns, rows);
    }

    private RivuletException malformed(RecordParser.Problem problem) {
        String column = problem.column() == null ? "" : ", column " + problem.column();
        return ErrorCode.MALFORMED_ROW.error(split.path() + ", line " + scanner.line() + ", byte " + scanner.position()
                + column + ": '" + problem.text() + "' " + problem.reason()
                + "; correct the file, or set the option mode=dropMalformed to drop and count such rows");
    }

    @Override
    public void close() {
        scanner.close();
    }
}
