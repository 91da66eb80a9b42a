package io.rivulet.files;

import io.rivulet.vector.ColumnBuilder;
import org.jspecify.annotations.Nullable;

/** Turns the bytes of one record into one row of columns. One thread. */
interface RecordParser {
    /**
     * What is wrong with a record.
     *
     * @param column the column, or null when it is the record as a whole
     * @param text the offending text, shortened
     * @param reason e.g. {@code "is no INT"}
     */
    record Problem(@Nullable String column, String text, String reason) {}

    /**
     * Appends a value to every builder, in any order; when it gives a problem the caller takes back what was appended.
     */
    @Nullable
    Problem parse(byte[] data, int from, int to, ColumnBuilder[] builders);
}
