package io.rivulet.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Column values in the names of directories, {@code country=de/day=2024-01-31}, as Hive and Spark write them: bytes
 * that mean something in a path are {@code %XX}, null and the empty text are {@code __HIVE_DEFAULT_PARTITION__}.
 */
final class PartitionPath {
    /** The value that stands for null. */
    static final String NULL_NAME = "__HIVE_DEFAULT_PARTITION__";

    private static final String ESCAPED = "\"#%'*/:=?\\{[]^";
    private static final String HEX = "0123456789ABCDEF";

    private PartitionPath() {}

    /**
     * The values of a file, by column: those of the directories between a base and the file that are named so.
     *
     * @param base a directory above the file
     */
    static Map<String, @Nullable String> values(Path base, Path file) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        Path parent = file.getParent();
        if (parent == null || !parent.startsWith(base)) {
            return values;
        }
        for (int i = base.getNameCount(); i < parent.getNameCount(); i++) {
            String name = parent.getName(i).toString();
            int equals = name.indexOf('=');
            if (equals > 0) {
                String value = name.substring(equals + 1);
                values.put(unescape(name.substring(0, equals)), value.equals(NULL_NAME) ? null : unescape(value));
            }
        }
        return values;
    }

    /** Whether a directory's name gives a value. */
    static boolean isPartition(Path directory) {
        return String.valueOf(directory.getFileName()).indexOf('=') > 0;
    }

    /** Appends the name of a directory: {@code column=value}; null when there are no bytes. */
    static void append(StringBuilder path, String column, byte[] utf8, int from, int to) {
        escape(path, column);
        path.append('=');
        String value = new String(utf8, from, to - from, StandardCharsets.UTF_8);
        if (value.isEmpty()) {
            path.append(NULL_NAME);
        } else if (value.equals(NULL_NAME)) {
            escape(path, value.charAt(0)); // or it would be in the directory of null, and read as null
            path.append(value, 1, value.length());
        } else {
            escape(path, value);
        }
    }

    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == 127 || ESCAPED.indexOf(c) >= 0) {
                escape(out, c);
            } else {
                out.append(c);
            }
        }
    }

    private static void escape(StringBuilder out, char c) {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
    }

    private static String unescape(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            int high = c == '%' && i + 1 < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 1), 16);
            if (low >= 0) {
                out.append((char) (high * 16 + low));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
