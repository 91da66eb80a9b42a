package io.rivulet.files;

import io.rivulet.error.ErrorCode;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Finds the records of a stretch of a text file, byte for byte: they end as their {@link RecordForm} says, or with the
 * stretch; a line end between quotes is part of its record; blank lines are passed over unless they are wanted.
 * Positions are those of {@link ByteInput}. Planning and parsing both stand on it, so they agree about where records
 * begin. One thread.
 */
final class RecordScanner implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_RECORD = 1 << 28;

    private static final int FIELD_START = 0;
    private static final int PLAIN = 1;
    private static final int QUOTED = 2;
    private static final int BEHIND_QUOTE = 3;

    private final Path file;
    private final ByteInput input;
    private long end;
    private final RecordForm form;

    private byte[] buffer = new byte[BUFFER];
    private int limit;
    /** Position in the file of buffer[limit]. */
    private long filled;

    private int cursor;
    private int from;
    private int to;
    private long line;
    private long nextLine;
    private boolean detached;

    /**
     * @param input at {@code from}; closed with the scanner, also when that cannot be made
     * @param from byte at which a record begins
     * @param end byte behind the last record, or {@link ByteInput#UNKNOWN_END}
     * @param line number of the line at {@code from}
     */
    RecordScanner(ByteInput input, Path file, long from, long end, long line, RecordForm form) {
        this.input = input;
        this.file = file;
        this.end = end;
        this.form = form;
        this.filled = from;
        this.nextLine = line;
        this.line = line;
        if (from == 0) {
            try {
                skipByteOrderMark();
            } catch (RuntimeException e) {
                input.close();
                throw e;
            }
        }
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
            to = recordEnd();
            if (to < 0) {
                return false;
            }
            if (form.blankLines() || !isBlank()) {
                return true;
            }
        }
    }

    /** Whether the record is nothing; where CR and LF end none, they are nothing too: they end files. */
    private boolean isBlank() {
        int i = from;
        while (i < to && !form.lineEnds().isAny() && !isInside(buffer[i])) {
            i++;
        }
        return i == to;
    }

    /** Index of the end of the record at {@code from}; -1 when nothing is left. Sets the cursor. */
    private int recordEnd() {
        if (form.whole()) {
            return wholeEnd();
        }
        if (!form.lineEnds().isAny()) {
            return separatedEnd(form.lineEnds().bytes());
        }
        return form.quote() == RecordForm.NO_QUOTE ? lineEnd() : quotedEnd();
    }

    private int wholeEnd() {
        while (fill()) {
            // until all of it is there
        }
        cursor = limit;
        return from == limit ? -1 : limit;
    }

    private int lineEnd() {
        int i = from;
        while (true) {
            byte[] bytes = buffer;
            int stop = limit;
            while (i < stop && isInside(bytes[i])) {
                i++;
            }
            if (i < stop) {
                return endAt(i);
            }
            int length = i - from;
            if (!fill()) {
                return endOfStretch(length);
            }
            i = from + length;
        }
    }

    private int quotedEnd() {
        int state = FIELD_START;
        int i = from;
        byte mark = (byte) form.quote();
        byte sep = form.separator();
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
                } else if (!isInside(b)) {
                    return endAt(i - 1);
                } else {
                    state = behind(b, sep, mark, state);
                    while (state == PLAIN && i < stop && bytes[i] != sep && isInside(bytes[i])) {
                        i++;
                    }
                }
            }
            int length = i - from;
            if (!fill()) {
                return endOfStretch(length);
            }
            i = from + length;
        }
    }

    /** Whether a byte does not end a line. */
    private static boolean isInside(byte b) {
        return b > '\r' || (b != '\n' && b != '\r');
    }

    /** The state behind a byte that is not quoted. */
    private static int behind(byte b, byte sep, byte mark, int state) {
        if (b == sep) {
            return FIELD_START;
        }
        return b == mark && state != PLAIN ? QUOTED : PLAIN; // the first of a field, or the second of a doubled one
    }

    /** Ends the record at an LF, or at a CR, then behind the LF that may follow. */
    private int endAt(int i) {
        int length = i - from;
        nextLine++;
        if (buffer[i] == '\r' && i + 1 == limit) {
            fill();
        }
        int stop = from + length;
        boolean two = buffer[stop] == '\r' && stop + 1 < limit && buffer[stop + 1] == '\n';
        cursor = stop + (two ? 2 : 1);
        return stop;
    }

    private int endOfStretch(int length) {
        cursor = limit;
        return length == 0 ? -1 : limit;
    }

    private int separatedEnd(byte[] separator) {
        int state = FIELD_START;
        int i = from;
        boolean quotes = form.quote() != RecordForm.NO_QUOTE;
        byte mark = (byte) form.quote();
        while (true) {
            while (i < limit) {
                byte b = buffer[i];
                if (b == separator[0] && state != QUOTED) {
                    i = fillFor(i, separator.length);
                    if (i + separator.length <= limit && LineEnds.startsWith(buffer, i, separator)) {
                        nextLine++;
                        cursor = i + separator.length;
                        return i;
                    }
                }
                if (state == QUOTED) {
                    state = b == mark ? BEHIND_QUOTE : QUOTED;
                } else if (quotes) {
                    state = behind(b, form.separator(), mark, state);
                }
                i++;
            }
            int length = i - from;
            if (!fill()) {
                return endOfStretch(length);
            }
            i = from + length;
        }
    }

    /** Reads on until so many bytes are there from an index on, if there are; gives the index, which moves. */
    private int fillFor(int i, int count) {
        int length = i - from;
        int at = i;
        while (at + count > limit && fill()) {
            at = from + length;
        }
        return from + length;
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
                        + LONGEST_RECORD + " bytes; "
                        + (form.whole()
                                ? "read the file by lines, without wholetext"
                                : "probably a quote is never closed, or lineSep is not what ends records. Correct the"
                                        + " file or the option"));
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

    /**
     * Gives up the input, which is then where the current record begins, or behind the last one when there is no
     * further. The scanner gives no more records.
     */
    ByteInput detach() {
        input.unread(buffer, from, limit);
        filled -= limit - from;
        limit = from;
        cursor = from;
        end = filled;
        detached = true;
        return input;
    }

    @Override
    public void close() {
        if (!detached) {
            input.close();
        }
    }
}
