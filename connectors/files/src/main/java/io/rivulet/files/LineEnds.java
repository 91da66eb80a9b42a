package io.rivulet.files;

import io.rivulet.option.Option;
import io.rivulet.option.Options;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What ends a record of a text file: one given text, in UTF-8, or, when none is given, LF, CR LF or CR. Written is the
 * given text, or LF. Immutable.
 */
final class LineEnds {
    /** LF, CR LF or CR. */
    static final LineEnds ANY = new LineEnds(new byte[0]);

    /** As Spark has it for csv: one or two characters. */
    static final Option<LineEnds> AT_MOST_TWO = option("one or two characters", 2);

    /** As Spark has it for text and json: any text. */
    static final Option<LineEnds> ANY_TEXT = option("text that is not empty", Integer.MAX_VALUE);

    private static final byte[] LF = {'\n'};

    private final byte[] bytes;

    private LineEnds(byte[] bytes) {
        this.bytes = bytes;
    }

    private static Option<LineEnds> option(String form, int most) {
        return new Option<>(
                "lineSep",
                form,
                null,
                "What ends a record, and nothing else does; \\n, \\r, \\t and \\0 stand for what they do in Java. When it"
                        + " is not set LF, CR LF and CR end one, and LF is written.",
                text -> parse(text, most));
    }

    private static LineEnds parse(String text, int most) {
        String s = text.replace("\\n", "\n")
                .replace("\\r", "\r")
                .replace("\\t", "\t")
                .replace("\\0", "\0");
        if (s.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        if (s.codePointCount(0, s.length()) > most) {
            throw new IllegalArgumentException("more than " + most + " characters");
        }
        return new LineEnds(s.getBytes(StandardCharsets.UTF_8));
    }

    static LineEnds of(Options options, Option<LineEnds> option) {
        @Nullable LineEnds given = options.find(option);
        return given == null ? ANY : given;
    }

    /** Whether no text is given. */
    boolean isAny() {
        return bytes.length == 0;
    }

    /** The given text; empty when none is. Do not write. */
    byte[] bytes() {
        return bytes;
    }

    /** What a sink writes behind a record. Do not write. */
    byte[] written() {
        return isAny() ? LF : bytes;
    }

    boolean contains(byte b) {
        return indexOf(bytes, 0, bytes.length, new byte[] {b}) >= 0;
    }

    /** Where the given text stands first, or -1; behind {@code to} there is none of it. */
    int find(byte[] data, int from, int to) {
        return indexOf(data, from, to, bytes);
    }

    private static int indexOf(byte[] data, int from, int to, byte[] wanted) {
        for (int i = from; i + wanted.length <= to; i++) {
            if (startsWith(data, i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether the bytes from an index on, which must be there, are those wanted. */
    static boolean startsWith(byte[] data, int at, byte[] wanted) {
        for (int i = 0; i < wanted.length; i++) {
            if (data[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
