package io.rivulet.files;

import io.rivulet.vector.BytesVector;
import io.rivulet.vector.ColumnBatch;
import io.rivulet.vector.Selection;

/** Rows of one STRING column as lines; null is the blank line. A value with line ends gives several lines. */
final class TextEncoder implements RowEncoder {
    private final byte[] lineEnd;

    TextEncoder(LineEnds lineEnds) {
        lineEnd = lineEnds.written();
    }

    @Override
    public void begin(TextBuffer out) {
        // no header
    }

    @Override
    public void encode(ColumnBatch batch, TextBuffer out) {
        BytesVector values = (BytesVector) batch.column(0).flatten();
        Selection selection = batch.selection();
        int count = batch.rowCount();
        for (int r = 0; r < count; r++) {
            int row = selection == null ? r : selection.rows()[r];
            if (!values.isNull(row)) {
                int start = values.offsets()[row];
                out.put(values.data(), start, values.offsets()[row + 1] - start);
            }
            out.put(lineEnd, 0, lineEnd.length);
        }
    }
}
