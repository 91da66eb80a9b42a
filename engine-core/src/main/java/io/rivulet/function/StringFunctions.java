package io.rivulet.function;

import io.rivulet.type.SimpleType;
import org.jspecify.annotations.Nullable;

/** Text functions that work on the bytes: positions and lengths count code points and begin at 1. */
public final class StringFunctions {
    private StringFunctions() {}

    /** The number of characters. */
    @ScalarFunction(name = {"length", "char_length", "character_length", "len"})
    public static int length(Utf8 text) {
        return text.codePoints();
    }

    /** The number of bytes. */
    @ScalarFunction(name = {"length", "octet_length"})
    public static int binaryLength(@As(SimpleType.BINARY) Utf8 bytes) {
        return bytes.length();
    }

    /** The number of bytes. */
    @ScalarFunction(name = "octet_length")
    public static int octetLength(Utf8 text) {
        return text.length();
    }

    /** In upper case. */
    @ScalarFunction(name = {"upper", "ucase"})
    public static Utf8 upper(Utf8 text) {
        if (!text.isAscii()) {
            return Utf8.of(text.toString().toUpperCase(java.util.Locale.ROOT));
        }
        byte[] result = text.toBytes();
        for (int i = 0; i < result.length; i++) {
            if (result[i] >= 'a' && result[i] <= 'z') {
                result[i] = (byte) (result[i] - 32);
            }
        }
        return Utf8.of(result);
    }

    /** In lower case. */
    @ScalarFunction(name = {"lower", "lcase"})
    public static Utf8 lower(Utf8 text) {
        if (!text.isAscii()) {
            return Utf8.of(text.toString().toLowerCase(java.util.Locale.ROOT));
        }
        byte[] result = text.toBytes();
        for (int i = 0; i < result.length; i++) {
            if (result[i] >= 'A' && result[i] <= 'Z') {
                result[i] = (byte) (result[i] + 32);
            }
        }
        return Utf8.of(result);
    }

    /** Without spaces at both ends. */
    @ScalarFunction(name = {"trim", "btrim"})
    public static Utf8 trim(Utf8 text) {
        return trimmed(text, true, true);
    }

    /** Without spaces at the start. */
    @ScalarFunction(name = "ltrim")
    public static Utf8 ltrim(Utf8 text) {
        return trimmed(text, true, false);
    }

    /** Without spaces at the end. */
    @ScalarFunction(name = "rtrim")
    public static Utf8 rtrim(Utf8 text) {
        return trimmed(text, false, true);
    }

    private static Utf8 trimmed(Utf8 text, boolean left, boolean right) {
        int start = 0;
        int end = text.length();
        while (left && start < end && text.byteAt(start) == ' ') {
            start++;
        }
        while (right && end > start && text.byteAt(end - 1) == ' ') {
            end--;
        }
        return text.slice(start, end);
    }

    /** From a position (from the end when negative) to the end. */
    @ScalarFunction(name = {"substring", "substr"})
    public static Utf8 substring(Utf8 text, int position) {
        return substring(text, position, Integer.MAX_VALUE);
    }

    /** So many characters from a position (from the end when negative). */
    @ScalarFunction(name = {"substring", "substr"})
    public static Utf8 substring(Utf8 text, int position, int length) {
        long start = position > 0 ? position - 1L : position;
        if (position < 0) {
            start += text.codePoints();
        }
        long end = start + length;
        if (length <= 0 || end <= 0) {
            return text.slice(0, 0);
        }
        int from = text.byteIndex((int) Math.max(0, start));
        int to = end >= text.length() ? text.length() : text.byteIndex((int) end);
        return text.slice(from, Math.max(from, to));
    }

    /** The first characters. */
    @ScalarFunction(name = "left")
    public static Utf8 left(Utf8 text, int length) {
        return text.slice(0, length <= 0 ? 0 : text.byteIndex(length));
    }

    /** The last characters. */
    @ScalarFunction(name = "right")
    public static Utf8 right(Utf8 text, int length) {
        int from = length <= 0 ? text.length() : text.byteIndex(Math.max(0, text.codePoints() - length));
        return text.slice(from, text.length());
    }

    /** One text behind the other. */
    @ScalarFunction(name = "concat")
    public static Utf8 concat(Utf8 a, Utf8 b) {
        byte[] joined = new byte[Math.addExact(a.length(), b.length())];
        System.arraycopy(a.data(), a.offset(), joined, 0, a.length());
        System.arraycopy(b.data(), b.offset(), joined, a.length(), b.length());
        return Utf8.of(joined);
    }

    /** Two texts with a separator between them; a null text is left out, with its separator. */
    @ScalarFunction(name = "concat_ws", nulls = NullRule.CALLED)
    public static @Nullable Utf8 concatWithSeparator(@Nullable Utf8 separator, @Nullable Utf8 a, @Nullable Utf8 b) {
        if (separator == null || a == null || b == null) {
            return separator == null ? null : a == null ? b : a;
        }
        return concat(concat(a, separator), b);
    }

    /** Whether it occurs in the text. */
    @ScalarFunction(name = "contains")
    public static boolean contains(Utf8 text, Utf8 part) {
        return text.indexOf(part, 0) >= 0;
    }

    /** Whether the text begins with it. */
    @ScalarFunction(name = "startswith")
    public static boolean startsWith(Utf8 text, Utf8 part) {
        return text.matches(0, part);
    }

    /** Whether the text ends with it. */
    @ScalarFunction(name = "endswith")
    public static boolean endsWith(Utf8 text, Utf8 part) {
        return text.matches(text.length() - part.length(), part);
    }

    /** The position of the first occurrence, or 0. */
    @ScalarFunction(name = "instr")
    public static int instr(Utf8 text, Utf8 part) {
        int at = text.indexOf(part, 0);
        return at < 0 ? 0 : text.slice(0, at).codePoints() + 1;
    }

    /** The position of the first occurrence, or 0. */
    @ScalarFunction(name = {"locate", "position"})
    public static int locate(Utf8 part, Utf8 text) {
        return instr(text, part);
    }

    /** The position of the first occurrence from a position on, or 0. */
    @ScalarFunction(name = {"locate", "position"})
    public static int locate(Utf8 part, Utf8 text, int from) {
        if (from < 1) {
            return 0;
        }
        int at = text.indexOf(part, text.byteIndex(from - 1));
        return at < 0 ? 0 : text.slice(0, at).codePoints() + 1;
    }

    /** The text with each occurrence of one text replaced by another. */
    @ScalarFunction(name = "replace")
    public static Utf8 replace(Utf8 text, Utf8 part, Utf8 replacement) {
        if (part.length() == 0 || text.indexOf(part, 0) < 0) {
            return text;
        }
        return Utf8.of(text.toString().replace(part.toString(), replacement.toString()));
    }

    /** The text without the occurrences of another. */
    @ScalarFunction(name = "replace")
    public static Utf8 replace(Utf8 text, Utf8 part) {
        return replace(text, part, new Utf8());
    }

    /** The text with another in place of as many of its characters from a position on. */
    @ScalarFunction(name = "overlay")
    public static Utf8 overlay(Utf8 text, Utf8 replacement, int position) {
        return overlay(text, replacement, position, replacement.codePoints());
    }

    /** The text with another in place of so many characters from a position on, as many as it has when negative. */
    @ScalarFunction(name = "overlay")
    public static Utf8 overlay(Utf8 text, Utf8 replacement, int position, int length) {
        int replaced = length >= 0 ? length : replacement.codePoints();
        int behind = (int) Math.min(Integer.MAX_VALUE, (long) position + replaced);
        return concat(concat(substring(text, 1, Math.max(position, 1) - 1), replacement), substring(text, behind));
    }

    /** Whether the text matches a pattern, in which % stands for any text, _ for a character, \ before either for itself. */
    @ScalarFunction(name = "like")
    public static boolean like(Utf8 text, Utf8 pattern) {
        return matches(text, pattern, (byte) '\\');
    }

    /** As {@link #like(Utf8, Utf8)}, with another character than the backslash for the escape; it must be one of ASCII. */
    @ScalarFunction(name = "like")
    public static boolean like(Utf8 text, Utf8 pattern, Utf8 escape) {
        return matches(text, pattern, escapeOf(escape));
    }

    static byte escapeOf(Utf8 escape) {
        if (escape.length() != 1 || escape.byteAt(0) < 0) {
            throw io.rivulet.error.ErrorCode.BAD_ARGUMENT.error(
                    "the escape of LIKE is one ASCII character, not '" + escape + "'");
        }
        return escape.byteAt(0);
    }

    static boolean matches(Utf8 text, Utf8 pattern, byte escape) {
        int t = 0;
        int p = 0;
        int afterStar = -1;
        int retry = 0;
        while (true) {
            if (p < pattern.length() && pattern.byteAt(p) == '%' && escape != '%') {
                afterStar = ++p;
                retry = t;
                continue;
            }
            if (t < text.length() && p < pattern.length()) {
                boolean escaped = pattern.byteAt(p) == escape && p + 1 < pattern.length();
                byte wanted = pattern.byteAt(escaped ? p + 1 : p);
                if (!escaped && wanted == '_') {
                    t = nextCharacter(text, t);
                    p++;
                    continue;
                }
                if (text.byteAt(t) == wanted) {
                    t++;
                    p += escaped ? 2 : 1;
                    continue;
                }
            } else if (t == text.length() && p == pattern.length()) {
                return true;
            }
            // the last % takes one more character
            if (afterStar < 0 || retry >= text.length()) {
                return false;
            }
            retry = nextCharacter(text, retry);
            t = retry;
            p = afterStar;
        }
    }

    private static int nextCharacter(Utf8 text, int at) {
        int next = at + 1;
        while (next < text.length() && (text.byteAt(next) & 0xC0) == 0x80) {
            next++;
        }
        return next;
    }

    /** The code point of the first character, 0 for no text. */
    @ScalarFunction(name = "ascii")
    public static int ascii(Utf8 text) {
        return text.length() == 0
                ? 0
                : text.slice(0, nextCharacter(text, 0)).toString().codePointAt(0);
    }

    /** The n-th part, from 1 (from the end when negative), between separators; empty when there is none. */
    @ScalarFunction(name = "split_part")
    public static Utf8 splitPart(Utf8 text, Utf8 separator, int number) {
        if (number == 0) {
            throw io.rivulet.error.ErrorCode.BAD_ARGUMENT.error(
                    "split_part counts parts from 1 or -1; there is no part 0");
        }
        if (separator.length() == 0) {
            return number == 1 || number == -1 ? text : new Utf8();
        }
        int wanted = number;
        if (number < 0) {
            int parts = 1;
            for (int at = text.indexOf(separator, 0); at >= 0; at = text.indexOf(separator, at + separator.length())) {
                parts++;
            }
            wanted = parts + number + 1;
        }
        int start = 0;
        if (wanted < 1) {
            return new Utf8();
        }
        for (int part = 1; part <= wanted; part++) {
            int end = text.indexOf(separator, start);
            if (part == wanted) {
                return text.slice(start, end < 0 ? text.length() : end);
            }
            if (end < 0) {
                break;
            }
            start = end + separator.length();
        }
        return new Utf8();
    }
}
