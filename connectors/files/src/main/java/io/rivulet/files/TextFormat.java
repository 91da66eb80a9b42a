package io.rivulet.files;

import io.rivulet.connector.ReadContext;
import io.rivulet.error.ErrorCode;
import io.rivulet.files.RecordParser.Problem;
import io.rivulet.function.Utf8;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBuilder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Text in UTF-8: a line is a row, a blank one too, or a file is.
 *
 * @param wholeFiles one row a file
 */
record TextFormat(Mode mode, LineEnds lineEnds, boolean wholeFiles) implements FileFormat {
    @Override
    public String name() {
        return "text";
    }

    @Override
    public RecordScanner scan(ByteInput input, Path file, long from, long to, long line) {
        return new RecordScanner(
                input, file, from, to, line, wholeFiles ? RecordForm.wholeFile() : RecordForm.allLines(lineEnds));
    }

    @Override
    public RecordParser parser(Path file, long end, Schema schema, ReadContext context) {
        if (schema.size() > 1) {
            throw ErrorCode.BAD_SCHEMA.error(file + ": text gives one column, but the path names none of "
                    + schema.names().subList(1, schema.size()) + "; declare value STRING only");
        }
        return TextFormat::line;
    }

    private static @Nullable Problem line(byte[] data, int from, int to, ColumnBuilder[] builders) {
        if (!Utf8.isUtf8(data, from, to)) {
            return new Problem(null, CsvParser.shown(data, from, to), "is no text in UTF-8");
        }
        if (builders.length > 0) {
            builders[0].appendBytes(data, from, to - from);
        }
        return null;
    }
}
