package io.rivulet.files;

/**
 * Where the records of a file end, for {@link RecordScanner}.
 *
 * @param quote the byte between two of which line ends are text, or {@link #NO_QUOTE}
 * @param separator the byte behind which a quote begins quoted text; without quotes it means nothing
 * @param blankLines whether a line without anything is a record too
 * @param lineEnds what ends a record
 * @param whole the file as a whole is one record
 */
record RecordForm(int quote, byte separator, boolean blankLines, LineEnds lineEnds, boolean whole) {
    /** For {@code quote}: no byte is a quote. */
    static final int NO_QUOTE = -1;

    /** Lines that hold something. */
    static RecordForm lines(LineEnds lineEnds) {
        return new RecordForm(NO_QUOTE, (byte) 0, false, lineEnds, false);
    }

    /** Lines, blank ones too. */
    static RecordForm allLines(LineEnds lineEnds) {
        return new RecordForm(NO_QUOTE, (byte) 0, true, lineEnds, false);
    }

    /** Records in which line ends may be quoted. */
    static RecordForm csv(DelimitedText text) {
        return new RecordForm(text.quote(), text.separator(), false, text.lineEnds(), false);
    }

    /** One record a file, whatever is in it. */
    static RecordForm wholeFile() {
        return new RecordForm(NO_QUOTE, (byte) 0, true, LineEnds.ANY, true);
    }
}
