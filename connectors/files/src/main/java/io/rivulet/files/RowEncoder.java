package io.rivulet.files;

import io.rivulet.vector.ColumnBatch;

/** Writes rows as text. One thread. */
interface RowEncoder {
    /** Writes what every file begins with. */
    void begin(TextBuffer out);

    /** Writes the selected rows, each with its line end. */
    void encode(ColumnBatch batch, TextBuffer out);
}
