package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.Schema;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.ColumnVector;
import io.rivulet.vector.Selection;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;

/**
 * Rows as CSV. Quotes what holds a separator, a quote or a line end, what would read as null, and a null that is all
 * of its line, which would else be a blank one.
 */
final class CsvEncoder implements RowEncoder {
    private final Schema schema;
    private final DelimitedText text;
    private final byte[] nullText;
    private final byte[] lineEnd;
    private final ValueWriter[] writers;

    CsvEncoder(Schema schema, DelimitedText text, ValueFormats formats, ZoneId zone) {
        this.schema = schema;
        this.text = text;
        this.nullText = text.nullValue().getBytes(StandardCharsets.UTF_8);
        this.lineEnd = text.lineEnds().written();
        this.writers = new ValueWriter[schema.size()];
        for (int i = 0; i < writers.length; i++) {
            writers[i] = new ValueWriter(schema.type(i), formats, zone);
        }
    }

    @Override
    public void begin(TextBuffer out) {
        if (!text.header()) {
            return;
        }
        for (int i = 0; i < writers.length; i++) {
            if (i > 0) {
                out.put(text.separator());
            }
            int start = out.length();
            out.text(schema.field(i).name());
            quoteIfNeeded(out, start, i);
        }
        out.put(lineEnd, 0, lineEnd.length);
    }

    @Override
    public void encode(ColumnBatch batch, TextBuffer out) {
        ColumnVector[] columns = new ColumnVector[writers.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = batch.column(i).flatten();
        }
        Selection selection = batch.selection();
        int count = batch.rowCount();
        for (int r = 0; r < count; r++) {
            int row = selection == null ? r : selection.rows()[r];
            int lineStart = out.length();
            for (int i = 0; i < columns.length; i++) {
                if (i > 0) {
                    out.put(text.separator());
                }
                if (columns[i].isNull(row)) {
                    out.put(nullText, 0, nullText.length);
                } else {
                    int start = out.length();
                    writers[i].write(columns[i], row, out);
                    quoteIfNeeded(out, start, i);
                }
            }
            if (out.length() == lineStart && text.quote() != RecordForm.NO_QUOTE) {
                out.enclose(lineStart, (byte) text.quote());
            }
            out.put(lineEnd, 0, lineEnd.length);
        }
    }

    private void quoteIfNeeded(TextBuffer out, int start, int column) {
        int end = out.length();
        boolean plain = end > start && !isNullText(out, start, end);
        for (int i = start; plain && i < end; i++) {
            byte b = out.at(i);
            plain = b != text.separator() && b != text.quote() && b != '\n' && b != '\r' && b != lineEnd[0];
        }
        if (plain) {
            return;
        }
        if (text.quote() != RecordForm.NO_QUOTE) {
            out.enclose(start, (byte) text.quote());
        } else if (end > start) {
            throw ErrorCode.BAD_ARGUMENT.error(
                    "a value of the column " + schema.field(column).name()
                            + " holds a separator, a line end or the text of null and cannot be written to csv without quotes;"
                            + " set the option 'quote'");
        }
    }

    private boolean isNullText(TextBuffer out, int start, int end) {
        if (end - start != nullText.length) {
            return false;
        }
        for (int i = 0; i < nullText.length; i++) {
            if (out.at(start + i) != nullText[i]) {
                return false;
            }
        }
        return true;
    }
}
