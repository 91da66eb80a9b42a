package io.rivulet.files;

import io.rivulet.connector.ReadContext;
import io.rivulet.type.Schema;
import java.nio.file.Path;

/** JSON lines in UTF-8: one object per line. */
record JsonFormat(ValueFormats values, Mode mode, LineEnds lineEnds) implements FileFormat {
    @Override
    public String name() {
        return "json";
    }

    @Override
    public RecordScanner scan(ByteInput input, Path file, long from, long to, long line) {
        return new RecordScanner(input, file, from, to, line, RecordForm.lines(lineEnds));
    }

    @Override
    public RecordParser parser(Path file, long end, Schema schema, ReadContext context) {
        return new JsonRecordParser(values, context);
    }
}
