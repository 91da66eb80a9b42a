package io.rivulet.function;

import io.rivulet.error.ErrorCode;
import io.rivulet.type.SimpleType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Text functions over Java strings, which a row pays an object for: patterns, padding, encodings. */
public final class TextFunctions {
    private static final int LONGEST = 1 << 27;

    /** The pattern of the last call in each thread, because it is nearly always a constant. */
    private static final ThreadLocal<@Nullable Pattern> LAST = new ThreadLocal<>();

    private TextFunctions() {}

    private static Pattern pattern(String regex) {
        Pattern last = LAST.get();
        if (last != null && last.pattern().equals(regex)) {
            return last;
        }
        try {
            Pattern compiled = Pattern.compile(regex);
            LAST.set(compiled);
            return compiled;
        } catch (PatternSyntaxException e) {
            throw ErrorCode.BAD_ARGUMENT.error("'" + regex + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    /** Whether a part of the text matches a regular expression (Java's syntax). */
    @ScalarFunction(name = {"rlike", "regexp", "regexp_like"})
    public static boolean rlike(String text, String regex) {
        return pattern(regex).matcher(text).find();
    }

    /** Whether the text matches a LIKE pattern without regard to case. */
    @ScalarFunction(name = "ilike")
    public static boolean ilike(Utf8 text, Utf8 pattern) {
        return StringFunctions.like(StringFunctions.lower(text), StringFunctions.lower(pattern));
    }

    /** As {@link #ilike(Utf8, Utf8)}, with another character than the backslash for the escape. */
    @ScalarFunction(name = "ilike")
    public static boolean ilike(Utf8 text, Utf8 pattern, Utf8 escape) {
        return StringFunctions.matches(
                StringFunctions.lower(text),
                StringFunctions.lower(pattern),
                StringFunctions.escapeOf(StringFunctions.lower(escape)));
    }

    /** The first match's group; empty when nothing matches. */
    @ScalarFunction(name = "regexp_extract")
    public static String regexpExtract(String text, String regex, int group) {
        Matcher matcher = pattern(regex).matcher(text);
        if (group < 0 || group > matcher.groupCount()) {
            throw ErrorCode.BAD_ARGUMENT.error(
                    "the regular expression '" + regex + "' has " + matcher.groupCount() + " groups, not " + group);
        }
        if (!matcher.find()) {
            return "";
        }
        String found = matcher.group(group);
        return found == null ? "" : found;
    }

    /** The first match's first group; empty when nothing matches. */
    @ScalarFunction(name = "regexp_extract")
    public static String regexpExtract(String text, String regex) {
        return regexpExtract(text, regex, 1);
    }

    /** The text with each match replaced; $1 stands for the first group. */
    @ScalarFunction(name = "regexp_replace")
    public static String regexpReplace(String text, String regex, String replacement) {
        try {
            return pattern(regex).matcher(text).replaceAll(replacement);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw ErrorCode.BAD_ARGUMENT.error(
                    "the replacement '" + replacement + "' does not fit the regular expression '" + regex + "'", e);
        }
    }

    private static String padding(int count, String pad) {
        StringBuilder filled = new StringBuilder();
        int[] points = pad.codePoints().toArray();
        for (int i = 0; i < count && points.length > 0; i++) {
            filled.appendCodePoint(points[i % points.length]);
        }
        return filled.toString();
    }

    private static String cut(String text, int length) {
        return text.substring(0, text.offsetByCodePoints(0, length));
    }

    private static int lacking(String text, int length) {
        if (length > LONGEST) {
            throw ErrorCode.BAD_ARGUMENT.error("a text of " + length + " characters is too long");
        }
        return length - text.codePointCount(0, text.length());
    }

    /** The text with padding in front, or cut, so that it has so many characters. */
    @ScalarFunction(name = "lpad")
    public static String lpad(String text, int length, String pad) {
        int lacking = lacking(text, length);
        return lacking < 0 ? cut(text, Math.max(0, length)) : padding(lacking, pad) + text;
    }

    /** The text with spaces in front, or cut. */
    @ScalarFunction(name = "lpad")
    public static String lpad(String text, int length) {
        return lpad(text, length, " ");
    }

    /** The text with padding behind, or cut, so that it has so many characters. */
    @ScalarFunction(name = "rpad")
    public static String rpad(String text, int length, String pad) {
        int lacking = lacking(text, length);
        return lacking < 0 ? cut(text, Math.max(0, length)) : text + padding(lacking, pad);
    }

    /** The text with spaces behind, or cut. */
    @ScalarFunction(name = "rpad")
    public static String rpad(String text, int length) {
        return rpad(text, length, " ");
    }

    /** The text so many times. */
    @ScalarFunction(name = "repeat")
    public static String repeat(String text, int times) {
        if ((long) text.length() * times > LONGEST) {
            throw ErrorCode.BAD_ARGUMENT.error(
                    "repeat gives " + times + " times " + text.length() + " characters, which is too long");
        }
        return text.repeat(Math.max(0, times));
    }

    /** So many spaces. */
    @ScalarFunction(name = "space")
    public static String space(int count) {
        return repeat(" ", count);
    }

    /** Backwards. */
    @ScalarFunction(name = "reverse")
    public static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /** The first letter of each word in upper case, the others in lower case. */
    @ScalarFunction(name = "initcap")
    public static String initcap(String text) {
        StringBuilder result = new StringBuilder();
        boolean first = true;
        for (int i = 0; i < text.length(); i++) {
            String letter = text.substring(i, i + 1);
            result.append(first ? letter.toUpperCase(Locale.ROOT) : letter.toLowerCase(Locale.ROOT));
            first = text.charAt(i) == ' ';
        }
        return result.toString();
    }

    /** The text without the given characters at both ends. */
    @ScalarFunction(name = {"trim", "btrim"})
    public static String trim(String text, String characters) {
        return ltrim(rtrim(text, characters), characters);
    }

    /** The text without the given characters at the start. */
    @ScalarFunction(name = "ltrim")
    public static String ltrim(String text, String characters) {
        int start = 0;
        while (start < text.length() && characters.indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        return text.substring(start);
    }

    /** The text without the given characters at the end. */
    @ScalarFunction(name = "rtrim")
    public static String rtrim(String text, String characters) {
        int end = text.length();
        while (end > 0 && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }

    /** The text with characters replaced by those at the same place of another text, or dropped where it is shorter. */
    @ScalarFunction(name = "translate")
    public static String translate(String text, String from, String to) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            int at = from.indexOf(text.charAt(i));
            if (at < 0) {
                result.append(text.charAt(i));
            } else if (at < to.length()) {
                result.append(to.charAt(at));
            }
        }
        return result.toString();
    }

    /** The character of a code point. */
    @ScalarFunction(name = {"chr", "char"})
    public static String chr(long codePoint) {
        if (codePoint < 0) {
            return "";
        }
        return Character.toString((int) (codePoint & 0xFF));
    }

    /** The parts of a text up to the n-th separator; from the end when negative. */
    @ScalarFunction(name = "substring_index")
    public static String substringIndex(String text, String separator, int count) {
        if (count == 0 || separator.isEmpty()) {
            return "";
        }
        int at = count > 0 ? -1 : text.length();
        for (int i = 0; i < Math.abs((long) count); i++) {
            at = count > 0 ? text.indexOf(separator, at + 1) : text.lastIndexOf(separator, at - 1);
            if (at < 0) {
                return text;
            }
        }
        return count > 0 ? text.substring(0, at) : text.substring(at + separator.length());
    }

    /** How many single-character changes make one text the other. */
    @ScalarFunction(name = "levenshtein")
    public static int levenshtein(String a, String b) {
        return FunctionRegistry.distance(a, b);
    }

    /** Base 64. */
    @ScalarFunction(name = "base64")
    public static String base64(@As(SimpleType.BINARY) Utf8 bytes) {
        return Base64.getEncoder().encodeToString(bytes.toBytes());
    }

    /** The bytes of a base 64 text. */
    @ScalarFunction(name = "unbase64")
    @As(SimpleType.BINARY)
    public static Utf8 unbase64(String text) {
        try {
            return Utf8.of(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw ErrorCode.BAD_ARGUMENT.error("'" + text + "' is no base 64 text", e);
        }
    }

    /** Hexadecimal. */
    @ScalarFunction(name = "hex")
    public static String hex(long value) {
        return Long.toHexString(value).toUpperCase(Locale.ROOT);
    }

    /** The bytes in hexadecimal. */
    @ScalarFunction(name = "hex")
    public static String hex(@As(SimpleType.BINARY) Utf8 bytes) {
        return HexFormat.of().withUpperCase().formatHex(bytes.toBytes());
    }

    /** The bytes of the text in hexadecimal. */
    @ScalarFunction(name = "hex")
    public static String hex(String text) {
        return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** With so many digits behind the point and commas between thousands. */
    @ScalarFunction(name = "format_number")
    public static String formatNumber(double value, int digits) {
        if (digits < 0) {
            throw ErrorCode.BAD_ARGUMENT.error("format_number needs 0 or more digits, not " + digits);
        }
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
