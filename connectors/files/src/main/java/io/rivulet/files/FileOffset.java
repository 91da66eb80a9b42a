package io.rivulet.files;

import io.rivulet.connector.Offset;
import io.rivulet.error.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A position in a list of files, as the JSON text {@code {"file":3,"byte":1024,"line":17}}.
 *
 * @param file ordinal in the file list; one behind the last when all is read
 * @param position byte of the file at which the next record begins; 0 also when only the header lies before it
 * @param line number of that byte's line, from 1, for messages
 */
record FileOffset(int file, long position, long line) implements Comparable<FileOffset> {
    static final FileOffset ZERO = new FileOffset(0, 0, 1);

    private static final Pattern FORM =
            Pattern.compile("\\{\"file\":(\\d{1,9}),\"byte\":(\\d{1,18}),\"line\":(\\d{1,18})\\}");

    static FileOffset startOf(int file) {
        return new FileOffset(file, 0, 1);
    }

    static FileOffset of(Offset offset) {
        Matcher matcher = FORM.matcher(offset.text());
        if (!matcher.matches()) {
            throw ErrorCode.CHECKPOINT_CORRUPT.error("'" + offset.text()
                    + "' is no offset of a file source; the checkpoint belongs to another kind of source");
        }
        return new FileOffset(
                Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)));
    }

    Offset toOffset() {
        return new Offset("{\"file\":" + file + ",\"byte\":" + position + ",\"line\":" + line + "}");
    }

    @Override
    public int compareTo(FileOffset other) {
        return file != other.file ? Integer.compare(file, other.file) : Long.compare(position, other.position);
    }
}
