package io.rivulet.files;

import io.rivulet.connector.ReadContext;
import io.rivulet.error.ErrorCode;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBuilder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
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
        return new LineParser();
    }

    private static final class LineParser implements RecordParser {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

        @Override
        public @Nullable Problem parse(byte[] data, int from, int to, ColumnBuilder[] builders) {
            if (!isUtf8(data, from, to)) {
                return new Problem(null, CsvParser.shown(data, from, to), "is no text in UTF-8");
            }
            if (builders.length > 0) {
                builders[0].appendBytes(data, from, to - from);
            }
            return null;
        }

        private boolean isUtf8(byte[] data, int from, int to) {
            int i = from;
            while (i < to && data[i] >= 0) {
                i++;
            }
            if (i == to) {
                return true; // nothing but ASCII
            }
            try {
                decoder.decode(ByteBuffer.wrap(data, i, to - i));
                return true;
            } catch (CharacterCodingException e) {
                return false;
            }
        }
    }
}
