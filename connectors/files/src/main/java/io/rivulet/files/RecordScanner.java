package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Finds the records of a stretch of a text file, byte for byte: they end with LF or CR LF, or with the stretch; an LF
 * between quotes is part of its record; blank lines are passed over unless they are wanted. Positions are those of
 * {@link ByteInput}. Planning and parsing both stand on it, so they agree about where records begin. One thread.
 */
final class RecordScanner implements AutoCloseable {
    /** For {@code quote}: no byte is a quote, every LF ends a record. */
    static final int NO_QUOTE = -1;

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_RECORD = 1 << 28;

    private static final int FIELD_START = 0;
    private static final int PLAIN = 1;
    private static final int QUOTED = 2;
    private static final int BEHIND_QUOTE = 3;

    private final Path file;
    private final ByteInput input;
    private long end;
    private final int quote;
    private final byte separator;
    private final boolean blankLines;

    private byte[] buffer = new byte[BUFFER];
    private int limit;
    /** Position in the file of buffer[limit]. */
    private long filled;

    private int cursor;
    private int from;
    private int to;
    private long line;
    private long nextLine;

    /**
     * @param from byte at which a record begins
     * @param end byte behind the last record, or {@link ByteInput#UNKNOWN_END}
     * @param line number of the line at {@code from}
     * @param quote the quote byte, or {@link #NO_QUOTE}
     */
    RecordScanner(Path file, long from, long end, long line, int quote, byte separator) {
        this(file, from, end, line, quote, separator, false);
    }

    private RecordScanner(Path file, long from, long end, long line, int quote, byte separator, boolean blankLines) {
        this.file = file;
        this.end = end;
        this.quote = quote;
        this.separator = separator;
        this.blankLines = blankLines;
        this.filled = from;
        this.nextLine = line;
        this.line = line;
        input = ByteInput.open(file, from);
        if (from == 0) {
            skipByteOrderMark();
        }
    }

    /** A scanner of lines, blank ones too. */
    static RecordScanner lines(Path file, long from, long end, long line) {
        return new RecordScanner(file, from, end, line, NO_QUOTE, (byte) 0, true);
    }

    private void skipByteOrderMark() {
        while (limit < 3 && fill()) {
            // until three bytes are there or the file ends
        }
        if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            cursor = 3;
            from = 3;
        }
    }

    /** The bytes; valid until the next {@link #next}. */
    byte[] buffer() {
        return buffer;
    }

    /** Where in {@link #buffer} the record begins. */
    int from() {
        return from;
    }

    /** Where in {@link #buffer} the record ends, without its line end. */
    int to() {
        return to;
    }

    /** Byte of the file at which the record begins. */
    long position() {
        return filled - limit + from;
    }

    /** Byte of the file behind the record and its line end. */
    long nextPosition() {
        return filled - limit + cursor;
    }

    /** Number of the record's first line. */
    long line() {
        return line;
    }

    /** Number of the line behind the record. */
    long nextLine() {
        return nextLine;
    }

    /** Goes to the next record; false at the end. */
    boolean next() {
        while (true) {
            from = cursor;
            line = nextLine;
            int stop = quote == NO_QUOTE ? lineEnd() : recordEnd();
            if (stop < 0) {
                return false;
            }
            to = stop > from && buffer[stop - 1] == '\r' ? stop - 1 : stop;
            if (to > from || blankLines) {
                return true;
            }
        }
    }

    /** Index of the LF that ends the line at {@code from}, or of the end; -1 when nothing is left. Sets the cursor. */
    private int lineEnd() {
        int i = from;
        while (true) {
            byte[] bytes = buffer;
            int stop = limit;
            while (i < stop && bytes[i] != '\n') {
                i++;
            }
            if (i < stop) {
                nextLine++;
                cursor = i + 1;
                return i;
            }
            int length = i - from;
            if (!fill()) {
                cursor = limit;
                return length == 0 ? -1 : limit;
            }
            i = from + length;
        }
    }

    private int recordEnd() {
        int state = FIELD_START;
        int i = from;
        byte mark = (byte) quote;
        byte sep = separator;
        while (true) {
            byte[] bytes = buffer;
            int stop = limit;
            while (i < stop) {
                byte b = bytes[i++];
                if (state == QUOTED) {
                    if (b == mark) {
                        state = BEHIND_QUOTE;
                    } else if (b == '\n') {
                        nextLine++;
                    }
                } else if (b == '\n') {
                    nextLine++;
                    cursor = i;
                    return i - 1;
                } else if (b == sep) {
                    state = FIELD_START;
                } else if (b == mark && state != PLAIN) {
                    state = QUOTED; // the first of a field, or the second of a doubled one
                } else {
                    state = PLAIN;
                }
            }
            int length = i - from;
            if (!fill()) {
                cursor = limit;
                return length == 0 ? -1 : limit;
            }
            i = from + length;
        }
    }

    /** Reads on behind the bytes from {@code from}, which move to the front; false at the end of the stretch. */
    private boolean fill() {
        if (filled >= end) {
            return false;
        }
        int kept = limit - from;
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, kept);
            from = 0;
            limit = kept;
        }
        if (limit == buffer.length) {
            if (limit >= LONGEST_RECORD) {
                throw ErrorCode.MALFORMED_ROW.error(file + ", line " + line + ": a record of more than "
                        + LONGEST_RECORD + " bytes; probably a quote is never closed. Correct the file");
            }
            buffer = Arrays.copyOf(buffer, limit * 2);
        }
        int read = input.read(buffer, limit, (int) Math.min(buffer.length - limit, end - filled));
        if (read < 0) {
            if (end != ByteInput.UNKNOWN_END) {
                throw FileEntry.changed(file.toString(), end, filled);
            }
            end = filled;
            return false;
        }
        limit += read;
        filled += read;
        return true;
    }

    @Override
    public void close() {
        input.close();
    }
}
